/** How often what happened in a cache, since it was made or since `reset`. */
export interface CacheCounts {
  /** Lookups by `get`, `getOrInsert` and `getOrInsertComputed` that found an entry. */
  readonly hits: number
  /** Lookups by the same methods that found none. */
  readonly misses: number
  /** Entries stored under a key that had none. */
  readonly inserts: number
  /** Entries whose value was overwritten. */
  readonly updates: number
  /** Entries that the strategy chose to leave, to make room or after `resize`. */
  readonly evictions: number
  /** Entries removed by `delete`. */
  readonly deletes: number
}

/** The counts of a cache. They go on counting; take a `snapshot` to keep what they say now. */
export class CacheStats implements CacheCounts {
  hits = 0
  misses = 0
  inserts = 0
  updates = 0
  evictions = 0
  deletes = 0

  /** `counts` to start from, all 0 by default. */
  constructor(counts?: CacheCounts) {
    if (counts !== undefined) this.assign(counts)
  }

  /** Hits ÷ lookups, from 0 to 1; 0 before the first lookup. */
  get hitRatio(): number {
    return this.hits === 0 ? 0 : this.hits / (this.hits + this.misses)
  }

  /** A copy that does not change any more. */
  snapshot(): Readonly<CacheStats> {
    return Object.freeze(new CacheStats(this))
  }

  /** What has been counted since `earlier`, a snapshot of the same cache. */
  minus(earlier: CacheCounts): Readonly<CacheStats> {
    const difference = new CacheStats()
    for (const name of COUNTS) difference[name] = this[name] - earlier[name]
    return Object.freeze(difference)
  }

  /** Sets every count to 0. */
  reset(): void {
    this.assign(new CacheStats())
  }

  private assign(counts: CacheCounts): void {
    for (const name of COUNTS) this[name] = counts[name]
  }
}

const COUNTS = ["hits", "misses", "inserts", "updates", "evictions", "deletes"] as const
