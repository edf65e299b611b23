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
 * Clock, or second chance: the victim is the first in the queue that went unused since it was last
 * looked at.
 *
 * All entries stand in one queue, each with a reference bit. A newcomer enters at the young end
 * with the bit clear; a hit sets it and moves nothing. To evict, the oldest entry is looked at: if
 * its bit is set, it is cleared, and the entry goes to the young end; if not, it is the victim. The
 * queue is the clock's dial, and its old end the hand. O(1) per operation, amortised: the sweep
 * clears no bit that no hit has set.
 *
 * F. J. Corbató, "A paging experiment with the Multics system", MIT Project MAC report MAC-M-384,
 * 1968. Follows `Clock.c` of libCacheSim, with one bit that is clear at first.
 *
 * @example
 * ```ts
 * const pages = clock<number, Page>({ capacity: 1_000 })
 * ```
 */
export const clock: Strategy = defineStrategy("clock", ({ slots }) => new ClockPolicy(slots), {
  promotes: true,
})

class ClockPolicy implements Policy {
  private readonly queue: SlotList
  /** The reference bit, 0 or 1. */
  private readonly referenced: SlotBytes

  constructor(slots: SlotParts) {
    this.queue = slots.list()
    this.referenced = slots.bytes()
  }

  onHit(slot: Slot): void {
    this.referenced.set(slot, 1)
  }

  /** The newcomer is not in the queue yet: the sweep must not pass it. */
  evict(): Slot {
    const { queue, referenced } = this
    let victim = queue.oldest
    while (referenced.get(victim) === 1) {
      referenced.set(victim, 0)
      queue.moveToYoungest(victim)
      victim = queue.oldest
    }
    queue.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.referenced.set(slot, 0)
    this.queue.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.queue.remove(slot)
  }

  resize(): void {}

  describe(): PolicyDescription {
    const { queue, referenced } = this
    const hand = { get: (slot: Slot) => Number(slot === queue.oldest) }
    return { lists: { clock: queue }, marks: { referenced, hand } }
  }

  /** The first sweep takes those whose bit is clear, the second those whose bit the first cleared. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    for (const bit of [0, 1]) {
      for (const slot of this.queue) if (this.referenced.get(slot) === bit) yield slot
    }
  }
}
