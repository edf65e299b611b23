import { type Mutants, members, options } from "../broken.ts"

export const callbacks: Mutants = {
  "an option that is not what it must be is refused by name": {
    "text that looks like a number is one": options((given) => ({
      ...given,
      ...(typeof given.ttl === "string" && { ttl: Number(given.ttl) }),
    })),
    "a weigher that is none is left out": options(({ weigher, ...given }) => ({
      ...given,
      ...(typeof weigher === "function" && { weigher }),
    })),
    "a share is cut to fit": options(({ jitter, ...given }) => ({
      ...given,
      ...(jitter !== undefined && { jitter: Math.min(Math.max(jitter, 0), 1) }),
    })),
    "any `purge` but one is the other": options(({ purge, ...given }) => ({
      ...given,
      ...(purge === "timer" && { purge }),
    })),
    "no clock is the usual one": options(({ clock, ...given }) => ({
      ...given,
      ...(clock !== null && { clock }),
    })),
  },
  "terms that are none are refused by name, and nothing has changed": {
    "unknown ones are ignored": members((cache) => ({
      set: (key, value, terms) =>
        cache.set(key, value, terms && { ttl: terms.ttl, weight: terms.weight }),
    })),
    "a `ttl` that is none means for ever": members((cache) => ({
      set: (key, value, terms) =>
        cache.set(
          key,
          value,
          Number.isNaN(terms?.ttl) || terms?.ttl === null ? { ...terms, ttl: Infinity } : terms,
        ),
    })),
    "the older entry has gone before": members((cache) => ({
      set(key, value, terms) {
        cache.delete(key)
        return cache.set(key, value, terms)
      },
    })),
  },
  "a weigher, a `cost`, a `ttl` or a `random` that throws or returns nonsense changes nothing": {
    "any random number will do": options((given) => ({
      ...given,
      random: given.random && (() => Math.abs(Number(given.random?.()) % 1) || 0),
    })),
    "the older entry has gone before": members((cache) => ({
      set(key, value, terms) {
        cache.delete(key)
        return cache.set(key, value, terms)
      },
    })),
    "what cannot be weighed weighs 1": options((given) => ({
      ...given,
      weigher:
        given.weigher &&
        ((value: unknown, key: unknown) => {
          const weight = given.weigher?.(value, key)
          return Number.isInteger(weight) ? weight : 1
        }),
    })),
    "what costs less than nothing costs nothing": options((given) => ({
      ...given,
      cost:
        given.cost &&
        ((value: unknown, key: unknown) => {
          const cost = given.cost?.(value, key)
          return typeof cost === "number" ? Math.max(cost, 0) : (cost as unknown as number)
        }),
    })),
    "who throws means 0": options((given) => ({
      ...given,
      ttl:
        typeof given.ttl !== "function"
          ? given.ttl
          : (value: unknown, key: unknown) => {
              try {
                return (given.ttl as (...args: unknown[]) => number)(value, key)
              } catch {
                return 0
              }
            },
    })),
  },
  "a clock that throws or shows no number changes nothing": {
    "no number is 0": options((given) => ({
      ...given,
      clock: { now: () => (Number.isFinite(given.clock?.now()) ? (given.clock?.now() ?? 0) : 0) },
    })),
    "a clock that throws stands still": options((given) => {
      let last = 0
      return {
        ...given,
        clock: {
          now() {
            try {
              last = given.clock?.now() ?? 0
            } catch {
              // The time of before.
            }
            return last
          },
        },
      }
    }),
    "a miss is counted before": members((cache) => ({
      set(key, value, terms) {
        cache.stats.reset()
        return cache.set(key, value, terms)
      },
    })),
  },
  "a weigher, a `cost`, a `ttl` and a clock may use the cache": {
    "the size is counted from what it was before": members((cache) => {
      let off = 0
      return {
        set(key, value, terms) {
          const before = cache.size + (cache.has(key) ? 0 : 1)
          cache.set(key, value, terms)
          if (cache.has(key)) off += Math.min(before, cache.capacity) - cache.size
          return cache
        },
        clear() {
          cache.clear()
          off = 0
        },
        get size() {
          return cache.size + off
        },
      }
    }),
    "the weight is that of before and the new one": members((cache) => {
      let weight: number | undefined
      return {
        set(key, value, terms) {
          const before = cache.weight - (cache.entry(key)?.weight ?? 0)
          cache.set(key, value, terms)
          weight = before + (cache.entry(key)?.weight ?? 0)
          return cache
        },
        get weight() {
          return weight ?? cache.weight
        },
      }
    }),
  },
}
