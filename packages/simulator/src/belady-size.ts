import { type History, PART } from "./history.ts"
import { MaxHeap } from "./max-heap.ts"
import { type CacheResult, resultOf } from "./run.ts"

/** Sizes of one class differ by a factor of less than 2 ** (1 / CLASSES). */
const CLASSES = 8

/** Resident keys of about one size. */
interface SizeClass {
  /** The places of their next requests. */
  readonly farthest: MaxHeap
  /** How many there are; places that were reached are in the heap as well, where they are the last. */
  live: number
}

/**
 * Bélády-size, which knows the future: with a bound on bytes, the victim is the key with the largest
 * product of its size and the time until it is asked for again, be it the newcomer. It is a
 * heuristic: strategies may do better, and finding the best is NP-hard (D. S. Berger, N. Beckmann,
 * M. Harchol-Balter, "Practical bounds on optimal caching with variable object sizes", SIGMETRICS
 * 2018).
 *
 * Of keys with about the same size it is the one that is asked for the latest, so there is a heap for
 * each class of sizes, and the victim is the largest of what they have on top: within a tenth of the
 * largest there is. O(log n + classes) per request. The BeladySize of libCacheSim draws 128 keys and
 * takes the largest of these.
 *
 * A resident key is known by the place of its next request, as in `Min`.
 */
export class BeladySize {
  /** Requests that were replayed. */
  requests: number
  private readonly capacity: number
  private readonly history: History
  /** For each request, 1 more than the weight of its key if that is resident until then. */
  private readonly coming: Float64Array
  private readonly classes: Map<number, SizeClass>
  /** The weights of resident keys that are not asked for again. */
  private readonly dead: number[]
  private weight: number
  private hits: number
  private hitBytes: number
  private evictions: number

  constructor(capacity: number, history: History) {
    this.requests = 0
    this.capacity = capacity
    this.history = history
    this.coming = new Float64Array(history.requests)
    this.classes = new Map()
    this.dead = []
    this.weight = 0
    this.hits = 0
    this.hitBytes = 0
    this.evictions = 0
  }

  get result(): CacheResult {
    const { requests, capacity, hits, hitBytes, evictions, history } = this
    const counts = { hits, misses: requests - hits, evictions, hitBytes }
    return resultOf("belady-size", capacity, counts, history.bytes)
  }

  /** Goes on through a part of the history. Returns whether there is more of it. */
  step(): boolean {
    const { history, requests: begin, coming } = this
    const end = Math.min(begin + PART, history.requests)
    const part = begin / PART
    const nextUses = history.nextUses[part]
    const sizes = history.sizes[part]
    if (nextUses === undefined || sizes === undefined) return false
    for (let at = begin; at < end; at++) {
      const size = sizes[at - begin]!
      let weight = coming[at]! - 1
      if (weight >= 0) {
        this.hits++
        this.hitBytes += size
        this.leave(weight)
      } else {
        weight = size
        if (weight > this.capacity) continue
      }
      this.store(weight, nextUses[at - begin]!, at)
      while (this.weight > this.capacity) this.evict(at)
    }
    this.requests = end
    return end < history.requests
  }

  private store(weight: number, next: number, now: number): void {
    this.weight += weight
    if (next === 0) {
      this.dead.push(weight)
      return
    }
    this.coming[next] = weight + 1
    // Who weighs nothing makes no room.
    if (weight === 0) return
    const sizes = this.classOf(weight)
    sizes.live++
    if (sizes.farthest.size > 2 * sizes.live + 64) sizes.farthest.keepAbove(now)
    sizes.farthest.push(next)
  }

  private leave(weight: number): void {
    this.weight -= weight
    if (weight > 0) this.classOf(weight).live--
  }

  private evict(now: number): void {
    this.evictions++
    const dead = this.dead.pop()
    if (dead !== undefined) {
      this.weight -= dead
      return
    }
    let victims: MaxHeap | undefined
    let most = 0
    for (const { farthest, live } of this.classes.values()) {
      if (live === 0) continue
      const product = (this.coming[farthest.greatest]! - 1) * (farthest.greatest - now)
      if (product > most) [victims, most] = [farthest, product]
    }
    const victim = victims!.pop()
    this.leave(this.coming[victim]! - 1)
    this.coming[victim] = 0
  }

  private classOf(weight: number): SizeClass {
    const number = Math.floor(CLASSES * Math.log2(weight))
    let sizes = this.classes.get(number)
    if (sizes === undefined) {
      sizes = { farthest: new MaxHeap(), live: 0 }
      this.classes.set(number, sizes)
    }
    return sizes
  }
}
