import {
  defineStrategy,
  type GhostList,
  type Policy,
  type Slot,
  type SlotList,
  type SlotParts,
} from "@evictionary/core"
import type { AnyStrategy } from "./subject.ts"

/** The victim is who was used least recently. */
class ByUse implements Policy {
  protected readonly list: SlotList

  constructor(slots: SlotParts) {
    this.list = slots.list()
  }

  onHit(slot: Slot): void {
    this.list.moveToYoungest(slot)
  }

  evict(_incoming: Slot): Slot {
    const victim = this.list.oldest
    this.list.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.list.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.list.remove(slot)
  }

  resize(_capacity: number): void {}

  [Symbol.iterator](): Iterator<Slot> {
    return this.list[Symbol.iterator]()
  }
}

/** Remembers as many victims as may be resident; who comes back leaves last. */
class WithGhosts extends ByUse {
  private readonly ghosts: GhostList
  private capacity: number

  constructor(slots: SlotParts, capacity: number) {
    super(slots)
    this.ghosts = slots.ghosts()
    this.capacity = capacity
  }

  override onHit(_slot: Slot): void {}

  override evict(incoming: Slot): Slot {
    if (this.ghosts.has(incoming)) this.ghosts.remove(incoming)
    const victim = super.evict(incoming)
    this.ghosts.addYoungest(victim)
    this.trim()
    return victim
  }

  override onInsert(slot: Slot): void {
    if (this.ghosts.has(slot)) this.ghosts.remove(slot)
    super.onInsert(slot)
  }

  override resize(capacity: number): void {
    this.capacity = capacity
    this.trim()
  }

  private trim(): void {
    while (this.ghosts.size > this.capacity) this.ghosts.forget(this.ghosts.oldest)
  }
}

/** Never evicts. */
export const keeping: AnyStrategy = defineStrategy("keeping", ({ slots }) => new ByUse(slots), {
  neverEvicts: true,
})

/** Strategies of every kind, for a cache to change to. */
export const others: readonly AnyStrategy[] = [
  defineStrategy("by-use", ({ slots }) => new ByUse(slots)),
  defineStrategy("with-ghosts", ({ slots, capacity }) => new WithGhosts(slots, capacity)),
  keeping,
]
