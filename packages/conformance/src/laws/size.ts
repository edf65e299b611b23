import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { capacities, keyOf, operationsAndResizes, perform } from "../operations.ts"
import {
  act,
  actAll,
  type Situation,
  type Subject,
  situations,
  steps,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import { type AnyStrategy, cacheOf, type TestCache } from "../subject.ts"

const chapter = "Size"

export const size: readonly Law[] = [
  {
    chapter,
    title: "the size is the number of entries that iteration yields, each under its own key",
    examples: 60,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        steps.forEach((step, value) => {
          act(subject, step, value, strategy)
          if (step[0] === "tick") cache.purgeExpired()
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
    examples: 30,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, before, after]) => {
        const cleared = subjectIn(strategy, situation)
        const { cache, clock } = cleared
        actAll(cleared, before)
        cache.clear()
        same([cache.size, cache.weight], [0, 0], "size and weight")
        const fresh = freshFor(strategy, situation, cache, clock.time)
        after.forEach((step, value) => {
          act(cleared, step, value)
          act(fresh, step, value)
          same([...cache], [...fresh.cache], "entries")
          same([cache.size, cache.weight], [fresh.cache.size, fresh.cache.weight], "size")
        })
      }),
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
  {
    chapter,
    title: "a cache that is disposed of is empty, and can be used again",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, before, after]) => {
        const causes: string[] = []
        const subject = subjectIn(strategy, situation, {
          onRemoval: (_key, _value, cause) => causes.push(cause),
        })
        const { cache, clock } = subject
        actAll(subject, before)
        const held = cache.size
        causes.length = 0
        cache[Symbol.dispose]()
        same(causes, new Array(held).fill("cleared"), "causes")
        same([cache.size, cache.weight, [...cache]], [0, 0, []], "size, weight and entries")
        const fresh = freshFor(strategy, situation, cache, clock.time)
        after.forEach((step, value) => {
          act(subject, step, value)
          act(fresh, step, value)
          same([...cache], [...fresh.cache], "entries")
        })
      }),
  },
  {
    chapter,
    title: "as text a cache is its strategy, its size and its bounds",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        actAll(subject, steps)
        const { size, capacity, weight, maxWeight, strategyName } = cache
        const entries = capacity < Infinity ? `${size} of ${capacity}` : size
        const weights = maxWeight < Infinity ? `, weight ${weight} of ${maxWeight}` : ""
        same(String(cache), `${strategyName}(${entries}${weights})`, "text")
      }),
  },
]

/** A new cache with the bounds that `cache` has by now, at the same time. */
function freshFor(
  strategy: AnyStrategy,
  situation: Situation,
  { capacity, maxWeight }: TestCache,
  start: number,
): Subject {
  const weighs = maxWeight < Infinity || situation.bounds.maxWeight !== undefined
  const bounds = { capacity, ...(weighs && { maxWeight }) }
  return subjectIn(strategy, { ...situation, bounds, start })
}
