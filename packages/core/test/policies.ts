import {
  defineStrategy,
  type GhostList,
  type Policy,
  type Slot,
  SlotHeap,
  type SlotList,
  type SlotParts,
  type SlotWeights,
  type Strategy,
} from "@evictionary/core"

/** One list in the order of last use. */
export class Recency implements Policy {
  readonly list: SlotList

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

/** One list in the order of arrival. */
export class Queue extends Recency {
  override onHit(_slot: Slot): void {}
}

/** A queue whose victims are remembered, as many as the capacity; who comes back is protected. */
export class Remembering implements Policy {
  readonly queue: SlotList
  readonly protectedList: SlotList
  readonly ghosts: GhostList
  private capacity: number
  private returning: Slot

  constructor(capacity: number, slots: SlotParts) {
    this.queue = slots.list()
    this.protectedList = slots.list()
    this.ghosts = slots.ghosts()
    this.capacity = capacity
    this.returning = 0
  }

  onHit(slot: Slot): void {
    if (this.protectedList.has(slot)) this.protectedList.moveToYoungest(slot)
  }

  evict(incoming: Slot): Slot {
    if (this.ghosts.has(incoming)) {
      this.ghosts.remove(incoming)
      this.returning = incoming
    }
    const victim = this.queue.oldest
    if (victim === 0) {
      const fallback = this.protectedList.oldest
      this.protectedList.remove(fallback)
      return fallback
    }
    this.queue.remove(victim)
    this.ghosts.addYoungest(victim)
    this.trim()
    return victim
  }

  onInsert(slot: Slot): void {
    const remembered = this.ghosts.has(slot)
    if (remembered) this.ghosts.remove(slot)
    if (remembered || slot === this.returning) this.protectedList.addYoungest(slot)
    else this.queue.addYoungest(slot)
    this.returning = 0
  }

  onRemove(slot: Slot): void {
    if (this.queue.has(slot)) this.queue.remove(slot)
    else this.protectedList.remove(slot)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    this.trim()
  }

  *[Symbol.iterator](): Iterator<Slot> {
    yield* this.queue
    yield* this.protectedList
  }

  private trim(): void {
    while (this.ghosts.size > this.capacity) this.ghosts.forget(this.ghosts.oldest)
  }
}

/** One list in the order of arrival, of which the youngest leaves. */
export class Stack extends Queue {
  override evict(): Slot {
    const victim = this.list.youngest
    this.list.remove(victim)
    return victim
  }

  override *[Symbol.iterator](): Generator<Slot, void, undefined> {
    for (let slot = this.list.youngest; slot !== 0; slot = this.list.older(slot)) yield slot
  }

  arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
    return [...coldestFirst].reverse()
  }
}

export const stack: Strategy = defineStrategy("stack", ({ slots }) => new Stack(slots), {
  scanResistant: true,
  rearranges: true,
})

export const queue: Strategy = defineStrategy("queue", ({ slots }) => new Queue(slots))

export const recency: Strategy = defineStrategy("recency", ({ slots }) => new Recency(slots), {
  promotes: true,
})

export const remembering: Strategy = defineStrategy(
  "remembering",
  ({ capacity, slots }) => new Remembering(capacity, slots),
  { promotes: true, remembers: true, scanResistant: true },
)

/** The victim is who costs least for what it weighs; of equals, who came first. */
export class Worth implements Policy {
  readonly heap: SlotHeap
  private readonly weights: SlotWeights

  constructor(slots: SlotParts) {
    this.heap = new SlotHeap(slots)
    this.weights = slots.weights()
  }

  /** It may have been overwritten. */
  onHit(slot: Slot): void {
    const worth = this.worth(slot)
    if (worth !== this.heap.priorityOf(slot)) this.heap.update(slot, worth)
  }

  evict(_incoming: Slot): Slot {
    const victim = this.heap.first
    this.heap.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.heap.add(slot, this.worth(slot))
  }

  onRemove(slot: Slot): void {
    this.heap.remove(slot)
  }

  resize(_capacity: number): void {}

  [Symbol.iterator](): Iterator<Slot> {
    return this.heap[Symbol.iterator]()
  }

  private worth(slot: Slot): number {
    return this.weights.costOf(slot) / Math.max(this.weights.of(slot), 1)
  }
}

export const worth: Strategy = defineStrategy("worth", ({ slots }) => new Worth(slots), {
  weighs: true,
})
