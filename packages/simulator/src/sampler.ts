import { checkCount, FrequencySketch, invalid } from "@evictionary/core"
import { unbounded } from "@evictionary/unbounded"
import { Requests } from "./trace/requests.ts"
import type { Block, Key } from "./traffic.ts"

/** So many hashes there are. */
export const HASHES: number = 2 ** 32

/**
 * Samples in space: a key is in the sample if its hash says so, and then each of its requests is.
 * So what is sampled looks like the whole with a share of the keys, and a cache with that share of
 * the room does with it what the whole cache does with the whole.
 *
 * When there are more keys in the sample than `maxKeys`, the rate is halved until there are not.
 *
 * C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, "Efficient MRC construction with SHARDS",
 * FAST 2015. There the rate falls key by key; halving it needs no order among keys.
 */
export class Sampler {
  /** The share of the keys that is sampled. */
  rate: number
  /** Different keys, and the bytes that were first asked for with them, by estimate. */
  uniqueKeys: number
  uniqueBytes: number
  private readonly maxKeys: number
  private readonly hashOf: (key: unknown) => number
  private readonly keys = unbounded<Key, true>()

  constructor(rate: number, maxKeys: number, seed: number) {
    checkRate(rate)
    checkCount("INVALID_OPTION", "maxKeys", maxKeys)
    this.rate = rate
    this.uniqueKeys = 0
    this.uniqueBytes = 0
    this.maxKeys = maxKeys
    this.hashOf = hasherOf(seed)
  }

  /** Whether a key is sampled, at the present rate. */
  takes(key: Key): boolean {
    return this.rate === 1 || this.hashOf(key) < this.rate * HASHES
  }

  /**
   * Gives `visit` those of the requests whose keys are sampled. When the rate falls in between, it
   * gives those before that, and then calls `onFall`.
   */
  sift({ keys, sizes }: Block, visit: (sampled: Block) => void, onFall: () => void): void {
    const sampled = new Requests()
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      if (!this.takes(key)) continue
      const size = sizes?.[i]
      if (this.keys.get(key) === undefined) {
        if (this.keys.size >= this.maxKeys) {
          visit(sampled.take())
          this.fall()
          onFall()
          if (!this.takes(key)) continue
        }
        this.keys.set(key, true)
        this.uniqueKeys += 1 / this.rate
        this.uniqueBytes += (size ?? 0) / this.rate
      }
      sampled.add(key, size)
    }
    visit(sampled.take())
  }

  private fall(): void {
    while (this.keys.size >= this.maxKeys && this.rate > 1 / HASHES) {
      this.rate /= 2
      for (const key of this.keys.keys()) if (!this.takes(key)) this.keys.delete(key)
    }
  }
}

/** The hash by which keys are sampled: an integer from 0 to 2^32 - 1, the same for equal keys. */
export function hasherOf(seed: number): (key: unknown) => number {
  // Not the hash that strategies may use by default: theirs would find the sample's all alike.
  const sketch = new FrequencySketch(1, seed + 0x5ad5)
  return (key) => sketch.hashOf(key) >>> 0
}

/** Throws unless `rate` is one. */
export function checkRate(rate: number): void {
  if (!(rate > 0 && rate <= 1)) {
    throw invalid("INVALID_OPTION", "rate", "a number above 0, up to 1", rate)
  }
}
