import fc from "fast-check"
import { ensure, forAll, type Law, same, unlessDeep } from "../law.ts"
import { capacities, operations, perform, performAll } from "../operations.ts"
import { act, situations, stepsAndSwaps, subjectIn, ttlOf, weightOf } from "../situations.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Bounds"

/** What a listener does. */
const reactions = fc.constantFrom("nothing", "throws", "stores")

export const bounds: readonly Law[] = [
  {
    chapter,
    title:
      "there is never more than `capacity` and `maxWeight` allow, not even while a callback runs",
    examples: 12,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps, reactions), ([situation, steps, reaction]) => {
        let failure: unknown
        const whenShallow = unlessDeep()
        let stored = 0
        const subject = subjectIn(strategy, situation, {
          onRemoval(key) {
            checkBounds()
            if (reaction === "throws") throw reaction
            if (reaction === "stores") {
              whenShallow(() => {
                if (stored++ < 200) cache.set({}, 1).set(key, stored)
              })
            }
            checkBounds()
          },
          onListenerError(error) {
            if (error !== "throws") failure ??= error
          },
          weigher(value) {
            checkBounds()
            return weightOf(value)
          },
          ttl(value) {
            checkBounds()
            return ttlOf(value)
          },
        })
        const { cache } = subject
        function checkBounds(): void {
          const { size, capacity, weight, maxWeight } = cache
          ensure(size <= capacity, `${size} entries, more than the capacity ${capacity}`)
          ensure([...cache].length <= capacity, `more entries than the capacity ${capacity}`)
          ensure(weight <= maxWeight, `a weight of ${weight}, more than \`maxWeight\` ${maxWeight}`)
        }
        steps.forEach((step, value) => {
          act(subject, step, value, strategy)
          checkBounds()
          if (failure !== undefined) throw failure
        })
      }),
  },
  {
    chapter,
    title: "a cache of capacity 0 stores nothing, and evicts nothing",
    check: (strategy) =>
      forAll(operations, (steps) => {
        const cache = cacheOf(strategy, 0)
        for (const step of steps) {
          perform(cache, step, step)
          same([...cache], [], "entries")
        }
        same(cache.stats.inserts, 0, "inserts")
        same(cache.stats.evictions, 0, "evictions")
      }),
  },
  {
    chapter,
    title: "a cache of capacity 1 holds what was stored last",
    check: (strategy) =>
      forAll(fc.array(fc.nat(KEYS.length - 1), { minLength: 1 }), (indices) => {
        const cache = cacheOf(strategy, 1)
        for (const index of indices) {
          cache.set(KEYS[index], index)
          same(cache.size, 1, "size")
          same(cache.peek(KEYS[index]), index, "value")
        }
      }),
  },
  {
    chapter,
    title: "shrinking evicts just what does not fit, and growing evicts nobody",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operations, fc.nat(9)), ([capacity, steps, next]) => {
        const causes: string[] = []
        const cache = cacheOf(strategy, capacity, {
          onRemoval: (_key, _value, cause) => causes.push(cause),
        })
        performAll(cache, steps)
        const before = cache.size
        causes.length = 0
        cache.resize(next)
        same(cache.capacity, next, "capacity")
        same(cache.size, Math.min(before, next), "size")
        same(causes, new Array(before - cache.size).fill("evicted"), "causes")
      }),
  },
]
