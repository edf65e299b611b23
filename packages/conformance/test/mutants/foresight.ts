import type { Slot } from "@evictionary/core"
import { Queue, Recency, Stack } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

export const foresight: Mutants = {
  "the first of the order is the next victim, after deletions in the middle too": {
    "the order is turned round": policy(
      (slots) =>
        new (class extends Queue {
          override *[Symbol.iterator](): Generator<Slot> {
            for (let slot = this.list.youngest; slot; slot = this.list.older(slot)) yield slot
          }
        })(slots),
      { rearranges: true },
    ),
    "after a deletion another end is the old one": policy(
      (slots) =>
        new (class extends Recency {
          private turned = false
          override onRemove(slot: Slot): void {
            this.turned = slot !== this.list.oldest && slot !== this.list.youngest
            super.onRemove(slot)
          }
          override evict(): Slot {
            const victim = this.turned ? this.list.youngest : this.list.oldest
            this.turned = false
            this.list.remove(victim)
            return victim
          }
        })(slots),
    ),
  },
  "the first of the order need not be the next victim": {
    "it always is": policy((slots) => new Recency(slots), { promotes: true, unforeseeable: true }),
  },
  "`use` and `load` keep the order of a hundred entries": {
    "only thirty are arranged": policy(
      (slots) =>
        new (class extends Stack {
          override arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
            const few = coldestFirst.slice(0, 30)
            return [...super.arrange(few), ...coldestFirst.slice(30)]
          }
        })(slots),
      { scanResistant: true, rearranges: true },
    ),
    "some are lost": policy(
      (slots) =>
        new (class extends Stack {
          override arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
            return super.arrange(coldestFirst.slice(0, 64))
          }
        })(slots),
      { scanResistant: true, rearranges: true },
    ),
  },
}
