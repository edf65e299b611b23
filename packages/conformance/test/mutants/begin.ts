import type { Slot } from "@evictionary/core"
import { Recency } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

export const begin: Mutants = {
  "a cache can be made, and its policy has an answer to every call": {
    "it has none to a hit": policy(
      (slots) =>
        new (class extends Recency {
          override onHit(): void {
            throw new Error("what does a hit change?")
          }
        })(slots),
    ),
    "the constructor throws": policy(() => {
      throw new Error("which lists are there?")
    }),
    "the constructor has no end": policy((slots) => {
      const { list } = new Recency(slots)
      while (list.size === 0);
      return new Recency(slots)
    }),
    "iteration has no end": policy(
      (slots) =>
        new (class extends Recency {
          override *[Symbol.iterator](): Generator<Slot> {
            for (let turn = 0; ; turn++) if (turn < 0) yield turn
          }
        })(slots),
    ),
  },
}
