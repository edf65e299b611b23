export { machineClock, type TierClock } from "./clock.ts"
export { bytes, type Codec, json } from "./codec.ts"
export type { Driver, DriverConnection } from "./driver.ts"
export type { Held, LocalCache } from "./local.ts"
export type { TierObserver } from "./observers.ts"
export type {
  LocalOptions,
  TierErrorListener,
  TieredOptions,
  TierOperation,
} from "./options.ts"
export { type RedisTierOptions, redisTier } from "./redis-tier.ts"
export type { TierState } from "./state.ts"
export type { TieredStats } from "./stats.ts"
export {
  type Tier,
  type TierChange,
  type TierConnection,
  type TierEntry,
  type TierHit,
  type TierLease,
  type TierListener,
  type TierLoad,
  type TierMessage,
  type TierPulse,
  type TierQuestion,
  type TierReading,
  type TierReadTerms,
  TierRefusal,
  type TierSpace,
} from "./tier.ts"
export { tiered } from "./tiered.ts"
export type {
  Load,
  LoaderTerms,
  LoadMany,
  LoadTerms,
  TieredCache,
  ValueTerms,
} from "./tiered-cache.ts"
