import {
  defineStrategy,
  type Policy,
  type PolicyDescription,
  type Slot,
  type SlotBytes,
  type SlotList,
  type SlotParts,
  type Strategy,
} from "@evictionary/core"

/**
 * SIEVE: the victim is the first entry that a hand finds unvisited on its way from the old entries
 * to the new ones.
 *
 * All entries stand in one queue, from the tail, the oldest, to the head, the newest, and never
 * change places. A newcomer enters at the head, not visited; a hit marks its entry visited. To
 * evict, the hand walks from where it rests towards the head, and from there on from the tail: it
 * clears the mark of visited entries and takes the first that has none. There it stays until the
 * next eviction, so what it has sifted is older than what it has still to sift. O(1) per operation,
 * amortised: the hand passes no mark that no hit has set.
 *
 * Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, "SIEVE is Simpler than LRU: an Efficient
 * Turn-Key Eviction Algorithm for Web Caches", NSDI 2024. Follows the authors' `Sieve.c` in
 * libCacheSim.
 *
 * @example
 * ```ts
 * const pages = sieve<string, string>({ capacity: 1_000 })
 * ```
 */
export const sieve: Strategy = defineStrategy("sieve", ({ slots }) => new SievePolicy(slots), {
  promotes: true,
  scanResistant: true,
})

class SievePolicy implements Policy {
  /** Its old end is the paper's tail, its young end the head. */
  private readonly queue: SlotList
  private readonly visited: SlotBytes
  /** Where the next search begins; 0 for the tail, whoever is there by then. */
  private hand: Slot

  constructor(slots: SlotParts) {
    this.queue = slots.list()
    this.visited = slots.bytes()
    this.hand = 0
  }

  onHit(slot: Slot): void {
    this.visited.set(slot, 1)
  }

  evict(): Slot {
    const { queue, visited } = this
    let victim = this.hand || queue.oldest
    while (visited.get(victim) === 1) {
      visited.set(victim, 0)
      victim = queue.younger(victim) || queue.oldest
    }
    this.hand = queue.younger(victim)
    queue.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.visited.set(slot, 0)
    this.queue.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    if (slot === this.hand) this.hand = this.queue.younger(slot)
    this.queue.remove(slot)
  }

  resize(): void {}

  describe(): PolicyDescription {
    const { queue, visited } = this
    const hand = { get: (slot: Slot) => Number(slot === (this.hand || queue.oldest)) }
    return { lists: { queue }, marks: { visited, hand } }
  }

  /** The first round of the hand takes the unvisited, the second those whose mark it has cleared. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    const { queue, visited } = this
    for (const mark of [0, 1]) {
      let slot = this.hand || queue.oldest
      for (let left = queue.size; left > 0; left--) {
        if (visited.get(slot) === mark) yield slot
        slot = queue.younger(slot) || queue.oldest
      }
    }
  }
}
