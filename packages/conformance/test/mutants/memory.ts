import type { Slot } from "@evictionary/core"
import { Recency, Remembering } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

export const memory: Mutants = {
  "keys that were evicted or deleted can be collected": {
    "uses are counted by key": policy(
      (slots) =>
        new (class extends Recency {
          private readonly uses = new Map<unknown, number>()
          override onInsert(slot: Slot, key?: unknown): void {
            this.uses.set(key, (this.uses.get(key) ?? 0) + 1)
            super.onInsert(slot)
          }
        })(slots),
    ),
  },
  "a large capacity allocates nothing in advance, be it 2^31 or Infinity": {
    "a byte for each entry to come": policy(
      (slots, capacity) =>
        new (class extends Recency {
          readonly marks: Uint8Array = new Uint8Array(Math.min(capacity, 2 ** 28))
          override onInsert(slot: Slot): void {
            this.marks[slot] = 1
            super.onInsert(slot)
          }
        })(slots),
    ),
    "an array of the capacity": policy(
      (slots, capacity) =>
        new (class extends Recency {
          readonly marks: number[] = new Array<number>(capacity)
        })(slots),
    ),
  },
  "no more keys are remembered than the strategy declares, after shrinking too": {
    "all are remembered": policy((slots) => new Remembering(Infinity, slots), { remembers: true }),
    "as many as before the cache shrank": policy(
      (slots, capacity) =>
        new (class extends Remembering {
          override resize(): void {}
        })(capacity, slots),
      { remembers: true },
    ),
    "twice as many as it declares": policy(
      (slots, capacity) => new Remembering(2 * capacity, slots),
      { remembers: true },
    ),
  },
}
