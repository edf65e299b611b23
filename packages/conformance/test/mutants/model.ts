import { type Mutants, members, options } from "../broken.ts"

export const model: Mutants = {
  "a cache shows what a map would that loses what has left and hides what has expired": {
    "nothing expires": options(({ ttl: _ttl, idle: _idle, ...given }) => given),
    "what has expired is served": members((cache) => {
      const last = new Map<unknown, unknown>()
      return {
        set(key, value, terms) {
          last.set(key, value)
          return cache.set(key, value, terms)
        },
        peek: (key) => (cache.has(key) ? cache.peek(key) : last.get(key)),
      }
    }),
    "an overwrite does not begin the time anew": members((cache) => ({
      set(key, value, terms) {
        const ttl = terms?.ttl ?? cache.entry(key)?.ttl
        return cache.set(key, value, { ...terms, ttl })
      },
    })),
  },
  "each entry leaves for the reason that a plain model gives": {
    "silent when time is up": options((given) => ({
      ...given,
      onRemoval(...removal: [unknown, unknown, "evicted"]) {
        if ((removal[2] as string) !== "expired") given.onRemoval?.(...removal)
      },
    })),
    "what had expired is told of as deleted": options((given) => ({
      ...given,
      onRemoval(key: unknown, value: unknown, cause: "expired" | "evicted") {
        given.onRemoval?.(key, value, cause === "expired" ? "deleted" : cause)
      },
    })),
    "an entry too heavy evicts the older one": options((given) => ({
      ...given,
      onRemoval(key: unknown, value: unknown, cause: "deleted" | "evicted") {
        given.onRemoval?.(key, value, cause === "deleted" ? "evicted" : cause)
      },
    })),
  },
  "the size, the weight and the counts are those of a plain model": {
    "expirations count as evictions": members((cache) => ({
      get stats() {
        const stats = cache.stats.snapshot()
        return { ...stats, evictions: stats.evictions + stats.expirations } as typeof stats
      },
    })),
    "the weight of victims is not counted": members((cache) => ({
      get stats() {
        return { ...cache.stats.snapshot(), evictedWeight: 0 } as typeof cache.stats
      },
    })),
    "what is too heavy counts as stored": members((cache) => {
      let refused = 0
      return {
        set(key, value, terms) {
          cache.set(key, value, terms)
          if (!cache.has(key)) refused++
          return cache
        },
        get stats() {
          const stats = cache.stats.snapshot()
          return { ...stats, inserts: stats.inserts + refused } as typeof stats
        },
      }
    }),
  },
  "what `entry` tells of an entry is what a plain model knows of it": {
    "the time left is that of the cache's `ttl`": members((cache, { ttl }) => ({
      entry(key) {
        const entry = cache.entry(key)
        if (entry === undefined || typeof ttl !== "number") return entry
        return { ...entry, ttl: ttl - (entry.age ?? 0) }
      },
    })),
    "the age begins with the last hit": members((cache, { clock }) => {
      const used = new Map<unknown, number>()
      const now = (): number => clock?.now() ?? 0
      return {
        get(key) {
          used.set(key, now())
          return cache.get(key)
        },
        entry(key) {
          const entry = cache.entry(key)
          const age = used.has(key) ? now() - (used.get(key) as number) : entry?.age
          return entry && { ...entry, age: Math.min(age ?? 0, entry.age ?? 0) }
        },
      }
    }),
    "the weight is 1": members((cache) => ({
      entry(key) {
        const entry = cache.entry(key)
        return entry && { ...entry, weight: 1 }
      },
    })),
  },
  "nobody is evicted while everything fits, nor the entry just stored": {
    "room for one is kept free": options((given) => ({
      ...given,
      ...(given.capacity > 1 && { capacity: given.capacity - 1 }),
    })),
    "room is made before looking": members((cache) => ({
      set(key, value, terms) {
        const { capacity } = cache
        if (cache.size === capacity && capacity > 1) {
          cache.resize(capacity - 1)
          cache.resize(capacity)
        }
        return cache.set(key, value, terms)
      },
    })),
  },
  "an expired entry goes before any live one is evicted": {
    "the time is looked at now and then": options((given) => {
      let looks = 0
      let time = 0
      return {
        ...given,
        clock: {
          now() {
            if (looks++ % 8 === 0) time = given.clock?.now() ?? 0
            return time
          },
        },
      }
    }),
    "victims are told of first": options((given) => {
      const waiting: [unknown, unknown, "expired"][] = []
      return {
        ...given,
        onRemoval(...removal: [unknown, unknown, "expired" | "evicted"]) {
          if (removal[2] === "expired") waiting.push(removal as [unknown, unknown, "expired"])
          else given.onRemoval?.(...removal)
          if (waiting.length > 3) for (const each of waiting.splice(0)) given.onRemoval?.(...each)
        },
      }
    }),
  },
}
