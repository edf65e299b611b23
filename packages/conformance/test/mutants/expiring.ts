import { type Mutants, members, options } from "../broken.ts"

/** A strategy whose listeners hear another cause in place of "expired", or hear it `times`. */
function hearing(cause: "deleted" | "evicted" | "expired", times: number): Mutants[string][string] {
  return options((given) => ({
    ...given,
    onRemoval(key: unknown, value: unknown, told: "expired" | "evicted") {
      if (told !== "expired") given.onRemoval?.(key, value, told)
      else for (let n = 0; n < times; n++) given.onRemoval?.(key, value, cause)
    },
  }))
}

export const expiring: Mutants = {
  "an expired entry is told of and counted once, as expired, when it is removed": {
    "told of as evicted": hearing("evicted", 1),
    "told of as deleted": hearing("deleted", 1),
    "told of twice": hearing("expired", 2),
    "not told of": hearing("expired", 0),
    "counted as deleted": members((cache) => ({
      get stats() {
        const { expirations, ...stats } = { ...cache.stats.snapshot() }
        return { ...stats, expirations, deletes: expirations } as typeof cache.stats
      },
    })),
  },
  "`purgeExpired` removes as many as have expired, at most `limit`, and says how many": {
    "the limit is ignored": members((cache) => ({ purgeExpired: () => cache.purgeExpired() })),
    "one too many": members((cache) => ({
      purgeExpired: (limit = Infinity) => cache.purgeExpired(limit + 1),
    })),
    "some more in passing": members((cache) => ({
      purgeExpired(limit) {
        const purged = cache.purgeExpired(limit)
        cache.purgeExpired(16)
        return purged
      },
    })),
    "it says how many are left": members((cache) => ({
      purgeExpired(limit) {
        cache.purgeExpired(limit)
        return cache.size
      },
    })),
  },
  "entries expire in the order of their deadlines, and of storing if those are the same": {
    "two at a time, the later first": options(({ onRemoval, ...given }) => {
      const held: [unknown, unknown, "expired"][] = []
      return {
        ...given,
        onRemoval(...removal: [unknown, unknown, "expired"]) {
          if (removal[2] === "expired" && held.push(removal) < 2) return
          for (const each of held.splice(0).reverse()) onRemoval?.(...each)
        },
      }
    }),
  },
  "a call of `get` or `set` removes a few expired entries, however many there are": {
    "all at once": members((cache) => ({
      get(key) {
        cache.purgeExpired()
        return cache.get(key)
      },
    })),
    "none by a lookup": members((cache) => ({ get: (key) => cache.peek(key) })),
  },
  "when all has expired and is purged, nothing is left": {
    "three at a time": members((cache) => ({
      purgeExpired: (limit = 3) => cache.purgeExpired(limit),
    })),
    "the weight stays": members((cache) => {
      let lost = 0
      return {
        purgeExpired(limit) {
          const before = cache.weight
          const purged = cache.purgeExpired(limit)
          lost += before - cache.weight
          return purged
        },
        get weight() {
          return cache.weight + lost
        },
      }
    }),
    "idle entries stay": options(({ idle: _idle, ...given }) => given),
  },
  "`getOrInsert` and `getOrInsertComputed` take an expired entry for none": {
    "the old value is served": members((cache) => {
      const last = new Map<unknown, unknown>()
      return {
        getOrInsert(key, value) {
          if (!last.has(key)) last.set(key, value)
          return cache.getOrInsert(key, last.get(key))
        },
      }
    }),
    "stored without the cache's terms": members((cache) => ({
      getOrInsertComputed(key, compute) {
        const found = cache.get(key)
        if (found !== undefined) return found
        const value = compute(key)
        cache.set(key, value, { ttl: Infinity, weight: 1 })
        return value
      },
    })),
    "a miss that finds what has expired is a hit": members((cache) => {
      const stored = new Set<unknown>()
      return {
        getOrInsert(key, value) {
          if (cache.has(key) || !stored.has(key)) {
            stored.add(key)
            return cache.getOrInsert(key, value)
          }
          cache.set(key, value).get(key)
          return value
        },
      }
    }),
  },
  "iteration leaves out what expires while it goes on": {
    "it yields what was there at first": members((cache) => ({
      *keys() {
        yield* [...cache.keys()]
      },
    })),
    "values as they were at first": members((cache) => ({
      *values() {
        yield* cache.coldest(Infinity).map(([, value]) => value)
      },
    })),
  },
  "with a timer, expired entries leave though nobody calls, until the cache is disposed of": {
    "there is no timer": options(({ purge: _purge, ...given }) => given),
    "it is not stopped": members(() => ({ [Symbol.dispose]() {} })),
  },
}
