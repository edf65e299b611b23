import type { TestCache } from "@evictionary/conformance"
import { firstKey, type Mutants, members, options } from "../broken.ts"

export const bounds: Mutants = {
  "there is never more than `capacity` and `maxWeight` allow, not even while a callback runs": {
    "room for one more": members(
      (cache) => ({
        get capacity() {
          return Math.max(cache.capacity - 1, 0)
        },
        resize: (capacity, maxWeight) => cache.resize(capacity + 1, maxWeight),
      }),
      options(({ capacity = Infinity, ...given }) => ({ ...given, capacity: capacity + 1 })),
    ),
    "weight for one more": members(
      (cache) => ({
        get maxWeight() {
          return Math.max(cache.maxWeight - 1, 0)
        },
      }),
      options(({ maxWeight = Infinity, ...given }) => ({ ...given, maxWeight: maxWeight + 1 })),
    ),
    "a listener's entries are not counted": members((cache) => {
      const extra = new Map<unknown, unknown>()
      return {
        get size() {
          return cache.size + extra.size
        },
        set(key, value) {
          if (cache.size === cache.capacity && !cache.has(key)) extra.set(key, value)
          else cache.set(key, value)
          return this as TestCache
        },
      }
    }),
  },
  "a cache of capacity 0 stores nothing, and evicts nothing": {
    "at least one entry": options((given) => ({ ...given, capacity: given.capacity || 1 })),
  },
  "a cache of capacity 1 holds what was stored last": {
    "a full cache refuses newcomers": members((cache) => ({
      set(key, value) {
        return cache.size < cache.capacity || cache.has(key) ? cache.set(key, value) : cache
      },
    })),
  },
  "shrinking evicts just what does not fit, and growing evicts nobody": {
    "everything leaves": members((cache) => ({
      resize(capacity) {
        cache.resize(0)
        cache.resize(capacity)
      },
    })),
    "the surplus stays": members((cache) => ({ resize: () => cache.resize(cache.capacity) })),
    "the surplus is deleted": members((cache) => ({
      resize(capacity) {
        while (cache.size > capacity) cache.delete(firstKey(cache))
        cache.resize(capacity)
      },
    })),
  },
}
