import type { Cache, CacheOptions, Strategy, UnboundedStrategy } from "@evictionary/core"

/** Whatever `defineStrategy` makes, or something that behaves like it. */
export type AnyStrategy = Strategy | UnboundedStrategy

/** A cache under test: any key, and values that are each stored only once. */
export type TestCache = Cache<unknown, unknown>

/** A cache of the strategy; one that never evicts has no use for the capacity. */
export function cacheOf(
  strategy: AnyStrategy,
  capacity: number,
  options: CacheOptions<unknown, unknown> = {},
): TestCache {
  return strategy.neverEvicts ? strategy(options) : strategy({ ...options, capacity })
}

/**
 * Keys that caches have confused: equal when printed, equal but for a sign, beyond what a hash
 * table of small integers holds, names of what every object has.
 */
export const KEYS: readonly unknown[] = [
  1,
  "1",
  1n,
  true,
  0,
  -0,
  NaN,
  -1,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 53,
  0.5,
  "",
  "__proto__",
  "constructor",
  null,
  undefined,
  Symbol("key"),
  {},
  [],
]
