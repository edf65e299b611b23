import type { TestCache } from "@evictionary/conformance"
import { recency } from "../../../core/test/policies.ts"
import { altered, type Mutants, members, type Options } from "../broken.ts"

const make = recency as (options: Options) => TestCache

export const swap: Mutants = {
  "`use` keeps the entries, with values, weights, costs, ages and deadlines, and the counts": {
    "deadlines begin anew": members((cache) => ({
      use(...strategy: [never]) {
        const entries = [...cache]
        cache.use(...strategy)
        for (const [key, value] of entries) cache.set(key, value)
      },
    })),
    "deadlines are lost": members((cache) => ({
      use(...strategy: [never]) {
        cache.use(...strategy)
        const { version, entries } = cache.dump()
        cache.load({ version, entries: entries.map(({ ttl: _ttl, ...entry }) => entry) })
      },
    })),
    "costs are lost": members((cache) => ({
      use(...strategy: [never]) {
        cache.use(...strategy)
        const { version, entries } = cache.dump()
        cache.load({ version, entries: entries.map(({ cost: _cost, ...entry }) => entry) })
        cache.stats.reset()
      },
    })),
    "the counts begin anew": members((cache) => ({
      use(...strategy: [never]) {
        cache.use(...strategy)
        cache.stats.reset()
      },
    })),
    "the entries are lost": members((cache) => ({
      use(...strategy: [never]) {
        cache.clear()
        cache.use(...strategy)
      },
    })),
  },
  "the bounds hold whatever strategies come one after the other, and listeners are told": {
    "the bounds are forgotten": members((cache) => {
      let { capacity } = cache
      return {
        get capacity() {
          return capacity
        },
        use(...strategy: [never]) {
          cache.use(...strategy)
          cache.resize(Infinity, Infinity)
        },
        resize(next, maxWeight) {
          capacity = next
          cache.resize(next, maxWeight)
        },
      }
    }),
    "listeners are forgotten": altered((given) => {
      let used = false
      const cache = make({
        ...given,
        onRemoval(...removal) {
          if (!used) given.onRemoval?.(...removal)
        },
      })
      function use(...strategy: [never]): void {
        used = true
        cache.use(...strategy)
      }
      return [cache, { use }]
    }, recency),
  },
  "a strategy that never evicts lifts the bounds, and the next one can be given new ones": {
    "the bound stays": members((cache, { capacity = Infinity }) => ({
      get capacity() {
        return Math.min(cache.capacity, capacity)
      },
    })),
    "no new bound is taken": members((cache) => ({
      resize(capacity, maxWeight) {
        if (cache.strategyName !== "by-use") cache.resize(capacity, maxWeight)
      },
    })),
  },
  "what is no strategy, or fails to begin, is refused, and nothing has changed": {
    "emptied before": members((cache) => ({
      use(...strategy: [never]) {
        cache.clear()
        cache.use(...strategy)
      },
    })),
    "nobody is told": members((cache) => ({
      use(...strategy: [never]) {
        try {
          cache.use(...strategy)
        } catch {
          // It goes on with the old one.
        }
      },
    })),
    "any function will do": members((cache) => ({
      use(...strategy: [never]) {
        if (typeof strategy[0] !== "function") cache.use(...strategy)
      },
    })),
    "the bounds are lifted before": members((cache) => ({
      use(...strategy: [never]) {
        cache.resize(Infinity, Infinity)
        cache.use(...strategy)
      },
    })),
  },
}
