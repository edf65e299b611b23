import type { Cache } from "@evictionary/core"
import { unbounded } from "@evictionary/unbounded"
import { eachBlock, type Key, type PassOptions, type Traffic } from "./traffic.ts"

/** What an LRU cache does with traffic, at every capacity. */
export interface StackDistances {
  readonly requests: number
  /** Different keys: as many requests have no distance. */
  readonly uniqueKeys: number
  /** Whether there was no more traffic. */
  readonly complete: boolean
  /** How many requests have the distance that is the index, from 1 to `uniqueKeys`. */
  readonly counts: Float64Array
  /** The hits of an LRU cache with so much room, to the last one. O(capacity). */
  hits(capacity: number): number
}

/**
 * The stack distances of traffic: for each request, how many different keys were asked for since its
 * key was last, itself included. An LRU cache hits exactly those that are not above its capacity, so
 * this is the hit count of LRU at every capacity, from one pass. O(log keys) per request, and memory
 * for the different keys.
 *
 * R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage
 * hierarchies", IBM Systems Journal 9(2), 1970; with a tree of sums as in B. T. Bennett, V. J.
 * Kruskal, "LRU stack processing", IBM Journal of Research and Development 19(4), 1975.
 */
export async function stackDistances(
  traffic: Traffic,
  { signal, onProgress }: PassOptions = {},
): Promise<StackDistances> {
  const stack = new LruStack()
  let requests = 0
  const complete = await eachBlock(traffic, signal, ({ keys }) => {
    for (const key of keys) stack.request(key)
    requests += keys.length
    onProgress?.({ stage: "replay", requests, total: undefined })
  })
  const counts = stack.counts()
  return {
    requests,
    uniqueKeys: stack.size,
    complete,
    counts,
    hits: (capacity) => counts.subarray(0, capacity + 1).reduce((sum, count) => sum + count, 0),
  }
}

/** The keys in the order of their last use, and how often which place in it was asked for. */
class LruStack {
  /** The time of each key's last use. */
  private readonly lastUses: Cache<Key, number>
  /** A Fenwick tree over times from 1 on: 1 where some key was last used, 0 elsewhere. */
  private tree: Int32Array
  private now: number
  private distances: Float64Array

  constructor() {
    this.lastUses = unbounded<Key, number>()
    this.tree = new Int32Array(2 ** 10)
    this.now = 0
    this.distances = new Float64Array(2 ** 10)
  }

  get size(): number {
    return this.lastUses.size
  }

  counts(): Float64Array {
    return this.distances.slice(0, this.size + 1)
  }

  request(key: Key): void {
    if (this.now === this.tree.length - 1) this.renumber()
    const last = this.lastUses.get(key)
    if (last !== undefined) {
      const distance = this.size - this.usesUntil(last) + 1
      this.distances[distance] = this.distances[distance]! + 1
      this.add(last, -1)
    }
    this.lastUses.set(key, ++this.now)
    this.add(this.now, 1)
  }

  private add(time: number, change: number): void {
    const { tree } = this
    for (let at = time; at < tree.length; at += at & -at) tree[at] = tree[at]! + change
  }

  /** How many keys were last used up to a time. */
  private usesUntil(time: number): number {
    const { tree } = this
    let sum = 0
    for (let at = time; at > 0; at &= at - 1) sum += tree[at]!
    return sum
  }

  /** Counts time anew, from the last use of each key alone, with room for as many again. */
  private renumber(): void {
    const byLastUse = [...this.lastUses].sort(([, a], [, b]) => a - b)
    for (const [i, [key]] of byLastUse.entries()) this.lastUses.set(key, i + 1)
    this.now = byLastUse.length
    if (2 * this.now >= this.tree.length) this.lengthen(4 * this.now)
    for (let at = 1; at < this.tree.length; at++) {
      this.tree[at] = Math.max(0, Math.min(at, this.now) - (at & (at - 1)))
    }
  }

  private lengthen(length: number): void {
    const { distances } = this
    this.tree = new Int32Array(length)
    this.distances = new Float64Array(length)
    this.distances.set(distances)
  }
}
