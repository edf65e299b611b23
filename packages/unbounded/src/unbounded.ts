import {
  defineStrategy,
  type KeepingPolicy,
  type PolicyDescription,
  type Slot,
  type SlotList,
  type SlotParts,
  type UnboundedStrategy,
} from "@evictionary/core"

/**
 * Keeps everything: there is no capacity, and nothing leaves unless it is deleted.
 *
 * @example
 * ```ts
 * const squares = unbounded<number, number>()
 * ```
 */
export const unbounded: UnboundedStrategy = defineStrategy(
  "unbounded",
  ({ slots }) => new UnboundedPolicy(slots),
  { neverEvicts: true },
)

/** Remembers the order of insertion, for iteration only. */
class UnboundedPolicy implements KeepingPolicy {
  private readonly byInsertion: SlotList

  constructor(slots: SlotParts) {
    this.byInsertion = slots.list()
  }

  onHit(): void {}

  onInsert(slot: Slot): void {
    this.byInsertion.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.byInsertion.remove(slot)
  }

  describe(): PolicyDescription {
    return { lists: { entries: this.byInsertion } }
  }

  [Symbol.iterator](): Iterator<Slot> {
    return this.byInsertion[Symbol.iterator]()
  }
}
