import { type Mutants, members } from "../broken.ts"

export const keys: Mutants = {
  "keys are the same or different just as in a Map": {
    "1 and “1” are one": members((cache) => {
      const plain = (key: unknown): unknown => (typeof key === "number" ? String(key) : key)
      return {
        set: (key, value) => cache.set(plain(key), value),
        get: (key) => cache.get(plain(key)),
        peek: (key) => cache.peek(plain(key)),
        has: (key) => cache.has(plain(key)),
        delete: (key) => cache.delete(plain(key)),
      }
    }),
    "NaN is never found": members((cache) => ({
      has: (key) => cache.has(key) && !Number.isNaN(key),
    })),
    "large numbers are truncated": members((cache) => {
      const int = (key: unknown): unknown => (typeof key === "number" && key > 9 ? key | 0 : key)
      return {
        set: (key, value) => cache.set(int(key), value),
        get: (key) => cache.get(int(key)),
        has: (key) => cache.has(int(key)),
        delete: (key) => cache.delete(int(key)),
      }
    }),
  },
  "-0 is given back as 0": {
    "as it came": members((cache) => {
      let zero: unknown = 0
      return {
        getOrInsertComputed: (key, compute) =>
          cache.getOrInsertComputed(key, () => {
            zero = key
            return compute(key)
          }),
        *keys() {
          for (const key of cache.keys()) yield key === 0 ? zero : key
        },
      }
    }),
  },
  "a stored undefined is a value": {
    "it is taken for none": members((cache) => ({
      has: (key) => cache.get(key) !== undefined,
    })),
    "it is computed again": members((cache) => ({
      getOrInsert: (key, value) => cache.get(key) ?? (cache.set(key, value) && value),
    })),
  },
}
