import {
  type CacheOptions,
  type Clock,
  checkDuration,
  checkFunction,
  clockOf,
  invalid,
} from "@evictionary/core"
import type { AnyCache, CacheErrorListener } from "./cache-access.ts"
import { type Freshness, type FreshnessOptions, freshnessFrom } from "./freshness.ts"
import type { ParametersOf, ResultOf } from "./memoized.ts"
import type { AnyStrategy, KeyOption } from "./options.ts"
import { isMapLike, settingsFrom } from "./settings.ts"
import type { Callable } from "./wrapper.ts"

/** A function that returns promises. */
export type AsyncFunction = (...args: never[]) => PromiseLike<unknown>

/** What the promises of a function are for. */
export type ValueOf<F extends AsyncFunction> = Awaited<ResultOf<F>>

/** Loads the results of calls with one argument: for each, in order, its value or an error. */
export type BulkLoader<F extends AsyncFunction> = (
  args: ParametersOf<F>[0][],
) => PromiseLike<readonly (ValueOf<F> | Error)[]>

/**
 * What can be said whatever the cache is. `staleWhileRevalidate`, `staleIfError`, `refreshAhead`
 * and `cacheErrors` need a cache of Evictionary, and the first three its `ttl` beside them.
 */
export interface AsyncOptions<F extends AsyncFunction> extends FreshnessOptions, KeyOption<F> {
  /**
   * For how many milliseconds a rejection is given to all who call; but an older result that is
   * still there stays. In the cache, a `CachedError` stands for it.
   *
   * @default () => 0
   */
  cacheErrors?: ((error: unknown) => number) | undefined
  /** Runs in place of the function for all calls of one `many` that are not cached. */
  bulk?: BulkLoader<F> | undefined
  /**
   * How many milliseconds a cache that returns promises may take for each answer. After that it has
   * failed, and counts as empty.
   *
   * @default 1_000
   */
  budget?: number | undefined
  /**
   * Gets the errors that reach no caller: those of the cache, and of runs in the background.
   *
   * @default reportError
   */
  onCacheError?: CacheErrorListener | undefined
}

/** To have the cache made: a strategy, with its own options beside it. */
export type AsyncStrategyOptions<F extends AsyncFunction, S extends AnyStrategy> = AsyncOptions<F> &
  NonNullable<Parameters<S>[0]> & { strategy: S; cache?: never }

/** To use a cache that is there: the cache itself, or in an object with other options. */
export type AsyncCacheOrOptions<F extends AsyncFunction, C> =
  | C
  | (AsyncOptions<F> &
      Pick<CacheOptions<unknown, ValueOf<F>>, "jitter" | "random" | "ttl"> & {
        cache: C
        strategy?: never
      })

type AnyOptions = AsyncOptions<AsyncFunction> & CacheOptions<unknown, unknown>

/** What the second argument of `memoizeAsync` comes down to. */
export interface AsyncSettings {
  readonly cache: AnyCache
  readonly key: Callable | undefined
  readonly freshness: Freshness | undefined
  readonly cacheErrors: ((error: unknown) => number) | undefined
  readonly bulk: BulkLoader<AsyncFunction> | undefined
  readonly budget: number
  readonly onCacheError: CacheErrorListener | undefined
  readonly clock: Clock
}

/** Checks the arguments of `memoizeAsync`, and makes the cache if it is to be made. */
export function asyncSettingsFrom(fn: Callable, cacheOrOptions: unknown): AsyncSettings {
  const isOptions = typeof cacheOrOptions === "object" && !isMapLike(cacheOrOptions)
  const {
    cacheErrors,
    bulk,
    budget = 1_000,
    onCacheError,
    ...options
  } = {
    ...(isOptions && (cacheOrOptions as AnyOptions)),
  }
  checkDuration("INVALID_OPTION", "budget", budget)
  for (const [name, value] of Object.entries({ cacheErrors, bulk, onCacheError })) {
    if (value !== undefined) checkFunction("INVALID_OPTION", name, value)
  }
  const { staleWhileRevalidate, staleIfError, refreshAhead, ...others } = options
  let freshness: Freshness | undefined
  if ((staleWhileRevalidate ?? staleIfError ?? refreshAhead) !== undefined) {
    freshness = freshnessFrom(options)
    delete others.ttl
    delete others.jitter
    delete others.random
  }
  const settings = settingsFrom(fn, isOptions && cacheOrOptions ? others : cacheOrOptions)
  const cache = settings.cache as AnyCache
  if ((freshness || cacheErrors) && !cache.entry) {
    const must = "one of Evictionary to hold what is stale, or errors"
    throw invalid("INVALID_OPTION", "cache", must, cache)
  }
  const clock = clockOf(others)
  return { ...settings, cache, freshness, cacheErrors, bulk, budget, onCacheError, clock }
}
