import type { BoundedOptions, Cache, Signal } from "@evictionary/core"
import type { LRUCache } from "./lru-cache.ts"

// biome-ignore lint/suspicious/noConfusingVoidType: so says lru-cache, and contexts are of that type.
export type Nothing = undefined | void

/** Tells the time in milliseconds. */
export interface Perf {
  now(): number
}

/** A strategy, or any other function that makes a cache with such options. */
export type CacheMaker = <K, V>(options: BoundedOptions<K, V>) => Cache<K, V>

/**
 * Why a value left: it was evicted, another was set, it was deleted or all were cleared, its time was
 * up, or a fetch that was to renew it failed.
 */
export type DisposeReason = "evict" | "set" | "delete" | "expire" | "fetch"
export type Disposer<K, V> = (value: V, key: K, reason: DisposeReason) => void

/** Whether there was no entry, one with the same value, or one with another. */
export type InsertReason = "add" | "update" | "replace"
export type Inserter<K, V> = (value: V, key: K, reason: InsertReason) => void

/** Returns a positive integer. */
export type SizeCalculator<K, V> = (value: V, key: K) => number

/** What happened in an operation, for whoever gave an object to write it on. */
export interface Status<K, V, FC = unknown> {
  op?: "get" | "set" | "memo" | "fetch" | "delete" | "has" | "peek" | undefined
  cache?: LRUCache<K & {}, V & {}, FC> | undefined
  key?: K | undefined
  value?: V | undefined
  /** In case of `set: "replace"`. */
  oldValue?: V | undefined
  set?: InsertReason | "miss" | "deleted" | undefined
  delete?: DisposeReason | undefined
  peek?: "hit" | "miss" | "stale" | undefined
  memo?: "hit" | "miss" | undefined
  has?: "hit" | "stale" | "miss" | undefined
  get?: "stale" | "hit" | "miss" | "fetching" | "stale-fetching" | undefined
  fetch?: "get" | "inflight" | "miss" | "hit" | "stale" | "refresh" | undefined
  context?: unknown | undefined
  ttl?: number | undefined
  start?: number | undefined
  now?: number | undefined
  remainingTTL?: number | undefined
  entrySize?: number | undefined
  totalCalculatedSize?: number | undefined
  maxEntrySizeExceeded?: true | undefined
  forceRefresh?: boolean | undefined
  fetchDispatched?: true | undefined
  fetchUpdated?: true | undefined
  fetchError?: Error | undefined
  fetchAborted?: true | undefined
  fetchAbortIgnored?: true | undefined
  fetchResolved?: true | undefined
  fetchRejected?: true | undefined
  returnedStale?: true | undefined
  /** Never set here: nothing is published on diagnostics channels. */
  trace?: boolean | undefined
}

/** What a cache is made with. The bounds apart, each is a default that calls can override. */
export interface OptionsBase<K, V, FC> {
  /** What makes the cache underneath. By default {@link LRUCache.strategy}. */
  strategy?: CacheMaker | undefined
  /** The most entries. */
  max?: number | undefined
  /** The most that all sizes together may be. */
  maxSize?: number | undefined
  /** The most that one size may be; by default `maxSize`. */
  maxEntrySize?: number | undefined
  sizeCalculation?: SizeCalculator<K, V> | undefined
  /** Without effect: a fetch takes no room before it has a value. */
  backgroundFetchSize?: number | undefined
  /** Milliseconds after which an entry is stale; 0 stands for never. */
  ttl?: number | undefined
  /** The clock is looked at once in as many milliseconds. 1 by default. */
  ttlResolution?: number | undefined
  /** Stale entries are removed at once, by one timer for the cache. */
  ttlAutopurge?: boolean | undefined
  updateAgeOnGet?: boolean | undefined
  updateAgeOnHas?: boolean | undefined
  allowStale?: boolean | undefined
  noDeleteOnStaleGet?: boolean | undefined
  noUpdateTTL?: boolean | undefined
  dispose?: Disposer<K, V> | undefined
  disposeAfter?: Disposer<K, V> | undefined
  noDisposeOnSet?: boolean | undefined
  onInsert?: Inserter<K, V> | undefined
  fetchMethod?: Fetcher<K, V, FC> | undefined
  memoMethod?: Memoizer<K, V, FC> | undefined
  noDeleteOnFetchRejection?: boolean | undefined
  allowStaleOnFetchRejection?: boolean | undefined
  allowStaleOnFetchAbort?: boolean | undefined
  ignoreFetchAbort?: boolean | undefined
  /** The clock; by default `performance`, or `Date` where there is none. */
  perf?: Perf | undefined
}

export interface OptionsMaxLimit<K, V, FC> extends OptionsBase<K, V, FC> {
  max: number
}
export interface OptionsTTLLimit<K, V, FC> extends OptionsBase<K, V, FC> {
  ttl: number
  ttlAutopurge: boolean
}
export interface OptionsSizeLimit<K, V, FC> extends OptionsBase<K, V, FC> {
  maxSize: number
}
export type Options<K, V, FC> =
  | OptionsMaxLimit<K, V, FC>
  | OptionsSizeLimit<K, V, FC>
  | OptionsTTLLimit<K, V, FC>

