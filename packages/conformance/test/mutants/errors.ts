import { type Mutants, members, options } from "../broken.ts"

export const errors: Mutants = {
  "a capacity that is no count is refused, by name": {
    "it is rounded": options((given) => ({ ...given, capacity: Math.floor(given.capacity) })),
    "it is rounded in resize": members((cache) => ({
      resize: (capacity) => cache.resize(Math.floor(capacity)),
    })),
  },
  "an unknown option, and a listener that is no function, are refused by name": {
    "unknown ones are ignored": options(({ capacity, onRemoval, onListenerError }) => ({
      capacity,
      onRemoval,
      onListenerError,
    })),
    "a bad listener is ignored": options((given) => ({
      ...given,
      onRemoval: typeof given.onRemoval === "function" ? given.onRemoval : undefined,
    })),
  },
  "a compute function that throws changes nothing but the count of misses": {
    "room was made before": members((cache) => ({
      getOrInsertComputed(key, compute) {
        if (!cache.has(key)) cache.set(key, undefined)
        cache.delete(key)
        return cache.getOrInsertComputed(key, compute)
      },
    })),
    "the error is stored": members((cache) => ({
      getOrInsertComputed(key, compute) {
        try {
          return cache.getOrInsertComputed(key, compute)
        } catch (error) {
          cache.set(key, error)
          throw error
        }
      },
    })),
  },
  "a compute function that is none is refused, on a hit too": {
    "only on a miss": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.has(key) ? cache.get(key) : cache.getOrInsertComputed(key, compute),
    })),
  },
  "a callback of `forEach` that is none is refused, though there is no entry": {
    "it is called by none": members((cache) => ({
      forEach(callback) {
        for (const [key, value] of cache) callback(value, key, cache)
      },
    })),
  },
}
