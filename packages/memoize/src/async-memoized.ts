import type { Signal } from "@evictionary/core"
import type { AsyncFunction, ValueOf } from "./async-options.ts"
import type { CacheInfo, CacheParameters, ParametersOf } from "./memoized.ts"

/** How often there was no need to run the function, and how its runs went. */
export interface AsyncCacheInfo extends CacheInfo {
  /** Calls that were given the result of a run that others had begun. */
  readonly joins: number
  /** Runs of the function that have not ended yet. */
  readonly loading: number
  /** Runs that have ended, but for those that were aborted. */
  readonly loads: number
  /** Runs that have failed. */
  readonly failures: number
  /** Milliseconds that one of these `loads` took, whether it failed or not; 0 before the first. */
  readonly meanLoadTime: number
}

/** A function memoized by `memoizeAsync`: to its callers the function itself. */
export type AsyncMemoized<F extends AsyncFunction, C = unknown> = F & AsyncMemoizedMembers<F, C>

/** What one caller may say of his call. */
export interface CallTerms {
  /** To wait no longer: he is rejected with its `reason`, and nobody else is. */
  readonly signal?: Signal | undefined
}

/**
 * What a function memoized by `memoizeAsync` has on it: the members of `MemoizedMembers`, and more.
 * Those that change something have changed it for all calls that follow, even if they are not
 * awaited; their promises are for caches that return promises. None is rejected because the cache
 * fails: `onCacheError` is told.
 */
export interface AsyncMemoizedMembers<F extends AsyncFunction, C = unknown> {
  /** The function that was memoized. Calling it counts nothing and caches nothing. */
  readonly original: F

  /** The cache underneath. */
  readonly cache: C

  /** The counts since the function was memoized or last cleared; a new object each time. */
  cacheInfo(): AsyncCacheInfo

  /** How the function was memoized; a new object each time. */
  cacheParameters(): CacheParameters

  /** Clears the cache and sets the counts to 0. What is running will not be stored. */
  clear(): Promise<void>

  /** Removes a result; resolves to whether there was one. If the call is running, it stores none. */
  delete(...args: ParametersOf<F>): Promise<boolean>

  /** Whether there is a result, be it `undefined`, or stale. Neither promotes nor counts. */
  has(...args: ParametersOf<F>): Promise<boolean>

  /** The result if there is one, be it stale. Neither promotes nor counts, if the cache can. */
  peek(...args: ParametersOf<F>): Promise<ValueOf<F> | undefined>

  /** Stores `value` as the result. If the call is running, `value` stays all the same. */
  prime(args: ParametersOf<F>, value: ValueOf<F>): Promise<void>

  /**
   * Runs the function, and stores the result in place of the old one, which calls get until then.
   * Does not count. If the run fails, the old result stays; and is given here too, as long as
   * `staleIfError` says.
   */
  refresh(...args: ParametersOf<F>): Promise<ValueOf<F>>

  /**
   * The results of the calls with one argument each, in order; rejects as `Promise.all` does. Those
   * that are neither cached nor running run in one call of the `bulk` loader, if there is one.
   */
  many(args: Iterable<ParametersOf<F>[0]>, terms?: CallTerms): Promise<ValueOf<F>[]>

  /**
   * The memoized function for a single caller, who may leave. When nobody is left who waits, the
   * run is aborted and its result not stored.
   *
   * @example
   * ```ts
   * await user.with({ signal: AbortSignal.timeout(500) })("7")
   * ```
   */
  with(terms: CallTerms): F
}
