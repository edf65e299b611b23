import type { TestCache } from "@evictionary/conformance"
import { firstKey, type Mutants, members, options, weighed } from "../broken.ts"

/** Evicts by the strategy's rule until no more than `weight` is left; the bounds stay. */
function evictTo(cache: TestCache, weight: number): void {
  const { capacity, maxWeight } = cache
  cache.resize(capacity, Math.max(weight, 0))
  cache.resize(capacity, maxWeight)
}

export const weight: Mutants = {
  "weights are added up exactly, as large as they may be": {
    "in 32 bits": members((cache) => ({
      get weight() {
        return cache.weight | 0
      },
    })),
    "the new weight is added before the old one is taken off": members((cache) => {
      let lost = 0
      return {
        set(key, value, terms) {
          const before = cache.entry(key)?.weight ?? 0
          const weight = terms?.weight ?? 1
          const rest = cache.weight - before
          lost += rest + weight - (cache.weight + weight - before)
          return cache.set(key, value, terms)
        },
        get weight() {
          return cache.weight - lost
        },
      }
    }),
  },
  "the weight is the sum of what the entries weigh": {
    "the weight of the old value stays in the sum": members((cache) => {
      let credit = 0
      return {
        set(key, value, terms) {
          credit += cache.entry(key)?.weight ?? 0
          return cache.set(key, value, terms)
        },
        get weight() {
          return cache.weight + credit
        },
      }
    }),
    "every entry is counted": members((cache) => ({
      get weight() {
        return cache.size
      },
    })),
    "deleting gives nothing back": members((cache) => {
      let lost = 0
      return {
        delete(key) {
          lost += cache.entry(key)?.weight ?? 0
          return cache.delete(key)
        },
        get weight() {
          return cache.weight + lost
        },
      }
    }),
  },
  "an entry weighs what `set` is told, else what the weigher says, else 1": {
    "the weigher has the last word": members((cache, { weigher }) => ({
      set: (key, value, terms) =>
        cache.set(key, value, weigher === undefined ? terms : { ...terms, weight: undefined }),
    })),
    "what is told holds for later values": members((cache) => {
      const told = new Map<unknown, number | undefined>()
      return {
        set(key, value, terms) {
          if (terms?.weight !== undefined) told.set(key, terms.weight)
          return cache.set(key, value, { ...terms, weight: told.get(key) })
        },
      }
    }),
    "the weigher gets the key first": options((given) => ({
      ...given,
      weigher: given.weigher && ((value: unknown, key: unknown) => given.weigher?.(key, value)),
    })),
  },
  "an entry above `maxWeight` is not stored and evicts nobody; an older one of its key goes": {
    "the older one stays": members((cache, given) => ({
      set: (key, value, terms) =>
        weighed(given, value, key, terms?.weight) > cache.maxWeight
          ? cache
          : cache.set(key, value, terms),
    })),
    "all others leave for it": members((cache, given) => ({
      set(key, value, terms) {
        if (weighed(given, value, key, terms?.weight) > cache.maxWeight) evictTo(cache, 0)
        return cache.set(key, value, terms)
      },
    })),
    "it counts as light as can be": members((cache, given) => ({
      set(key, value, terms) {
        const weight = Math.min(weighed(given, value, key, terms?.weight), cache.maxWeight)
        return cache.set(key, value, { ...terms, weight })
      },
    })),
  },
  "overwriting evicts nobody if the new weight fits, the old one not counted": {
    "the old weight is counted": members((cache, given) => ({
      set(key, value, terms) {
        const weight = weighed(given, value, key, terms?.weight)
        if (cache.has(key) && cache.weight + weight > cache.maxWeight) {
          evictTo(cache, cache.maxWeight - weight)
        }
        return cache.set(key, value, terms)
      },
    })),
    "deleted and stored anew": members((cache) => ({
      set(key, value, terms) {
        cache.delete(key)
        return cache.set(key, value, terms)
      },
    })),
  },
  "an entry that has become heavier stays, and others leave only until it fits": {
    "it may be its own victim": members((cache) => ({
      set(key, value, terms) {
        const isNext = [firstKey(cache)].includes(key)
        const { evictions } = cache.stats
        cache.set(key, value, terms)
        if (isNext && cache.stats.evictions > evictions) cache.delete(key)
        return cache
      },
    })),
    "all others leave": members((cache) => ({
      set(key, value, terms) {
        const before = cache.entry(key)?.weight
        cache.set(key, value, terms)
        const after = cache.entry(key)?.weight ?? 0
        if (before !== undefined && after > before) evictTo(cache, after)
        return cache
      },
    })),
    "the old value stays when the new one does not fit": members((cache, given) => ({
      set(key, value, terms) {
        const old = cache.entry(key)
        const weight = weighed(given, value, key, terms?.weight)
        const fits = old === undefined || cache.weight - old.weight + weight <= cache.maxWeight
        return fits ? cache.set(key, value, terms) : cache
      },
    })),
  },
  "a smaller `maxWeight` evicts only until the rest fits, and a larger one nobody": {
    "it stays as it was": members((cache) => ({ resize: (capacity) => cache.resize(capacity) })),
    "everything leaves": members((cache) => ({
      resize(capacity, maxWeight) {
        cache.resize(capacity, 0)
        cache.resize(capacity, maxWeight)
      },
    })),
    "the surplus is deleted": members((cache) => ({
      resize(capacity, maxWeight = Infinity) {
        while (cache.weight > maxWeight) cache.delete(firstKey(cache))
        cache.resize(capacity, maxWeight)
      },
    })),
  },
  "a weight that cannot be added exactly is refused, and nothing has changed": {
    "it is left out in silence": members((cache) => ({
      set(key, value, terms) {
        try {
          return cache.set(key, value, terms)
        } catch {
          return cache
        }
      },
    })),
    "an older value goes": members((cache) => ({
      set(key, value, terms) {
        if (cache.has(key) && (terms?.weight ?? 1) > 1) cache.delete(key)
        return cache.set(key, value, terms)
      },
    })),
    "a dump is loaded as far as that goes": members((cache) => ({
      load(dump) {
        try {
          cache.load(dump)
        } catch (error) {
          cache.clear()
          throw error
        }
      },
    })),
  },
}
