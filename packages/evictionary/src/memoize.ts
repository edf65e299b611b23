import { type Cache, splitOptions } from "@evictionary/core"
import {
  type AnyFunction,
  type KeyOption,
  type Memoized,
  memoize as memoizeWith,
  type ResultOf,
} from "@evictionary/memoize"
import { type AnyName, makeFrom, type NamedConfig, readConfig } from "./config.ts"
import { createCache } from "./create-cache.ts"
import { type NamedCache, named } from "./named-cache.ts"

/** `memoize` with a cache that is configured by name. */
export interface MemoizeByName {
  <F extends AnyFunction>(fn: F, config?: AnyName): Memoized<F, NamedCache<unknown, ResultOf<F>>>
  <F extends AnyFunction>(
    fn: F,
    config: NamedConfig<unknown, ResultOf<F>> & KeyOption<F>,
  ): Memoized<F, NamedCache<unknown, ResultOf<F>>>
}

/**
 * Makes a function that runs `fn` once for each list of arguments and remembers the result. Where
 * nothing is said of the cache, it is that of Python's `functools.lru_cache`: the 128 results used
 * last. Otherwise it is configured as by `createCache`, as text or object, beside a `key`; or given
 * as `memoize` of `@evictionary/memoize` takes it.
 *
 * @throws {CacheError} As `createCache` and that `memoize`.
 *
 * @example
 * ```ts
 * memoize(fn)
 * memoize(fn, "sieve, capacity=1000")
 * memoize(fn, { strategy: "sieve", capacity: 1_000, key: (user) => user.id })
 * ```
 */
export const memoize: MemoizeByName & typeof memoizeWith = memoizeByName as never

type Untyped = (fn: unknown, cacheOrOptions: unknown) => unknown

function memoizeByName(fn: unknown, config: unknown = "lru, capacity=128"): unknown {
  return (memoizeWith as Untyped)(fn, byName(config))
}

/** What `config` means to the `memoize` that knows no names. */
function byName(config: unknown): unknown {
  if (typeof config === "string") return createCache(config)
  if (typeof config !== "object" || config === null || "clear" in config) return config
  const [{ strategy }, options] = splitOptions(config, ["strategy"])
  if (typeof strategy !== "string") {
    return strategy === undefined ? options : Object.assign(options, { strategy })
  }
  const [{ key }, others] = splitOptions(options, ["key"])
  const settings = readConfig(Object.assign(others, { strategy }))
  return {
    ...settings.options,
    key,
    strategy: (options: Record<string, unknown>): Cache<unknown, unknown> =>
      named(makeFrom({ ...settings, options }, config)),
  }
}
