import type { Slot } from "@evictionary/core"
import { Recency } from "../../../core/test/policies.ts"
import { firstKey, type Mutants, members, policy } from "../broken.ts"

export const presence: Mutants = {
  "the cache knows the key of every entry, and none that was deleted or cleared": {
    "it knows nobody": members(() => ({ knows: () => false })),
    "it knows everybody whom it has seen": members((cache) => {
      const seen = new Set<unknown>()
      return {
        set(key, value, terms) {
          seen.add(key)
          return cache.set(key, value, terms)
        },
        knows: (key) => seen.has(key) || cache.knows(key),
      }
    }),
  },
  "what was just stored is there": {
    "a key that was deleted stays away": members((cache) => {
      const deleted = new Set<unknown>()
      return {
        delete: (key) => deleted.add(key) && cache.delete(key),
        set: (key, value) => (deleted.has(key) ? cache : cache.set(key, value)),
      }
    }),
  },
  "a new key evicts one entry if the cache is full, else none, and never itself": {
    "room is made too early": members((cache) => ({
      set(key, value) {
        if (!cache.has(key) && cache.size >= cache.capacity - 1) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
    "two leave at once": members((cache) => ({
      set(key, value) {
        if (!cache.has(key) && cache.size === cache.capacity) cache.delete(firstKey(cache))
        if (!cache.has(key) && cache.size > 1) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
  },
  "overwriting evicts nobody and changes no other value": {
    "room is made before looking": members((cache) => ({
      set(key, value) {
        if (cache.size === cache.capacity) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
  },
  "`delete` removes the entry of its key and no other, and says whether there was one": {
    "always true": members((cache) => ({ delete: (key) => cache.delete(key) || true })),
    "the list keeps the entry": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(slot: Slot): void {
            this.list.moveToYoungest(slot)
            this.list.remove(this.list.oldest)
          }
        })(slots),
    ),
    "nothing is removed": members((cache) => ({ delete: (key) => cache.has(key) })),
  },
  "every value read is the one stored last under its key": {
    "an overwrite is lost": members((cache) => ({
      set: (key, value) => (cache.has(key) ? cache : cache.set(key, value)),
    })),
    "getOrInsert overwrites": members((cache) => ({
      getOrInsert: (key, value) => cache.set(key, value) && value,
    })),
  },
  "`getOrInsertComputed` computes on a miss only, once, with the key": {
    "it computes always": members((cache) => ({
      getOrInsertComputed(key, compute) {
        const value = compute(key)
        return cache.getOrInsert(key, value)
      },
    })),
    "it computes twice": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.getOrInsertComputed(key, (k) => [compute(k), compute(k)][1]),
    })),
    "it passes no key": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.getOrInsertComputed(key, () => compute("no key")),
    })),
  },
  "what `compute` stores under its own key is overwritten by its result": {
    "what is there first stays": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.has(key) ? cache.get(key) : cache.getOrInsert(key, compute(key)),
    })),
  },
}
