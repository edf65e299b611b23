import type { Slot } from "@evictionary/core"
import { Recency } from "../../../core/test/policies.ts"
import { type Mutants, members, policy } from "../broken.ts"

export const order: Mutants = {
  "peek, has, entry, iteration, coldest, hottest and dump neither promote nor count": {
    "has promotes": members((cache) => ({
      has(key) {
        cache.get(key)
        return cache.has(key)
      },
    })),
    "peek promotes but does not count": members((cache) => ({
      peek(key) {
        if (cache.has(key)) cache.set(key, cache.peek(key))
        return cache.peek(key)
      },
    })),
    "entry counts": members((cache) => ({
      entry(key) {
        cache.get(key)
        return cache.entry(key)
      },
    })),
    "dump promotes": members((cache) => ({
      dump() {
        for (const key of cache.keys()) cache.getOrInsert(key, undefined)
        return cache.dump()
      },
    })),
    "iteration promotes": members((cache) => ({
      *values() {
        for (const key of cache.keys()) yield cache.get(key)
      },
    })),
  },
  "the same operations have the same victims": {
    "chance decides": policy(
      (slots) =>
        new (class extends Recency {
          override onInsert(slot: Slot): void {
            if (Math.random() < 0.5) this.list.addOldest(slot)
            else super.onInsert(slot)
          }
        })(slots),
    ),
  },
  "keys, values, entries, forEach, coldest, hottest and dump agree on the order": {
    "the dump is turned round": members((cache) => ({
      dump: () => ({ version: 1, entries: [...cache.dump().entries].reverse() }),
    })),
    "hottest is turned round": members((cache) => ({ hottest: (n) => cache.hottest(n).reverse() })),
    "coldest gives all": members((cache) => ({ coldest: () => cache.coldest(Infinity) })),
    "values by storage": members((cache) => ({
      *values() {
        yield* [...cache].map(([, value]) => value).sort()
      },
    })),
  },
  "storing entries in the order of iteration rebuilds the order": {
    "iteration is turned round": policy(
      (slots) =>
        new (class extends Recency {
          override [Symbol.iterator](): Iterator<Slot> {
            return [...this.list].reverse()[Symbol.iterator]()
          }
        })(slots),
    ),
  },
  "iteration sees once what was there and still is, and ends whatever the loop does": {
    "it follows the list as it changes": members((cache) => ({
      *keys() {
        for (let place = 0; place < cache.size && place < 50; place++) {
          yield cache.coldest(place + 1)[place]?.[0]
        }
      },
    })),
    "it yields what has left": members((cache) => ({
      *keys() {
        yield* Array.from(cache, ([key]) => key)
      },
    })),
  },
}
