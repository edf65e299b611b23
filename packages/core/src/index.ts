export type { BoundedOptions, Cache, CacheObserver, CacheOptions, MapLike } from "./cache.ts"
export { CacheError, type CacheErrorCode, checkCount, checkFunction, invalid } from "./errors.ts"
export type { KeepingPolicy, Policy, PolicyContext } from "./policy.ts"
export type { RemovalCause, RemovalListener } from "./removal.ts"
export type { GhostList, Slot, SlotList } from "./slot-list.ts"
export type { SlotBytes, SlotParts } from "./slots.ts"
export type { CacheCounts, CacheStats } from "./stats.ts"
export {
  defineStrategy,
  type Strategy,
  type StrategyDefinition,
  type StrategyTraits,
  type UnboundedStrategy,
} from "./strategy.ts"
