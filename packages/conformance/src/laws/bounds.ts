import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { capacities, operations, operationsAndResizes, perform, performAll } from "../operations.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Bounds"

export const bounds: readonly Law[] = [
  {
    chapter,
    title: "there are never more entries than the capacity, not even while a listener runs",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        let failure: unknown
        const cache = cacheOf(strategy, capacity, {
          onRemoval: checkBound,
          onListenerError(error) {
            failure ??= error
          },
        })
        function checkBound(): void {
          ensure(cache.size <= cache.capacity, `size above the capacity ${cache.capacity}`)
          ensure([...cache].length <= cache.capacity, `more than ${cache.capacity} entries`)
        }
        for (const step of steps) {
          perform(cache, step, step)
          checkBound()
          if (failure !== undefined) throw failure
        }
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
