import type { Cache } from "@evictionary/core"
import type { CacheMaker } from "./contenders.ts"
import { request } from "./run.ts"
import type { Sampler } from "./sampler.ts"
import type { Key } from "./traffic.ts"

/** Stands for a cache: smaller by the rate of the sample that goes through it. */
export class Miniature {
  readonly capacity: number
  private readonly cache: Cache<Key, number>
  /**
   * Misses that the cache that it stands for has had, by estimate. Their ratio is that to all
   * requests, not to those that the sample stands for: what it has too many or too few of are nearly
   * all hits, of the hottest keys (SHARDS-adj).
   */
  misses: number

  constructor(make: CacheMaker, capacity: number, rate: number) {
    this.capacity = capacity
    this.cache = make({ capacity: scaled(capacity, rate) })
    this.misses = 0
  }

  /** Entries that it has room for. */
  get room(): number {
    return this.cache.capacity
  }

  /** Goes through requests, all of them for keys in the sample. */
  replay(keys: readonly Key[], rate: number): void {
    this.misses += (keys.length - request(this.cache, keys)) / rate
  }

  /** The rate of the sample has fallen. */
  shrink(sampler: Sampler): void {
    const { cache } = this
    for (const key of cache.keys()) if (!sampler.takes(key)) cache.delete(key)
    cache.resize(scaled(this.capacity, sampler.rate))
  }
}

/** Room is never scaled down to none. */
export function scaled(capacity: number, rate: number): number {
  const room = capacity * rate
  return room > 0 && room < 1 ? 1 : Math.round(room)
}
