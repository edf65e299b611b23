import type { TierState } from "./state.ts"

/** How often what happened, since the cache was made. */
export interface TieredStats {
  /** What the first tier gave, by the state that it was in. */
  readonly hits: Readonly<Record<TierState, number>>
  /** Stale values given, from either tier: while they were renewed, or in place of an error. */
  readonly stale: number
  readonly tier: {
    /** Fresh values that the second tier gave. */
    readonly hits: number
    /** Questions that it answered, and had no fresh value. */
    readonly misses: number
    /** Questions that it did not answer, or was not asked because it does not. */
    readonly failures: number
    /** Answers that did not come in time. */
    readonly late: number
    /** Values that were not stored because something had changed, or another was first. */
    readonly refused: number
    /** How often messages were missing, so that the first tier was emptied. */
    readonly gaps: number
    /** Changes by others that were heard of. */
    readonly changes: number
    /** Keys and tags whose changes have not reached it yet. */
    readonly queue: number
    /** Whether it is not asked now, because it did not answer in time. */
    readonly breaker: "closed" | "open"
  }
  /** Loads that have begun, in the foreground or to renew a value. */
  readonly loads: number
  readonly loadFailures: number
  /** Callers who joined a load of this process. */
  readonly joins: number
  /** How often a load of another process was waited for. */
  readonly leaseWaits: number
}

/** The counts as they are kept. */
export class Counts {
  readonly hits = { linked: 0, suspect: 0, down: 0, dead: 0 }
  stale = 0
  tierHits = 0
  tierMisses = 0
  tierFailures = 0
  late = 0
  refused = 0
  gaps = 0
  changes = 0
  loads = 0
  loadFailures = 0
  joins = 0
  leaseWaits = 0
}

/** Counts, with what is the case now. */
export function statsOf(
  counts: Counts,
  { queue, breaker }: Pick<TieredStats["tier"], "breaker" | "queue">,
): TieredStats {
  const { hits, stale, tierHits, tierMisses, tierFailures, late, refused, gaps, changes } = counts
  const { loads, loadFailures, joins, leaseWaits } = counts
  const tier = { hits: tierHits, misses: tierMisses, failures: tierFailures, late, refused, gaps }
  return {
    hits: { ...hits },
    stale,
    tier: { ...tier, changes, queue, breaker },
    loads,
    loadFailures,
    joins,
    leaseWaits,
  }
}
