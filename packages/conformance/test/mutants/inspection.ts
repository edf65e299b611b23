import type { PolicyDescription, Slot } from "@evictionary/core"
import { Recency, Remembering } from "../../../core/test/policies.ts"
import { type Mutants, members, policy } from "../broken.ts"

/** A policy with one list that says this of itself. */
function saying(describe: (policy: Recency) => PolicyDescription) {
  return policy(
    (slots) =>
      new (class extends Recency {
        describe(): PolicyDescription {
          return describe(this)
        }
      })(slots),
  )
}

export const inspection: Mutants = {
  "inspect shows every entry once": {
    "the youngest is in no list": saying(({ list }) => ({
      lists: { list: [...list].filter((slot) => slot !== list.youngest) },
    })),
    "the oldest is in two lists": saying(({ list }) => ({
      lists: { list, oldest: list.oldest === 0 ? [] : [list.oldest] },
    })),
  },
  "inspect shows as ghosts only keys that have no entry, each once": {
    "entries are called ghosts": members((cache) => ({
      inspect() {
        const { lists, scalars } = cache.inspect()
        const all = Object.values(lists).flat()
        return { lists: { all: all.map((each) => ({ ...each, ghost: true })) }, scalars }
      },
    })),
    "a ghost is in two lists": policy(
      (slots, capacity) =>
        new (class extends Remembering {
          describe(): PolicyDescription {
            const { queue, protectedList, ghosts } = this
            return { lists: { queue, protectedList, ghosts, again: ghosts } }
          }
        })(capacity, slots),
      { remembers: true },
    ),
  },
  "inspect changes nothing, and shows the same again": {
    "looking promotes": saying(({ list }) => {
      if (list.size > 0) list.moveToYoungest(list.oldest)
      return { lists: { list } }
    }),
    "looking counts": members((cache) => ({
      inspect() {
        for (const key of cache.keys()) cache.get(key)
        return cache.inspect()
      },
    })),
    "a number is another one each time": (() => {
      let looks = 0
      return saying(({ list }) => ({ lists: { list }, scalars: { looks: looks++ } }))
    })(),
    "a mark is cleared by looking": policy(
      (slots) =>
        new (class extends Recency {
          private readonly used = slots.bytes()

          override onHit(slot: Slot): void {
            this.used.set(slot, 1)
          }

          override onInsert(slot: Slot): void {
            this.used.set(slot, 1)
            super.onInsert(slot)
          }

          describe(): PolicyDescription {
            const get = (slot: Slot) => {
              const mark = this.used.get(slot)
              this.used.set(slot, 0)
              return mark
            }
            return { lists: { list: this.list }, marks: { used: { get } } }
          }
        })(slots),
    ),
  },
}
