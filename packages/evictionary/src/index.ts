export {
  type Cache,
  type CacheCounts,
  type CacheDump,
  CacheError,
  type CacheErrorCode,
  type CacheObserver,
  type CacheOptions,
  type CacheStats,
  type Clock,
  type DumpedEntry,
  defineStrategy,
  type EntryTerms,
  type EntryView,
  type MapLike,
  type RemovalCause,
  type RemovalListener,
  type Strategy,
  type UnboundedStrategy,
} from "@evictionary/core"
export { cacheOf, currentLoad, memoized, replayable } from "@evictionary/memoize"
export * from "./by-name.ts"
export { type MemoizeByName, memoize } from "./memoize.ts"
export { type MemoizeAsyncByName, memoizeAsync } from "./memoize-async.ts"
export * from "./strategies.ts"
