import type { Slot, SlotParts } from "@evictionary/core"
import { Recency } from "../../../core/test/policies.ts"
import { type Mutants, members, policy } from "../broken.ts"

/** Of the entries, those that are more than half the capacity leave from the young end. */
class Halved extends Recency {
  protected limit: number

  constructor(slots: SlotParts, capacity: number) {
    super(slots)
    this.limit = capacity / 2
  }

  override onInsert(slot: Slot): void {
    if (this.list.size < this.limit) this.list.addYoungest(slot)
    else this.list.addOldest(slot)
  }
}

export const following: Mutants = {
  "a cache that is resized before it holds anything equals one made with that capacity": {
    "the policy does not hear of it": policy((slots, capacity) => new Halved(slots, capacity)),
    "only of growing": policy(
      (slots, capacity) =>
        new (class extends Halved {
          override resize(capacity: number): void {
            this.limit = Math.max(this.limit, capacity / 2)
          }
        })(slots, capacity),
    ),
    "not of Infinity": policy(
      (slots, capacity) =>
        new (class extends Halved {
          override resize(capacity: number): void {
            if (capacity < Infinity) this.limit = capacity / 2
          }
        })(slots, capacity),
    ),
  },
  "so does one that is bounded by weight": {
    "a smaller weight is forgotten": members((cache) => ({
      resize(capacity, maxWeight) {
        cache.resize(capacity, Math.max(maxWeight ?? 0, cache.maxWeight))
      },
    })),
  },
}
