import { channel } from "node:diagnostics_channel"
import type { TierOperation } from "./options.ts"
import type { TierState } from "./state.ts"
import type { TieredCache } from "./tiered-cache.ts"

/** What every message says. */
interface About {
  /** As given to {@link publishTiers}. */
  name: string
  cache: TieredCache<string, unknown>
}

/** When the state is another than it was: `evictionary:tier-state`. */
export interface TierStateMessage extends About {
  state: TierState
  before: TierState
}

/** When the second tier has not answered in time: `evictionary:tier-late`. */
export interface TierLateMessage extends About {
  operation: string
}

/** When a value was not stored, because something had changed: `evictionary:tier-refused`. */
export interface TierRefusedMessage extends About {
  key: string
}

/** When messages were missing, so that the first tier was emptied: `evictionary:tier-gap`. */
export type TierGapMessage = About

/** When something has failed that no caller learns of: `evictionary:tier-error`. */
export interface TierErrorMessage extends About {
  error: unknown
  operation: TierOperation
  key: string | undefined
}

/**
 * Publishes what happens between the tiers on Node's diagnostics channels. Returns the function that
 * ends it. What happens in the first tier, `publish` of `@evictionary/core/diagnostics` tells.
 *
 * @example
 * ```ts
 * import diagnostics from "node:diagnostics_channel"
 *
 * publishTiers(users, "users")
 * diagnostics.subscribe("evictionary:tier-state", ({ name, state }) => gauge(name, state))
 * ```
 */
export function publishTiers<K extends string, V>(
  cache: TieredCache<K, V>,
  name: string,
): () => void {
  const about = (details: object) => ({ name, cache, ...details })
  return cache.subscribe({
    onState(state, before) {
      if (STATE.hasSubscribers) STATE.publish(about({ state, before }))
    },
    onLate(operation) {
      if (LATE.hasSubscribers) LATE.publish(about({ operation }))
    },
    onRefused(key) {
      if (REFUSED.hasSubscribers) REFUSED.publish(about({ key }))
    },
    onGap() {
      if (GAP.hasSubscribers) GAP.publish(about({}))
    },
    onError(error, operation, key) {
      if (ERROR.hasSubscribers) ERROR.publish(about({ error, operation, key }))
    },
  })
}

const STATE = channel("evictionary:tier-state")
const LATE = channel("evictionary:tier-late")
const REFUSED = channel("evictionary:tier-refused")
const GAP = channel("evictionary:tier-gap")
const ERROR = channel("evictionary:tier-error")
