import type { CacheDump } from "@evictionary/core"
import { type Mutants, members, options } from "../broken.ts"

type Dump = CacheDump<unknown, unknown>

export const reading: Mutants = {
  "options are read once, be they inherited, behind getters or not enumerable": {
    "what is not enumerable is left out": options((given) => ({
      ...given,
      capacity: given.capacity,
      maxWeight: given.maxWeight,
      clock: given.clock,
    })),
    "they are looked at before": options((given) => {
      if (given.ttl !== undefined) return { ...given, ...given }
      return given
    }),
  },
  "so are the terms of `set` and of `expire`, observers, and dumps": {
    "own terms only": members((cache) => ({
      set: (key, value, terms) => cache.set(key, value, terms && { ...terms }),
    })),
    "terms are looked at before": members((cache) => ({
      set(key, value, terms) {
        return terms?.ttl === 0 ? cache : cache.set(key, value, terms)
      },
    })),
    "a new `idle` is read again": members((cache) => ({
      expire(terms) {
        if (terms.idle !== undefined) cache.expire(terms)
      },
    })),
    "observers are asked each time": members((cache) => ({
      subscribe: (observer) =>
        cache.subscribe({
          onHit: (...hit) => observer.onHit?.(...hit),
          onMiss: (...miss) => observer.onMiss?.(...miss),
        }),
    })),
    "entries of a dump are read again": members((cache) => ({
      load({ version, entries }: Dump) {
        cache.load({ version, entries: entries.filter(({ weight }) => weight !== 0) })
      },
    })),
  },
}
