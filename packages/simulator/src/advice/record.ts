import { type Cache, checkCount } from "@evictionary/core"
import { checkRate, HASHES, hasherOf } from "../sampler.ts"

export interface RecordOptions {
  /**
   * The share of the keys to record, above 0 and up to 1. By default so much that a cache scaled
   * down to it has room for 1,024 entries, or 1 in 64 if the cache's capacity is not bounded.
   */
  rate?: number | undefined
  /** The most lookups to keep, 131,072 by default, at 13 bytes each: the last ones. */
  maxSamples?: number | undefined
  /** Chooses the keys: an integer, 0 by default. */
  seed?: number | undefined
}

/** Traffic of a live cache, being recorded. */
export interface Recording {
  /** The share of the keys that is recorded. */
  readonly rate: number
  /** What has been recorded by now. It does not change any more, and can be sent to a worker. */
  snapshot(): RecordedTraffic
  /** Ends the recording; what there is stays. */
  stop(): void
}

/** Lookups in a cache, as plain data. */
export interface RecordedTraffic {
  /** The strategy of the cache. */
  readonly strategy: string
  /** The capacity of the cache; how many entries it had, if that was not bounded. */
  readonly capacity: number
  /** The share of its keys that was recorded. */
  readonly rate: number
  /** The keys that were asked for, as hashes, the first one first. */
  readonly keys: Int32Array
  /** 1 where it was a hit. */
  readonly outcomes: Uint8Array
  /** For each, how many lookups of any key there were since the one before, itself included. */
  readonly lookups: Uint32Array
  /** How many of those were hits. */
  readonly hits: Uint32Array
}

/** Entries of the caches that are scaled down, by default. */
const ROOM = 1024

/**
 * Records, from now on, which keys are looked up in a cache and whether they are found, so that
 * {@link advise} can tell what other strategies and capacities would do with the same traffic.
 *
 * It keeps neither keys nor values, but the 32-bit hashes of a share of the keys, in a ring that
 * forgets the oldest. A lookup takes the hash of its key, O(length) for text, and O(1) beside that,
 * and nothing is allocated. Lookups are those that count in `stats`; `set` and `delete` are not
 * recorded.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option.
 *
 * @example
 * ```ts
 * const recording = record(users)
 * // … an hour later
 * console.log(`${await advise(recording, { strategies: [lru, sieve] })}`)
 * ```
 */
export function record<K, V>(cache: Cache<K, V>, options: RecordOptions = {}): Recording {
  return new Recorder(cache, options)
}

class Recorder<K, V> implements Recording {
  readonly rate: number
  readonly stop: () => void
  private readonly cache: Cache<K, V>
  private readonly hashOf: (key: unknown) => number
  private readonly threshold: number
  private readonly ring: Pick<RecordedTraffic, "hits" | "keys" | "lookups" | "outcomes">
  /** Where in the ring the next one goes, and how many have been there in all. */
  private at: number
  private total: number
  /** Since the last one in the ring. */
  private lookups: number
  private hits: number

  constructor(cache: Cache<K, V>, options: RecordOptions) {
    const { maxSamples = 2 ** 17, seed = 0, rate = defaultRate(cache.capacity) } = options
    checkRate(rate)
    checkCount("INVALID_OPTION", "maxSamples", maxSamples)
    this.cache = cache
    this.rate = rate
    this.hashOf = hasherOf(seed)
    this.threshold = rate * HASHES
    this.ring = {
      keys: new Int32Array(maxSamples),
      outcomes: new Uint8Array(maxSamples),
      lookups: new Uint32Array(maxSamples),
      hits: new Uint32Array(maxSamples),
    }
    this.at = 0
    this.total = 0
    this.lookups = 0
    this.hits = 0
    this.stop = cache.subscribe({
      onHit: (key) => {
        this.hits++
        this.note(key, 1)
      },
      onMiss: (key) => this.note(key, 0),
    })
  }

  snapshot(): RecordedTraffic {
    const { cache, rate, ring } = this
    return {
      strategy: cache.strategyName,
      capacity: cache.capacity === Infinity ? cache.size : cache.capacity,
      rate,
      keys: this.inOrder(ring.keys),
      outcomes: this.inOrder(ring.outcomes),
      lookups: this.inOrder(ring.lookups),
      hits: this.inOrder(ring.hits),
    }
  }

  private note(key: K, outcome: 0 | 1): void {
    this.lookups++
    const hash = this.hashOf(key)
    if (hash >= this.threshold) return
    const { ring, at } = this
    ring.keys[at] = hash
    ring.outcomes[at] = outcome
    ring.lookups[at] = this.lookups
    ring.hits[at] = this.hits
    this.lookups = 0
    this.hits = 0
    this.total++
    this.at = at + 1 < ring.keys.length ? at + 1 : 0
  }

  /** A copy of a ring, the oldest first. */
  private inOrder<Ring extends Int32Array | Uint8Array | Uint32Array>(ring: Ring): Ring {
    const full = this.total >= ring.length
    const copy = ring.slice(0, full ? ring.length : this.at) as Ring
    if (full) {
      copy.set(ring.subarray(this.at))
      copy.set(ring.subarray(0, this.at), ring.length - this.at)
    }
    return copy
  }
}

function defaultRate(capacity: number): number {
  return capacity === Infinity ? 1 / 64 : Math.min(1, ROOM / Math.max(capacity, 1))
}
