export { Call } from "./call-index.ts"
export { memoize } from "./memoize.ts"
export type {
  AnyFunction,
  CacheInfo,
  CacheParameters,
  Memoized,
  MemoizedMembers,
  ParametersOf,
  ResultOf,
} from "./memoized.ts"
export type { AnyStrategy, CacheOrOptions, KeyOption, StrategyOptions } from "./options.ts"
