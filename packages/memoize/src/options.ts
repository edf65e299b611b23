import { type Cache, checkFunction, invalid, type MapLike } from "@evictionary/core"
import type { AnyFunction, ParametersOf } from "./memoized.ts"
import type { Callable } from "./wrapper.ts"

/** Any strategy, as a function from its options to a cache. */
export type AnyStrategy = (options: never) => Cache<unknown, unknown>

/** What can be said whatever the cache is. */
export interface KeyOption<F extends AnyFunction> {
  /**
   * Makes the key of a call from its arguments and its `this`. It runs once for each call, and
   * what it returns is the key in the cache.
   *
   * @default The arguments are the key, see {@link memoize}.
   * @example
   * ```ts
   * memoize(render, { strategy: lru, capacity: 100, key: (page) => page.id })
   * ```
   */
  key?: ((this: ThisParameterType<F>, ...args: ParametersOf<F>) => unknown) | undefined
}

/** To have the cache made: a strategy, with its own options beside it. */
export type StrategyOptions<F extends AnyFunction, S extends AnyStrategy> = KeyOption<F> &
  NonNullable<Parameters<S>[0]> & { strategy: S; cache?: never }

/** To use a cache that is there: the cache itself, or in an object with other options. */
export type CacheOrOptions<F extends AnyFunction, C> =
  | C
  | (KeyOption<F> & { cache: C; strategy?: never })

/** What the second argument of `memoize` comes down to. */
export interface Settings {
  readonly cache: MapLike<unknown, unknown>
  readonly makeKey: Callable | undefined
}

/** Checks the second argument of `memoize`, and makes the cache if it is to be made. */
export function settingsFrom(cacheOrOptions: unknown): Settings {
  if (isMapLike(cacheOrOptions)) return { cache: cacheOrOptions, makeKey: undefined }
  if (typeof cacheOrOptions !== "object" || cacheOrOptions === null) {
    throw invalid("INVALID_ARGUMENT", "cacheOrOptions", "a cache or options", cacheOrOptions)
  }
  const { key, ...options } = cacheOrOptions as Record<string, unknown>
  if (key !== undefined) checkFunction("INVALID_OPTION", "key", key)
  return { cache: cacheFrom(options), makeKey: key as Callable | undefined }
}

function cacheFrom({ strategy, ...options }: Record<string, unknown>): Settings["cache"] {
  const { cache, ...others } = options
  // A ready cache has its options; if there are others, the strategy is what is missing.
  if (!strategy && cache !== undefined && Object.keys(others).length === 0) {
    if (!isMapLike(cache)) throw invalid("INVALID_OPTION", "cache", "a cache", cache)
    return cache
  }
  const made = typeof strategy === "function" && strategy(options)
  if (!isMapLike(made)) throw invalid("INVALID_OPTION", "strategy", "a strategy", strategy)
  return made
}

function isMapLike(value: unknown): value is MapLike<unknown, unknown> {
  const methods = value as Record<string, unknown> | null | undefined
  return ["get", "has", "set", "delete", "clear"].every(
    (name) => typeof methods?.[name] === "function",
  )
}
