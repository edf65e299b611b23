/** Any function at all. */
export type AnyFunction = (...args: never[]) => unknown

/** What a function returns. */
export type ResultOf<F extends AnyFunction> = F extends (...args: never[]) => infer R ? R : never

/** The parameters of a function; of one with overloads, those of the last. */
export type ParametersOf<F extends AnyFunction> = F extends (
  ...args: infer P extends unknown[]
) => unknown
  ? P
  : never

/** How often the cache had the answer, and how full it is. */
export interface CacheInfo {
  /** Calls that were answered from the cache. */
  readonly hits: number
  /** Calls that ran the function, whether it returned or threw. */
  readonly misses: number
  /** The most entries that the cache may hold; `undefined` if it does not say. */
  readonly capacity: number | undefined
  /** The entries in the cache; `undefined` if it does not say. */
  readonly size: number | undefined
}

/** How a function was memoized. */
export interface CacheParameters {
  /** The most entries that the cache may hold; `undefined` if it does not say. */
  readonly capacity: number | undefined
  /** The name of the strategy; `undefined` if the cache does not say. */
  readonly strategy: string | undefined
  /** The `key` option; `undefined` if the keys are the arguments. */
  readonly key: AnyFunction | undefined
}

/** A memoized function: to its callers the function itself, with {@link MemoizedMembers} on it. */
export type Memoized<F extends AnyFunction, C = unknown> = F & MemoizedMembers<F, C>

/**
 * What a memoized function has on it.
 *
 * Members that take the arguments of a call mean the call `memoized(...args)`. Should the function
 * or its `key` need a `this`, give it by `call`: `memoized.refresh.call(self, ...args)`.
 */
export interface MemoizedMembers<F extends AnyFunction, C = unknown> {
  /** The function that was memoized. Calling it counts nothing and caches nothing. */
  readonly original: F

  /** The cache underneath. */
  readonly cache: C

  /** The counts since the function was memoized or last cleared; a new object each time. */
  cacheInfo(): CacheInfo

  /** How the function was memoized; a new object each time. */
  cacheParameters(): CacheParameters

  /** Clears the cache and sets the counts to 0. Calls now running will not store their results. */
  clear(): void

  /** Removes a result; returns whether there was one. If the call is running, it stores none. */
  delete(...args: ParametersOf<F>): boolean

  /** Whether there is a result, be it `undefined`. Neither promotes nor counts. */
  has(...args: ParametersOf<F>): boolean

  /**
   * The result if there is one, else `undefined`; `has` tells a cached `undefined` from none.
   * Neither promotes nor counts; but a cache without `peek` is asked by `get`, and does what it
   * does then.
   */
  peek(...args: ParametersOf<F>): ResultOf<F> | undefined

  /** Stores `value` as the result. If the call is running, `value` stays all the same. */
  prime(args: ParametersOf<F>, value: ResultOf<F>): void

  /**
   * Runs the function, stores the result in place of the old one, and returns it. Does not count.
   * If the function throws, the old result stays.
   */
  refresh(...args: ParametersOf<F>): ResultOf<F>
}
