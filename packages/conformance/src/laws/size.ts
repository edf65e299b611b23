import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import {
  capacities,
  keyOf,
  operations,
  operationsAndResizes,
  perform,
  performAll,
} from "../operations.ts"
import { cacheOf } from "../subject.ts"

const chapter = "Size"

export const size: readonly Law[] = [
  {
    chapter,
    title: "the size is the number of entries that iteration yields, each under its own key",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        const cache = cacheOf(strategy, capacity)
        steps.forEach((step, value) => {
          perform(cache, step, value)
          const entries = [...cache]
          same(entries.length, cache.size, "entries")
          same(new Set(cache.keys()).size, cache.size, "different keys")
          same(cache.coldest(Infinity), entries, "entries of the policy")
        })
      }),
  },
  {
    chapter,
    title: "a cleared cache behaves like a new one",
    check: (strategy) =>
      forAll(
        fc.tuple(capacities, operationsAndResizes, operations),
        ([capacity, before, after]) => {
          const cleared = cacheOf(strategy, capacity)
          performAll(cleared, before)
          cleared.clear()
          const fresh = cacheOf(strategy, cleared.capacity)
          same(cleared.size, 0, "size")
          after.forEach((step, value) => {
            perform(cleared, step, value)
            perform(fresh, step, value)
            same([...cleared], [...fresh], "entries")
          })
        },
      ),
  },
  {
    chapter,
    title: "the counts add up",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        const cache = cacheOf(strategy, capacity)
        const expected = { hits: 0, misses: 0, updates: 0, deletes: 0 }
        let cleared = 0
        steps.forEach((step, value) => {
          const present = cache.has(keyOf(step))
          if (step[0] === "clear") cleared += cache.size
          if (step[0] === "delete" && present) expected.deletes++
          if (step[0] === "set" && present) expected.updates++
          if (step[0].startsWith("get")) expected[present ? "hits" : "misses"]++
          perform(cache, step, value)
        })
        const { hits, misses, inserts, updates, evictions, deletes, hitRatio } = cache.stats
        same([hits, misses, updates, deletes], Object.values(expected), "counts")
        same(inserts - evictions - deletes - cleared, cache.size, "inserts less departures")
        same(hitRatio, hits === 0 ? 0 : hits / (hits + misses), "hit ratio")
      }),
  },
  {
    chapter,
    title: "a snapshot of the counts stays, a difference counts from it, a reset begins anew",
    check: (strategy) => {
      const cache = cacheOf(strategy, 10)
      cache.set("key", 1).get("key")
      const snapshot = cache.stats.snapshot()
      cache.set("key", 2).get("other")
      same([snapshot.hits, snapshot.misses, snapshot.updates], [1, 0, 0], "snapshot")
      const since = cache.stats.minus(snapshot)
      same([since.hits, since.misses, since.updates, since.inserts], [0, 1, 1, 0], "difference")
      cache.stats.reset()
      const left = Object.values(cache.stats.snapshot()).filter((count) => count !== 0)
      same(left, [], "counts after a reset that are not 0")
    },
  },
]