/** An object that the operation is to write on what happened. */
interface Watched<K, V, FC> {
  status?: Status<K, V, FC> | undefined
}

export interface HasOptions<K, V, FC>
  extends Pick<OptionsBase<K, V, FC>, "updateAgeOnHas">,
    Watched<K, V, FC> {}

export interface PeekOptions<K, V, FC>
  extends Pick<OptionsBase<K, V, FC>, "allowStale">,
    Watched<K, V, FC> {}

export interface GetOptions<K, V, FC>
  extends Pick<OptionsBase<K, V, FC>, "allowStale" | "updateAgeOnGet" | "noDeleteOnStaleGet">,
    Watched<K, V, FC> {}

export interface SetOptions<K, V, FC>
  extends Pick<OptionsBase<K, V, FC>, "sizeCalculation" | "ttl" | "noDisposeOnSet" | "noUpdateTTL">,
    Watched<K, V, FC> {
  /** In place of what `sizeCalculation` says. */
  size?: number | undefined
  /** When the time to live began, by the clock of the cache. */
  start?: number | undefined
}

type Failing =
  | "noDeleteOnFetchRejection"
  | "allowStaleOnFetchRejection"
  | "ignoreFetchAbort"
  | "allowStaleOnFetchAbort"

/** The options of a fetch as `fetchMethod` sees them; what it changes there counts. */
export interface FetcherFetchOptions<K, V, FC = unknown>
  extends GetOptions<K, V, FC>,
    Omit<SetOptions<K, V, FC>, "start">,
    Pick<OptionsBase<K, V, FC>, Failing> {}

export interface FetcherOptions<K, V, FC = unknown> {
  /** Aborted when nobody waits for the result any more, or when it is not wanted. */
  signal: Signal
  options: FetcherFetchOptions<K, V, FC>
  context: FC
}

/** Gets the stale value if there is one; what it returns is stored unless it is `undefined`. */
export type Fetcher<K, V, FC = unknown> = (
  key: K,
  staleValue: V | undefined,
  options: FetcherOptions<K, V, FC>,
) => Promise<V | Nothing> | V | Nothing

export interface FetchOptions<K, V, FC> extends FetcherFetchOptions<K, V, FC> {
  /** Fetches though the value is not stale. */
  forceRefresh?: boolean | undefined
  context?: FC | undefined
  /** Ends the waiting of this caller; when nobody waits any more, the fetch is aborted. */
  signal?: Signal | undefined
}
export interface FetchOptionsWithContext<K, V, FC> extends FetchOptions<K, V, FC> {
  context: FC
}
export interface FetchOptionsNoContext<K, V, FC extends Nothing = undefined>
  extends FetchOptions<K, V, FC> {
  context?: FC | undefined
}

/** What `fetch` takes after the key: the context is needed if it has a type that needs one. */
export type FetchRest<K, V, FC> = unknown extends FC
  ? [fetchOptions?: FetchOptions<K, V, FC>]
  : FC extends Nothing
    ? [fetchOptions?: FetchOptionsNoContext<K, V, FC>]
    : [fetchOptions: FetchOptionsWithContext<K, V, FC>]

export interface MemoizerMemoOptions<K, V, FC = unknown>
  extends GetOptions<K, V, FC>,
    SetOptions<K, V, FC> {}

export interface MemoizerOptions<K, V, FC = unknown> {
  options: MemoizerMemoOptions<K, V, FC>
  context: FC
}

/** Gets the value that is there, if a new one is asked for by `forceRefresh`. */
export type Memoizer<K, V, FC = unknown> = (
  key: K,
  staleValue: V | undefined,
  options: MemoizerOptions<K, V, FC>,
) => V

export interface MemoOptions<K, V, FC = unknown>
  extends GetOptions<K, V, FC>,
    Omit<SetOptions<K, V, FC>, "size" | "start">,
    Pick<OptionsBase<K, V, FC>, Failing> {
  /** Calls `memoMethod` though there is a value. */
  forceRefresh?: boolean | undefined
  context?: FC | undefined
}
export interface MemoOptionsWithContext<K, V, FC> extends MemoOptions<K, V, FC> {
  context: FC
}
export interface MemoOptionsNoContext<K, V, FC extends Nothing = undefined>
  extends MemoOptions<K, V, FC> {
  context?: FC | undefined
}

/** What `memo` takes after the key, as {@link FetchRest}. */
export type MemoRest<K, V, FC> = unknown extends FC
  ? [memoOptions?: MemoOptions<K, V, FC>]
  : FC extends Nothing
    ? [memoOptions?: MemoOptionsNoContext<K, V, FC>]
    : [memoOptions: MemoOptionsWithContext<K, V, FC>]

/** An entry as plain data, in `dump`, `load` and `info`. */
export interface Entry<V> {
  value: V
  /** In a dump the whole time to live, in `info` what is left of it. */
  ttl?: number | undefined
  size?: number | undefined
  /** When the time to live began, by `Date.now()`; in `info`, now. */
  start?: number | undefined
}
