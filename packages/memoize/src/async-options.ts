import {
  type CacheOptions,
  type Clock,
  checkDuration,
  checkFunction,
  clockOf,
  invalid,
  splitOptions,
} from "@evictionary/core"
import type { AnyCache, CacheErrorListener } from "./cache-access.ts"
import { type Freshness, type FreshnessOptions, freshnessFrom } from "./freshness.ts"
import type { ParametersOf, ResultOf } from "./memoized.ts"
import type { AnyStrategy, KeyOption, ReadyCache } from "./options.ts"
import { checked, settingsFrom } from "./settings.ts"
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
   * For how many milliseconds a rejection is given to all who call, less than 0 for none; but an
   * older result that is still there stays. In the cache, a `CachedError` stands for it.
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
   * @default `reportError`, or where that is missing or ends the process, a warning a minute
   */
  onCacheError?: CacheErrorListener | undefined
}

/** To have the cache made: a strategy, with its own options beside it. */
export type AsyncStrategyOptions<F extends AsyncFunction, S extends AnyStrategy> = AsyncOptions<F> &
  NonNullable<Parameters<S>[0]> & { strategy: S; cache?: never }

/** To use a cache that is there: the cache itself, or in an object with other options. */
export type AsyncCacheOrOptions<F extends AsyncFunction, C> =
  | C
  | (AsyncOptions<F> & (TimesOf<ValueOf<F>> | NoTimes) & ReadyCache<C>)

/** A cache that is there has a time to live of its own, unless results may be stale. */
type TimesOf<V> = Pick<CacheOptions<unknown, V>, "jitter" | "random"> & {
  ttl: number | ((value: V, key: unknown) => number)
} & { [Name in keyof FreshnessOptions]-?: Record<Name, number> }[keyof FreshnessOptions]

type NoTimes = { [Name in keyof FreshnessOptions | "jitter" | "random" | "ttl"]?: undefined }

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
  const options = checked(fn, cacheOrOptions)
  const [own, more] = splitOptions(options, ["bulk", "budget", "cacheErrors", "onCacheError"])
  const { budget = 1_000, ...callbacks } = own
  checkDuration("INVALID_OPTION", "budget", budget)
  for (const [name, value] of Object.entries(callbacks)) {
    if (value !== undefined) checkFunction("INVALID_OPTION", name, value)
  }
  const [freshness, others] = freshnessFrom(more)
  const { cache, key } = settingsFrom(others)
  if ((freshness || own.cacheErrors) && !(cache as AnyCache).entry) {
    const must = "one of Evictionary to hold what is stale, or errors"
    throw invalid("INVALID_OPTION", "cache", must, cache)
  }
  return { ...callbacks, cache, key, freshness, budget, clock: clockOf(others) } as AsyncSettings
}
