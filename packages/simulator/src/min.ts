import { type History, PART } from "./history.ts"
import { MaxHeap } from "./max-heap.ts"
import { type CacheResult, resultOf } from "./run.ts"

/**
 * Bélády's MIN, which knows the future: a miss is stored, and the victim is the resident key whose
 * next use is the farthest. No strategy that stores every miss has more hits; with a bound on bytes
 * this is not so, and finding the best is NP-hard.
 *
 * A resident key is known by the place of its next request. That place is reached at the latest
 * when it is the next of all, so a bit for each request says whether it hits, and a heap holds the
 * places with the farthest first. O(log capacity) per request.
 *
 * L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems
 * Journal 5(2), 1966; R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques
 * for storage hierarchies", IBM Systems Journal 9(2), 1970, shows that it is the best.
 */
export class Min {
  /** Requests that were replayed. */
  requests: number
  private readonly capacity: number
  private readonly history: History
  /** A bit for each request: whether its key is resident until then. */
  private readonly coming: Uint8Array
  private readonly farthest: MaxHeap
  /** Resident keys with a next use, and those without. */
  private live: number
  private dead: number
  private hits: number
  private hitBytes: number
  private evictions: number

  constructor(capacity: number, history: History) {
    this.requests = 0
    this.capacity = capacity
    this.history = history
    this.coming = new Uint8Array((history.requests >> 3) + 1)
    this.farthest = new MaxHeap()
    this.live = 0
    this.dead = 0
    this.hits = 0
    this.hitBytes = 0
    this.evictions = 0
  }

  get result(): CacheResult {
    const { requests, capacity, hits, hitBytes, evictions, history } = this
    const counts = { hits, misses: requests - hits, evictions, hitBytes }
    return resultOf("min", capacity, counts, history.bytes)
  }

  /** Goes on through a part of the history. Returns whether there is more of it. */
  step(): boolean {
    const { history, requests: begin, coming } = this
    const end = Math.min(begin + PART, history.requests)
    const part = begin / PART
    const nextUses = history.nextUses[part]
    const sizes = history.sizes[part]
    if (nextUses === undefined) return false
    for (let at = begin; at < end; at++) {
      const bit = 1 << (at & 7)
      if ((coming[at >> 3]! & bit) !== 0) {
        this.hits++
        this.live--
        if (sizes !== undefined) this.hitBytes += sizes[at - begin]!
      } else {
        if (this.capacity === 0) continue
        if (this.live + this.dead === this.capacity) this.evict()
      }
      this.store(nextUses[at - begin]!, at)
    }
    this.requests = end
    return end < history.requests
  }

  private store(next: number, now: number): void {
    if (next === 0) {
      this.dead++
      return
    }
    this.live++
    this.coming[next >> 3]! |= 1 << (next & 7)
    // Places that were reached are left in the heap, where they are the last; at times they go.
    if (this.farthest.size > 2 * this.live + 64) this.farthest.keepAbove(now)
    this.farthest.push(next)
  }

  private evict(): void {
    this.evictions++
    if (this.dead > 0) {
      this.dead--
      return
    }
    const victim = this.farthest.pop()
    this.coming[victim >> 3]! &= ~(1 << (victim & 7))
    this.live--
  }
}
