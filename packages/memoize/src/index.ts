export type {
  AsyncCacheInfo,
  AsyncMemoized,
  AsyncMemoizedMembers,
  CallTerms,
} from "./async-memoized.ts"
export type {
  AsyncCacheOrOptions,
  AsyncFunction,
  AsyncOptions,
  AsyncStrategyOptions,
  BulkLoader,
  ValueOf,
} from "./async-options.ts"
export type { AsyncMapLike, CacheErrorListener, CacheOperation } from "./cache-access.ts"
export { CachedError } from "./cached-error.ts"
export { Call } from "./call-index.ts"
export { currentLoad, type Load } from "./current-load.ts"
export { memoize } from "./memoize.ts"
export { memoizeAsync } from "./memoize-async.ts"
export type {
  AnyFunction,
  CacheInfo,
  CacheParameters,
  Memoized,
  MemoizedMembers,
  ParametersOf,
  ResultOf,
} from "./memoized.ts"
export {
  cacheOf,
  type MemoizedDecorator,
  type MemoizedMethod,
  type MethodOf,
  type MethodOptions,
  memoized,
} from "./methods.ts"
export type { AnyStrategy, CacheOrOptions, KeyOption, StrategyOptions } from "./options.ts"
export { type AsyncReplay, type Replay, replayable } from "./replayable.ts"
