import type { Cache } from "@evictionary/core"
import type { AnyFunction, ParametersOf } from "./memoized.ts"

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
export type CacheOrOptions<F extends AnyFunction, C> = C | (KeyOption<F> & ReadyCache<C>)

/** A cache that is there, which has its own bounds. */
export interface ReadyCache<C> {
  cache: C
  strategy?: never
  capacity?: never
  maxWeight?: never
}
