import type { Slot, SlotParts } from "@evictionary/core"
import { Recency } from "../../../core/test/policies.ts"
import { type Mutants, members, policy } from "../broken.ts"

/** What policies have in common that should each have their own, and never empty. */
class Sharing extends Recency {
  private readonly known: Set<Slot>

  constructor(slots: SlotParts, known: Set<Slot>) {
    super(slots)
    this.known = known
  }

  override evict(incoming: Slot): Slot {
    const victim = super.evict(incoming)
    this.known.delete(victim)
    return victim
  }

  override onInsert(slot: Slot): void {
    this.known.add(slot)
    super.onInsert(slot)
  }

  override onRemove(slot: Slot): void {
    this.known.delete(slot)
    super.onRemove(slot)
  }

  override *[Symbol.iterator](): Iterator<Slot> {
    yield* this.list
    // Those that it has lost, as if they were there.
    for (const slot of this.known) if (!this.list.has(slot)) yield slot
  }
}

export const torn: Mutants = {
  "a cache is whole after an operation for which the stack was too small": {
    "a count beside the cache": members((cache) => {
      let size = 0
      const counted = <Result>(use: () => Result): Result => {
        size = -1
        const result = use()
        size = cache.size
        return result
      }
      return {
        get size() {
          return size
        },
        set: (...entry) => counted(() => cache.set(...entry)),
        getOrInsert: (...entry) => counted(() => cache.getOrInsert(...entry)),
        getOrInsertComputed: (...entry) => counted(() => cache.getOrInsertComputed(...entry)),
        delete: (key) => counted(() => cache.delete(key)),
        get: (key) => counted(() => cache.get(key)),
        clear: () => counted(() => cache.clear()),
        resize: (...bounds) => counted(() => cache.resize(...bounds)),
        load: (dump) => counted(() => cache.load(dump)),
        purgeExpired(limit) {
          const purged = cache.purgeExpired(limit)
          if (size >= 0) size = cache.size
          return purged
        },
      }
    }),
  },
  "a cache that a hundred overflows have gone through keeps to a plain model": {
    "who is busy stores nothing": members((cache) => {
      let busy = false
      return {
        set(...entry) {
          if (busy) return cache
          busy = true
          cache.set(...entry)
          busy = false
          return cache
        },
      }
    }),
  },
  "a cache is whole after an operation in which the policy has failed, wherever that was": {
    "policies share what they know": (() => {
      const known = new Set<Slot>()
      return policy((slots) => new Sharing(slots, known))
    })(),
  },
}
