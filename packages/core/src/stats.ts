/** How often what happened in a cache, since it was made or since `reset`. */
export interface CacheCounts {
  /** Lookups by `get`, `getOrInsert` and `getOrInsertComputed` that found an entry. */
  readonly hits: number
  /** Lookups by the same methods that found none. */
  readonly misses: number
  /** Entries stored under a key that had none. */
  readonly inserts: number
  /** Values that were overwritten. */
  readonly updates: number
  /** Entries that the strategy chose to leave, to make room or after `resize`. */
  readonly evictions: number
  /** The weights of those entries together; it stays at 2^53 - 1, the largest sum that is exact. */
  readonly evictedWeight: number
  /** Entries whose time was up, and that have been removed for that. */
  readonly expirations: number
  /** Entries removed by `delete`, or by a `set` whose new value could not be stored. */
  readonly deletes: number
}

/** The counts of a cache. They go on counting; take a `snapshot` to keep what they say now. */
export interface CacheStats extends CacheCounts {
  /** Hits ÷ lookups, from 0 to 1; 0 before the first lookup. */
  readonly hitRatio: number
  /** The counts as they are now; they do not change any more. */
  snapshot(): CacheStats
  /** What has been counted since `earlier`, a snapshot of the same cache. */
  minus(earlier: CacheCounts): CacheStats
  /** Sets every count to 0. */
  reset(): void
}

/** The counts as the engine keeps them; it has no other members of its own. */
export class Counters implements CacheStats {
  hits = 0
  misses = 0
  inserts = 0
  updates = 0
  evictions = 0
  evictedWeight = 0
  expirations = 0
  deletes = 0

  get hitRatio(): number {
    return this.hits === 0 ? 0 : this.hits / (this.hits + this.misses)
  }

  /** @internal What `evictedWeight` is with so much more. */
  evictedWith(weight: number): number {
    return Math.min(this.evictedWeight + weight, Number.MAX_SAFE_INTEGER)
  }

  snapshot(): CacheStats {
    return this.minus(new Counters())
  }

  minus(earlier: CacheCounts): CacheStats {
    const difference = new Counters()
    for (const name of namesOf(this)) difference[name] = this[name] - earlier[name]
    return Object.freeze(difference)
  }

  reset(): void {
    for (const name of namesOf(this)) this[name] = 0
  }
}

function namesOf(counters: Counters): (keyof CacheCounts)[] {
  return Object.keys(counters) as (keyof CacheCounts)[]
}
