import type { Cache } from "@evictionary/core"
import type { Block, Key } from "./traffic.ts"

/** What a cache did with traffic in which each miss is stored. */
export interface CacheResult {
  /** The name of the strategy; `min` for the best possible, `unbounded` for no bound at all. */
  readonly strategy: string
  readonly capacity: number
  readonly requests: number
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  /** Hits ÷ requests, from 0 to 1; 0 without requests. */
  readonly hitRatio: number
  /** Bytes that hits asked for ÷ bytes asked for; `undefined` if not all sizes are known. */
  readonly byteHitRatio: number | undefined
}

/** Traffic that goes through a cache: each key is read, and stored on a miss. */
export class Run {
  private readonly strategy: string
  private readonly capacity: number
  private readonly cache: Cache<Key, number>
  private hitBytes: number

  constructor(strategy: string, capacity: number, cache: Cache<Key, number>) {
    this.strategy = strategy
    this.capacity = capacity
    this.cache = cache
    this.hitBytes = 0
  }

  replay({ keys, sizes }: Block): void {
    if (sizes === undefined) request(this.cache, keys)
    else this.hitBytes += requestSized(this.cache, keys, sizes)
  }

  /** `bytes` were asked for in all, if that is known. */
  result(bytes: number | undefined): CacheResult {
    const { strategy, capacity, cache } = this
    const { hits, misses, evictions } = cache.stats
    return resultOf(strategy, capacity, { hits, misses, evictions, hitBytes: this.hitBytes }, bytes)
  }
}

/** With its ratios. */
export function resultOf(
  strategy: string,
  capacity: number,
  counts: { hits: number; misses: number; evictions: number; hitBytes: number },
  bytes: number | undefined,
): CacheResult {
  const { hits, misses, evictions, hitBytes } = counts
  return {
    strategy,
    capacity,
    requests: hits + misses,
    hits,
    misses,
    evictions,
    hitRatio: hits === 0 ? 0 : hits / (hits + misses),
    byteHitRatio: bytes === undefined ? undefined : bytes === 0 ? 0 : hitBytes / bytes,
  }
}

/** Returns the number of hits. */
export function request(cache: Cache<Key, number>, keys: readonly Key[]): number {
  let hits = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    if (cache.get(key) === undefined) cache.set(key, 1)
    else hits++
  }
  return hits
}

/** As {@link request}, with the sizes as values, and returns how many bytes the hits asked for. */
export function requestSized(
  cache: Cache<Key, number>,
  keys: readonly Key[],
  sizes: readonly number[],
): number {
  let bytes = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const size = sizes[i]!
    if (cache.get(key) === undefined) cache.set(key, size)
    else bytes += size
  }
  return bytes
}
