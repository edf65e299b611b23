export type { Cache, EntryTerms, EntryView, ExpiryTerms, MapLike } from "./cache.ts"
export type { CacheInspection, InspectedKey, PolicyDescription } from "./description.ts"
export type { CacheDump, DumpedEntry } from "./dump.ts"
export {
  CacheError,
  type CacheErrorCode,
  checkCount,
  checkDuration,
  checkFunction,
  checkShare,
  invalid,
  isFullMap,
} from "./errors.ts"
export { clockOf } from "./expiry.ts"
export { FrequencySketch } from "./frequency-sketch.ts"
export type { CacheObserver, RemovalCause, RemovalListener } from "./listeners.ts"
export { type BoundedOptions, type CacheOptions, type Clock, readMembers } from "./options.ts"
export { Placed } from "./placed.ts"
export type { KeepingPolicy, Policy, PolicyContext } from "./policy.ts"
export { reporter } from "./reporter.ts"
export { SegmentedList } from "./segmented-list.ts"
export type { Signal } from "./signal.ts"
export { SlotFrequencies } from "./slot-frequencies.ts"
export { SlotHeap } from "./slot-heap.ts"
export type { GhostList, Slot, SlotList } from "./slot-list.ts"
export type { SlotBytes, SlotFloats, SlotIntegers, SlotParts, SlotWeights } from "./slots.ts"
export { splitOptions } from "./split-options.ts"
export type { CacheCounts, CacheStats } from "./stats.ts"
export {
  type Capabilities,
  defineStrategy,
  type Strategy,
  type StrategyDefinition,
  type StrategyTraits,
  type UnboundedStrategy,
} from "./strategy.ts"
