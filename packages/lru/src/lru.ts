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
 * Least recently used: the victim is the entry that has gone unused for the longest time.
 *
 * All entries stand in one list in the order of their last use. A hit moves its entry to the young
 * end, a newcomer enters there, and the victim comes from the old end. O(1) per operation.
 *
 * The rule is folklore; the first analysis is in L. A. Belady, "A study of replacement algorithms
 * for a virtual-storage computer", IBM Systems Journal 5(2), 1966.
 *
 * @example
 * ```ts
 * const users = lru<string, User>({ capacity: 1_000 })
 * ```
 */
export const lru: Strategy = defineStrategy("lru", ({ slots }) => new LruPolicy(slots), {
  promotes: true,
})

class LruPolicy implements Policy {
  private readonly byLastUse: SlotList

  constructor(slots: SlotParts) {
    this.byLastUse = slots.list()
  }

  onHit(slot: Slot): void {
    this.byLastUse.moveToYoungest(slot)
  }

  evict(): Slot {
    const victim = this.byLastUse.oldest
    this.byLastUse.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.byLastUse.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.byLastUse.remove(slot)
  }

  resize(): void {}

  describe(): PolicyDescription {
    return { lists: { list: this.byLastUse } }
  }

  [Symbol.iterator](): Iterator<Slot> {
    return this.byLastUse[Symbol.iterator]()
  }
}
