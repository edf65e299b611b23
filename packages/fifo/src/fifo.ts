import {
  defineStrategy,
  type Policy,
  type PolicyDescription,
  type Slot,
  type SlotList,
  type SlotParts,
  type Strategy,
} from "@evictionary/core"

/**
 * First in, first out: the victim is the entry that was stored first.
 *
 * All entries stand in one queue in the order of their arrival. A hit changes nothing, a newcomer
 * enters at the young end, and the victim comes from the old end. O(1) per operation.
 *
 * The rule is older than its papers; the first analysis is in L. A. Belady, "A study of replacement
 * algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966. Follows `FIFO.c` of
 * libCacheSim.
 *
 * @example
 * ```ts
 * const thumbnails = fifo<string, Blob>({ capacity: 1_000 })
 * ```
 */
export const fifo: Strategy = defineStrategy("fifo", ({ slots }) => new FifoPolicy(slots))

class FifoPolicy implements Policy {
  private readonly queue: SlotList

  constructor(slots: SlotParts) {
    this.queue = slots.list()
  }

  onHit(): void {}

  evict(): Slot {
    const victim = this.queue.oldest
    this.queue.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.queue.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.queue.remove(slot)
  }

  resize(): void {}

  describe(): PolicyDescription {
    return { lists: { queue: this.queue } }
  }

  [Symbol.iterator](): Iterator<Slot> {
    return this.queue[Symbol.iterator]()
  }
}
