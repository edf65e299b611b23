import type { Cache } from "@evictionary/core"
import { type CacheMaker, cacheWith, type Unit } from "./contenders.ts"
import { request, requestSized } from "./run.ts"
import type { Sampler } from "./sampler.ts"
import type { Block, Key } from "./traffic.ts"

/** Stands for a cache: smaller by the rate of the sample that goes through it. */
export class Miniature {
  readonly capacity: number
  private readonly by: Unit
  private readonly cache: Cache<Key, number>
  /**
   * Misses that the cache that it stands for has had, by estimate, and the bytes that they asked for.
   * Their ratio is that to all requests, not to those that the sample stands for: what it has too
   * many or too few of are nearly all hits, of the hottest keys (SHARDS-adj).
   */
  misses: number
  missBytes: number

  constructor(make: CacheMaker, capacity: number, by: Unit, rate: number) {
    this.capacity = capacity
    this.by = by
    this.cache = cacheWith(make, scaled(capacity, rate), by)
    this.misses = 0
    this.missBytes = 0
  }

  /** Entries that it has room for; how many it holds, if its bytes are bounded. */
  get room(): number {
    return this.by === "bytes" ? this.cache.size : this.cache.capacity
  }

  /** Goes through requests, all of them for keys in the sample. */
  replay({ keys, sizes }: Block, rate: number): void {
    const { cache } = this
    const before = cache.stats.misses
    if (sizes === undefined) {
      request(cache, keys)
    } else {
      const bytes = sizes.reduce((sum, size) => sum + size, 0)
      this.missBytes += (bytes - requestSized(cache, keys, sizes)) / rate
    }
    this.misses += (cache.stats.misses - before) / rate
  }

  /** The rate of the sample has fallen. */
  shrink(sampler: Sampler): void {
    const { cache } = this
    for (const key of cache.keys()) if (!sampler.takes(key)) cache.delete(key)
    const room = scaled(this.capacity, sampler.rate)
    if (this.by === "bytes") cache.resize(Infinity, room)
    else cache.resize(room)
  }
}

/** Room is never scaled down to none. */
export function scaled(capacity: number, rate: number): number {
  const room = capacity * rate
  return room > 0 && room < 1 ? 1 : Math.round(room)
}
