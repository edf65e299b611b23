import type { Slot } from "@evictionary/core"
import { Recency, Remembering, remembering } from "../../../core/test/policies.ts"
import { type Mutants, members, options, policy } from "../broken.ts"

export const size: Mutants = {
  "the size is the number of entries that iteration yields, each under its own key": {
    "a miss of delete counts": members((cache) => {
      let off = 0
      return {
        get size() {
          return cache.size - off
        },
        delete(key) {
          off += cache.has(key) ? 0 : 1
          return cache.delete(key)
        },
      }
    }),
    "a deleted entry stays in the list": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(): void {}
        })(slots),
    ),
    "the victim stays in the list": policy(
      (slots) =>
        new (class extends Recency {
          override evict(): Slot {
            return this.list.oldest
          }
          override onInsert(slot: Slot): void {
            if (!this.list.has(slot)) this.list.addYoungest(slot)
          }
          override [Symbol.iterator](): Iterator<Slot> {
            return [...this.list, this.list.oldest].values()
          }
        })(slots),
    ),
    "who comes back stays a ghost": policy(
      (slots, capacity) =>
        new (class extends Remembering {
          override onInsert(slot: Slot): void {
            if (!this.ghosts.has(slot)) super.onInsert(slot)
          }
        })(capacity, slots),
    ),
  },
  "a cleared cache behaves like a new one": {
    "the weight stays": members((cache) => {
      let lost = 0
      return {
        clear() {
          lost += cache.weight
          cache.clear()
        },
        get weight() {
          return cache.weight + lost
        },
      }
    }),
    "ghosts survive": members(
      (cache) => ({
        clear() {
          for (const key of [...cache.keys()]) cache.delete(key)
        },
      }),
      remembering,
    ),
  },
  "the counts add up": {
    "get does not count": members((cache) => ({ get: (key) => cache.peek(key) })),
    "set counts as a lookup": members((cache) => ({
      set(key, value) {
        cache.get(key)
        return cache.set(key, value)
      },
    })),
    "clear starts the counts anew": members((cache) => ({
      clear() {
        cache.clear()
        cache.stats.reset()
      },
    })),
  },
  "a snapshot of the counts stays, a difference counts from it, a reset begins anew": {
    "the snapshot goes on": members(({ stats }) => ({
      get stats() {
        return { ...stats, minus: stats.minus, reset: stats.reset, snapshot: () => stats }
      },
    })),
  },
  "a cache that is disposed of is empty, and can be used again": {
    "the entries stay": members(() => ({ [Symbol.dispose]() {} })),
    "it is of no use any more": members((cache) => {
      let ended = false
      return {
        [Symbol.dispose]() {
          cache.clear()
          ended = true
        },
        set: (key, value, terms) => (ended ? cache : cache.set(key, value, terms)),
      }
    }),
    "nobody is told": (() => {
      let ending = false
      return members(
        (cache) => ({
          [Symbol.dispose]() {
            ending = true
            cache.clear()
            ending = false
          },
        }),
        options((given) => ({
          ...given,
          onRemoval(...removal: [unknown, unknown, "evicted"]) {
            if (!ending) given.onRemoval?.(...removal)
          },
        })),
      )
    })(),
  },
  "as text a cache is its strategy, its size and its bounds": {
    "the same for all": members(() => ({ toString: () => "[object Cache]" })),
    "without the bounds": members((cache) => ({
      toString: () => `${cache.strategyName}(${cache.size})`,
    })),
  },
}
