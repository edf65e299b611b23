import type { Slot } from "@evictionary/core"
import {
  Queue,
  Recency,
  Remembering,
  recency,
  remembering,
  Stack,
  Worth,
  worth,
} from "../../../core/test/policies.ts"
import { type Mutants, members, options, policy } from "../broken.ts"

export const capabilities: Mutants = {
  "what entries weigh, or cost, changes who leaves": {
    "a queue that says it looks": policy((slots) => new Queue(slots), { weighs: true }),
    "the user's weights and costs go unread": options(
      ({ weigher, cost, ...others }) => others,
      worth,
    ),
  },
  "what entries weigh, or cost, does not change who leaves": {
    "it looks, and does not say so": policy((slots) => new Worth(slots)),
    "what is heavy is asked for again": members((cache, { weigher }) => ({
      set(key, value, terms) {
        cache.set(key, value, terms)
        const oldest = cache.coldest(1)[0]
        if (oldest !== undefined && (weigher?.(oldest[1], oldest[0]) ?? 1) > 5) cache.get(oldest[0])
        return cache
      },
    })),
  },
  "storing entries in the order of iteration may give another order": {
    "it gives the same": policy((slots) => new Queue(slots), { rearranges: true }),
    "a stack upside down": policy(
      (slots) =>
        new (class extends Stack {
          override onInsert(slot: Slot): void {
            this.list.addOldest(slot)
          }
        })(slots),
      { rearranges: true },
    ),
  },
  "hits change who leaves": {
    "a queue that calls itself more": policy((slots) => new Queue(slots), { promotes: true }),
    "get only peeks": members((cache) => ({ get: (key) => cache.peek(key) })),
  },
  "hits do not change who leaves": {
    "a hit moves the entry": policy((slots) => new Recency(slots)),
    "a hit deletes the next victim": members(
      (cache) => ({
        get(key) {
          const value = cache.get(key)
          if (cache.size === cache.capacity && cache.coldest(1)[0]?.[0] === key) cache.delete(key)
          return value
        },
      }),
      policy((slots) => new Queue(slots)),
    ),
  },
  "a key that comes back may fare otherwise than a new one": {
    "there is no memory": policy((slots) => new Recency(slots), { remembers: true }),
    "ghosts are forgotten at once": policy((slots) => new Remembering(0, slots), {
      remembers: true,
    }),
  },
  "a key that comes back fares as a new one": {
    "there is a memory": policy((slots, capacity) => new Remembering(capacity, slots)),
    "whoever left once is not let in": members((cache) => {
      const left = new Set<unknown>()
      cache.subscribe({ onRemoval: (key) => left.add(key) })
      return { set: (key, value) => (left.has(key) ? cache : cache.set(key, value)) }
    }, recency),
  },
  "reading many new keys once leaves at least half of what is in use": {
    "the scan flushes it": policy((slots) => new Recency(slots), { scanResistant: true }),
    "half is left of a half": members(
      (cache) => ({
        has: (key) => cache.has(key) && String(key).endsWith("1"),
      }),
      remembering,
    ),
  },
  "reading many new keys once leaves less than half of what was in use": {
    "the scan does not get in": policy((slots, capacity) => new Remembering(capacity, slots)),
    "a full cache lets nobody in": members(
      (cache) => ({
        set: (key, value) => (cache.size < cache.capacity ? cache.set(key, value) : cache),
      }),
      recency,
    ),
  },
}
