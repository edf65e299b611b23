import { type Cache, CacheError } from "@evictionary/core"
import { unbounded } from "@evictionary/unbounded"
import { type CacheResult, resultOf } from "./run.ts"
import type { Block, Key } from "./traffic.ts"

const SHIFT = 16

/** So many requests are kept in one array. */
export const PART: number = 1 << SHIFT

const MASK = PART - 1

/** Positions have to be integers of 32 bits. */
const MOST = 2 ** 31 - 1

/**
 * What was asked for so far: every key with the place of its last request, as an unbounded cache
 * keeps it; and, if the future shall be known, for each request the place of the next one for the
 * same key, in 4 bytes, and its size in 8 if there is one.
 */
export class History {
  requests: number
  /** Bytes asked for; `undefined` as soon as a size is not known. */
  bytes: number | undefined
  /** What an unbounded cache holds of them: the sizes with which keys were first asked for. */
  uniqueBytes: number
  private readonly lastUses: Cache<Key, number>
  /** 0 where there is no further request; none follows another at place 0. */
  readonly nextUses: Int32Array[]
  readonly sizes: Float64Array[]
  private readonly foresees: boolean
  private repeatedBytes: number

  constructor(foresees: boolean) {
    this.requests = 0
    this.bytes = 0
    this.uniqueBytes = 0
    this.lastUses = unbounded<Key, number>()
    this.nextUses = []
    this.sizes = []
    this.foresees = foresees
    this.repeatedBytes = 0
  }

  /** Different keys. */
  get keys(): number {
    return this.lastUses.size
  }

  /** What a cache does that keeps everything. */
  unbounded(): CacheResult {
    const { hits, misses } = this.lastUses.stats
    const counts = { hits, misses, evictions: 0, hitBytes: this.repeatedBytes }
    return resultOf("unbounded", Infinity, counts, this.bytes)
  }

  record({ keys, sizes }: Block): void {
    if (this.foresees) this.makeRoom(keys.length)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      const at = this.requests++
      const last = this.lastUses.get(key)
      this.lastUses.set(key, at)
      if (last !== undefined && this.foresees) this.nextUses[last >> SHIFT]![last & MASK] = at
      if (sizes !== undefined && this.bytes !== undefined) {
        const size = sizes[i]!
        this.bytes += size
        if (last === undefined) this.uniqueBytes += size
        else this.repeatedBytes += size
        if (this.foresees) this.sizes[at >> SHIFT]![at & MASK] = size
      }
    }
    if (sizes === undefined && keys.length > 0) this.forgetSizes()
  }

  private makeRoom(more: number): void {
    if (this.requests + more > MOST) {
      throw new CacheError(
        "UNSUPPORTED",
        `MIN is limited to ${MOST} requests; leave it out of longer traffic by \`min: false\``,
      )
    }
    while (this.nextUses.length * PART < this.requests + more) {
      this.nextUses.push(new Int32Array(PART))
      if (this.bytes !== undefined) this.sizes.push(new Float64Array(PART))
    }
  }

  private forgetSizes(): void {
    this.bytes = undefined
    this.sizes.length = 0
  }
}
