import type { RequestModel } from "@evictionary/conformance"
import type { Slot } from "@evictionary/core"
import { Queue, Recency } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

/** Least recently used, in an array from the oldest key to the youngest. */
export function recencyModel(capacity: number): RequestModel {
  const evicted: number[] = []
  let keys: number[] = []
  return {
    evicted,
    request(key) {
      const isHit = keys.includes(key)
      keys = keys.filter((other) => other !== key)
      if (keys.length === capacity) evicted.push(keys.shift() as number)
      keys.push(key)
      return isHit
    },
  }
}

export const paper: Mutants = {
  "hits and victims are those of the plain model, whatever is asked of it": {
    "hits count for nothing": policy((slots) => new Queue(slots)),
    "a hit on the oldest counts for nothing": policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            if (slot !== this.list.oldest) super.onHit(slot)
          }
        })(slots),
    ),
  },
}
