import type { Slot, SlotParts } from "@evictionary/core"
import { Queue } from "../../../core/test/policies.ts"
import { type Mutants, policy } from "../broken.ts"

/** The victim is who has the lowest number; numbers stand in an array, and begin anew at a bound. */
class Numbered extends Queue {
  protected readonly numbers: number[] = []

  override evict(): Slot {
    const victims = [...this.list].sort((a, b) => (this.numbers[a] ?? 0) - (this.numbers[b] ?? 0))
    const victim = victims[0] ?? 0
    this.list.remove(victim)
    return victim
  }

  override *[Symbol.iterator](): Generator<Slot> {
    yield* [...this.list].sort((a, b) => (this.numbers[a] ?? 0) - (this.numbers[b] ?? 0))
  }
}

class Counted extends Numbered {
  private readonly bits: number

  constructor(slots: SlotParts, bits: number) {
    super(slots)
    this.bits = bits
  }

  override onHit(slot: Slot): void {
    this.numbers[slot] = ((this.numbers[slot] ?? 0) + 1) % 2 ** this.bits
  }

  override onInsert(slot: Slot): void {
    this.numbers[slot] = 0
    super.onInsert(slot)
  }
}

class Dated extends Numbered {
  private now = 0
  private readonly bits: number

  constructor(slots: SlotParts, bits: number) {
    super(slots)
    this.bits = bits
  }

  override onInsert(slot: Slot): void {
    this.now = (this.now + 1) % 2 ** this.bits
    this.numbers[slot] = this.now
    super.onInsert(slot)
  }
}

const says = { promotes: true }

export const longRuns: Mutants = {
  "who outlives newcomers after 100 uses does so after 255, 256, 65,536 or 100,000": {
    "uses are counted in a byte": policy((slots) => new Counted(slots, 8), says),
    "in two bytes": policy((slots) => new Counted(slots, 16), says),
  },
  "clocks and counters begin nowhere anew: a cache is as it was after 250 or 65,530 operations": {
    "time has 16 bits": policy((slots) => new Dated(slots, 16)),
    "time has 8 bits": policy((slots) => new Dated(slots, 8)),
  },
  "the same operations have the same victims in caches of 1,000 and of 10,000 entries": {
    "chance decides in large caches": policy(
      (slots, capacity) =>
        new (class extends Queue {
          override onInsert(slot: Slot): void {
            if (capacity > 500 && Math.random() < 0.01) this.list.addOldest(slot)
            else this.list.addYoungest(slot)
          }
        })(slots),
    ),
  },
}
