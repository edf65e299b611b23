import { defineStrategy, type Policy, type Slot, type SlotList } from "@evictionary/core"

class QueuePolicy implements Policy {
  private readonly queue: SlotList

  constructor(queue: SlotList) {
    this.queue = queue
  }

  onHit(): void {}

  evict(): Slot {
    const victim = this.queue.oldest
    this.queue.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.queue.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.queue.remove(slot)
  }

  resize(): void {}

  [Symbol.iterator](): Iterator<Slot> {
    return this.queue[Symbol.iterator]()
  }
}

/** Says that hits change who leaves, and that is not so. */
export const broken = defineStrategy("broken", ({ slots }) => new QueuePolicy(slots.list()), {
  promotes: true,
})
