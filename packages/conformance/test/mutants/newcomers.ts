import type { Slot, SlotBytes, SlotParts } from "@evictionary/core"
import { Queue } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

/** Who has a mark is passed once. */
class Marked extends Queue {
  protected readonly marks: SlotBytes

  constructor(slots: SlotParts) {
    super(slots)
    this.marks = slots.bytes()
  }

  override onHit(slot: Slot): void {
    this.marks.set(slot, 1)
  }

  override evict(): Slot {
    for (;;) {
      const slot = this.list.oldest
      if (this.marks.get(slot) === 0) return super.evict(slot)
      this.marks.set(slot, 0)
      this.list.moveToYoungest(slot)
    }
  }
}

export const newcomers: Mutants = {
  "a cache whose entries were deleted one by one behaves as a new one": {
    "a newcomer has the mark of who was in its slot": policy((slots) => new Marked(slots), {
      promotes: true,
    }),
    "who was deleted is counted": policy(
      (slots) =>
        new (class extends Queue {
          private deletions = 0
          override onRemove(slot: Slot): void {
            this.deletions++
            super.onRemove(slot)
          }
          override onInsert(slot: Slot): void {
            if (this.deletions % 5 === 4) this.list.addOldest(slot)
            else this.list.addYoungest(slot)
          }
        })(slots),
    ),
  },
}
