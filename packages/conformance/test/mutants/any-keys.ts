import type { Slot } from "@evictionary/core"
import { Queue, Recency } from "../../../core/test/policies.ts"
import { type Mutants, members, policy } from "../broken.ts"

export const anyKeys: Mutants = {
  "nobody looks at an object that is a key, or writes to it": {
    "the time is noted in the key": policy(
      (slots) =>
        new (class extends Recency {
          override onInsert(slot: Slot, key?: unknown): void {
            if (typeof key === "object" && key !== null) Object.assign(key, { slot })
            super.onInsert(slot)
          }
        })(slots),
    ),
    "keys are shown": members((cache) => ({
      set(key, value) {
        if (typeof key !== "symbol") JSON.stringify(key)
        return cache.set(key, value)
      },
    })),
  },
  "keys of whatever kind, used in the same pattern, have the same victims": {
    "texts stay longer": policy(
      (slots) =>
        new (class extends Queue {
          override onInsert(slot: Slot, key?: unknown): void {
            if (typeof key === "string") this.list.addYoungest(slot)
            else this.list.addOldest(slot)
          }
        })(slots),
    ),
    "odd numbers do": policy(
      (slots) =>
        new (class extends Queue {
          override onInsert(slot: Slot, key?: unknown): void {
            if (Number(typeof key === "number" ? key : 0) % 2 === 0) this.list.addYoungest(slot)
            else this.list.addOldest(slot)
          }
        })(slots),
    ),
  },
  "other keys, used in the same pattern, may have other victims": {
    "a queue that says it counts": policy((slots) => new Queue(slots), { countsKeys: true }),
    "keys are counted, and nobody asks how often": policy(
      (slots) =>
        new (class extends Recency {
          private readonly counts = new Map<unknown, number>()
          override onInsert(slot: Slot, key?: unknown): void {
            this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
            super.onInsert(slot)
          }
        })(slots),
      { countsKeys: true, promotes: true },
    ),
  },
}
