import { type Cache, splitOptions } from "@evictionary/core"
import {
  type AsyncFunction,
  type AsyncMemoized,
  type AsyncOptions,
  memoizeAsync as memoizeAsyncWith,
  type ValueOf,
} from "@evictionary/memoize"
import { type AnyName, makeFrom, type NamedConfig, readConfig } from "./config.ts"
import { type NamedCache, named } from "./named-cache.ts"

/** `memoizeAsync` with a cache that is configured by name. */
export interface MemoizeAsyncByName {
  <F extends AsyncFunction>(
    fn: F,
    config?: AnyName,
  ): AsyncMemoized<F, NamedCache<unknown, ValueOf<F>>>
  <F extends AsyncFunction>(
    fn: F,
    config: NamedConfig<unknown, ValueOf<F>> & AsyncOptions<F>,
  ): AsyncMemoized<F, NamedCache<unknown, ValueOf<F>>>
}

/**
 * As `memoize`, for functions that return promises. The options of `memoizeAsync` of
 * `@evictionary/memoize` stand beside the configuration.
 *
 * @throws {CacheError} As `createCache` and that `memoizeAsync`.
 *
 * @example
 * ```ts
 * memoizeAsync(fetchUser, "s3-fifo, capacity=10000, ttl=5m")
 * memoizeAsync(fetchUser, {
 *   strategy: "s3-fifo",
 *   capacity: 10_000,
 *   ttl: "5m",
 *   staleIfError: 3_600_000,
 * })
 * ```
 */
export const memoizeAsync: MemoizeAsyncByName & typeof memoizeAsyncWith =
  memoizeAsyncByName as never

type Untyped = (fn: unknown, cacheOrOptions: unknown) => unknown

function memoizeAsyncByName(fn: unknown, config: unknown = "lru, capacity=128"): unknown {
  return (memoizeAsyncWith as Untyped)(fn, byName(config))
}

/** The options of `memoizeAsync`, which are not for who makes the cache. */
const OWN = [
  ...["key", "bulk", "budget", "cacheErrors", "onCacheError"],
  ...["staleWhileRevalidate", "staleIfError", "refreshAhead"],
]

/** What `config` means to the `memoizeAsync` that knows no names. */
function byName(config: unknown): unknown {
  const isText = typeof config === "string"
  if (!isText && (typeof config !== "object" || config === null || "clear" in config)) return config
  const [{ strategy }, options] = splitOptions(isText ? {} : config, ["strategy"])
  if (!isText && typeof strategy !== "string") {
    return strategy === undefined ? options : Object.assign(options, { strategy })
  }
  const [own, others] = splitOptions(options, OWN)
  const settings = readConfig(isText ? config : Object.assign(others, { strategy }))
  return {
    ...own,
    ...settings.options,
    // It makes the cache, from those of the options that are left to the cache.
    strategy: (options: Record<string, unknown>): Cache<unknown, unknown> =>
      named(makeFrom({ ...settings, options }, config)),
  }
}
