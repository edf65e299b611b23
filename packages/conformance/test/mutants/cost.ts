import type { Slot, SlotBytes, SlotParts } from "@evictionary/core"
import { Queue, Recency, Remembering } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

/** A clock whose hand clears no mark that it passes. */
class Idle extends Queue {
  private readonly marks: SlotBytes

  constructor(slots: SlotParts) {
    super(slots)
    this.marks = slots.bytes()
  }

  override onHit(slot: Slot): void {
    this.marks.set(slot, 1)
  }

  override onInsert(slot: Slot): void {
    this.marks.set(slot, 0)
    super.onInsert(slot)
  }

  override evict(): Slot {
    let victim = this.list.oldest
    while (victim !== 0 && this.marks.get(victim) === 1) victim = this.list.younger(victim)
    victim ||= this.list.oldest
    this.list.remove(victim)
    return victim
  }
}

/** Least frequently used, in one list where an entry passes all others of its count. */
class Walking extends Queue {
  private readonly uses: SlotBytes

  constructor(slots: SlotParts) {
    super(slots)
    this.uses = slots.bytes()
  }

  override onHit(slot: Slot): void {
    const uses = Math.min(this.uses.get(slot) + 1, 255)
    this.uses.set(slot, uses)
    let last = slot
    for (let next = this.list.younger(slot); next !== 0; next = this.list.younger(next)) {
      if (this.uses.get(next) > uses) break
      last = next
    }
    if (last !== slot) this.list.moveAfter(last, slot)
  }

  override onInsert(slot: Slot): void {
    this.uses.set(slot, 1)
    this.list.addOldest(slot)
  }
}

/** Marks of hits are cleared all at once, each time that as many newcomers have come as fit. */
class Cleared extends Queue {
  private readonly marks: SlotBytes
  private readonly capacity: number
  private turn = 0

  constructor(slots: SlotParts, capacity: number) {
    super(slots)
    this.marks = slots.bytes()
    this.capacity = capacity
  }

  override onHit(slot: Slot): void {
    this.marks.set(slot, 1)
  }

  override onInsert(slot: Slot): void {
    this.marks.set(slot, 0)
    super.onInsert(slot)
    if (++this.turn % this.capacity === 0) for (const each of this.list) this.marks.set(each, 0)
  }
}

export const cost: Mutants = {
  "no operation but a new bound takes more than a few steps, however many entries there are": {
    "marks are cleared all at once": policy((slots, capacity) => new Cleared(slots, capacity)),
    "a hand passes all that were hit": policy((slots) => new Idle(slots)),
    "a bound that has shrunk is kept by the next newcomer": policy(
      (slots) =>
        new (class extends Recency {
          private isNew = false
          override resize(): void {
            this.isNew = true
          }
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            if (this.isNew) this.isNew = [...this.list].length === 0
          }
        })(slots),
    ),
  },
  "an operation takes no more steps, in the mean, because there are more entries": {
    "the victim is looked for from the other end": policy(
      (slots) =>
        new (class extends Recency {
          override evict(): Slot {
            const [victim = 0] = this.list
            for (let slot = this.list.youngest; slot !== victim; ) slot = this.list.older(slot)
            this.list.remove(victim)
            return victim
          }
        })(slots),
    ),
    "a hit looks for its entry": policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            for (const each of this.list) if (each === slot) break
            super.onHit(slot)
          }
        })(slots),
    ),
    "a deletion looks for its entry": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(slot: Slot): void {
            if ([...this.list].includes(slot)) super.onRemove(slot)
          }
        })(slots),
    ),
    "an array holds the order": policy(
      (slots) =>
        new (class extends Recency {
          private readonly order: Slot[] = []
          override onHit(slot: Slot): void {
            this.order.splice(this.order.indexOf(slot), 1)
            this.order.push(slot)
            super.onHit(slot)
          }
          override onInsert(slot: Slot): void {
            this.order.push(slot)
            super.onInsert(slot)
          }
        })(slots),
    ),
    "all are sorted before somebody leaves": policy(
      (slots) =>
        new (class extends Recency {
          private readonly ages = new Map<Slot, number>()
          override onInsert(slot: Slot): void {
            this.ages.set(slot, this.ages.size)
            super.onInsert(slot)
          }
          override evict(): Slot {
            const order = Array.from(this.ages).sort(([, a], [, b]) => a - b)
            this.ages.delete(order[0]?.[0] ?? 0)
            return super.evict(0)
          }
        })(slots),
    ),
    "an array is looked through, by a callback": policy(
      (slots) =>
        new (class extends Recency {
          private order: Slot[] = []
          override onInsert(slot: Slot): void {
            this.order.push(slot)
            super.onInsert(slot)
          }
          override evict(): Slot {
            const victim = super.evict(0)
            this.order = this.order.filter((each) => each !== victim)
            return victim
          }
        })(slots),
    ),
    "the ghosts are counted": policy(
      (slots, capacity) =>
        new (class extends Remembering {
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            while ([...this.ghosts].length > capacity) this.ghosts.forget(this.ghosts.oldest)
          }
        })(capacity, slots),
    ),
    "the hand passes the same marks again": policy((slots) => new Idle(slots)),
    "a hit walks past its equals": policy((slots) => new Walking(slots)),
  },
}
