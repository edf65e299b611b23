import type { Slot } from "@evictionary/core"
import { Queue, Recency } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

let shared: Slot = 0

export const alone: Mutants = {
  "nothing runs by itself: a policy leaves no timer, no promise and no microtask behind": {
    "a microtask promotes": policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            queueMicrotask(() => this.list.has(slot) && this.list.moveToYoungest(slot))
          }
        })(slots),
    ),
    "a timer ages": policy(
      (slots) =>
        new (class extends Recency {
          override resize(): void {
            setTimeout(() => {}, 1_000_000).unref()
          }
        })(slots),
    ),
    "a promise": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(slot: Slot): void {
            void Promise.resolve(slot)
            super.onRemove(slot)
          }
        })(slots),
    ),
  },
  "caches know nothing of each other": {
    "the hand is that of all": policy(
      (slots) =>
        new (class extends Queue {
          override onHit(slot: Slot): void {
            shared = slot
          }
          override evict(): Slot {
            const victim = this.list.has(shared) ? shared : this.list.oldest
            this.list.remove(victim)
            return victim
          }
        })(slots),
    ),
  },
}
