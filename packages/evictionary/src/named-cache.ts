import type { Cache, Strategy, UnboundedStrategy } from "@evictionary/core"
import { type AnyName, readSwap } from "./config.ts"

/** A cache whose strategy can be changed by name. */
export interface NamedCache<K, V> extends Cache<K, V> {
  /**
   * From now on another strategy chooses the victims; entries stay, and so do the bounds, unless the
   * strategy never evicts. `own` are options that the strategy adds; they may be in the text as well.
   * O(n).
   *
   * @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, as `createCache`;
   * `INVALID_ARGUMENT` if `strategy` is none. Then nothing has changed.
   *
   * @example
   * ```ts
   * cache.use("sieve")
   * cache.use("slru, protected=0.5")
   * ```
   */
  use(strategy: AnyName, own?: object): void
  use(strategy: Strategy | UnboundedStrategy): void
  use<O extends object>(strategy: Strategy<O> | UnboundedStrategy<O>, own: O): void
}

/**
 * Lets `use` of a cache take names. It is the same cache: nothing stands between it and its users.
 */
export function named<K, V>(cache: Cache<K, V>): NamedCache<K, V> {
  const use = cache.use as (strategy: unknown, own?: object) => void
  const useNamed = (strategy: unknown, own?: object): void => {
    const swap = typeof strategy === "string" ? readSwap(strategy, own) : { strategy, own }
    use.call(cache, swap.strategy, swap.own)
  }
  return Object.defineProperty(cache, "use", {
    value: useNamed,
    configurable: true,
    writable: true,
  }) as NamedCache<K, V>
}
