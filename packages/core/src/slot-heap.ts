import type { Slot } from "./slot-list.ts"
import { extended, type SlotFloats, type SlotIntegers, type SlotParts } from "./slots.ts"

/** A new heap has room for one slot less; it grows by doubling. */
const INITIAL_LENGTH = 16

/**
 * Resident slots by priority, the lowest first. Of those that have the same, the one comes first
 * whose priority was set first.
 *
 * Adding a slot, removing one and changing a priority are O(log n), the rest is O(1) but for
 * iteration. 24 bytes for each slot. Like a {@link SlotList}, it trusts its policy; a priority is
 * any number but `NaN`.
 */
export class SlotHeap {
  private readonly priorities: SlotFloats
  /** A number for each time that a priority was set. */
  private readonly turns: SlotFloats
  /** Where in the heap a slot is; 0 if it is not. */
  private readonly places: SlotIntegers
  /** A binary heap, from place 1 on: nobody comes before the one at half its place. */
  private heap: Int32Array
  private count: number
  private turn: number

  constructor(slots: SlotParts) {
    this.priorities = slots.floats()
    this.turns = slots.floats()
    this.places = slots.integers()
    this.heap = new Int32Array(INITIAL_LENGTH)
    this.count = 0
    this.turn = 0
  }

  /** How many slots there are. */
  get size(): number {
    return this.count
  }

  /** The slot of the lowest priority, 0 if there is none. */
  get first(): Slot {
    return this.heap[1]!
  }

  /** Whether `slot` is here. */
  has(slot: Slot): boolean {
    return this.places.get(slot) !== 0
  }

  /** The priority of a slot that is here, or that it had when it was. */
  priorityOf(slot: Slot): number {
    return this.priorities.get(slot)
  }

  /** Adds a slot that is not here. */
  add(slot: Slot, priority: number): void {
    const place = ++this.count
    const { length } = this.heap
    if (place === length) this.heap = extended(this.heap, 2 * length)
    this.put(slot, place)
    this.update(slot, priority)
  }

  /** Gives a slot that is here another priority, be it the same. */
  update(slot: Slot, priority: number): void {
    this.priorities.set(slot, priority)
    this.turns.set(slot, ++this.turn)
    this.settle(slot, this.places.get(slot))
  }

  /** Takes a slot out of the heap. */
  remove(slot: Slot): void {
    const place = this.places.get(slot)
    const last = this.heap[this.count]!
    this.places.set(slot, 0)
    this.heap[this.count--] = 0
    if (last !== slot) this.settle(last, place)
  }

  /** The slots, the lowest priority first. O(n log n); the heap may change meanwhile. */
  [Symbol.iterator](): Iterator<Slot> {
    const slots = this.heap.slice(1, this.count + 1)
    return slots.sort((a, b) => (this.precedes(a, b) ? -1 : 1))[Symbol.iterator]()
  }

  /** Finds the place for a slot, beginning where there is a gap. */
  private settle(slot: Slot, gap: number): void {
    const { heap, count } = this
    let place = gap
    for (let above = place >> 1; above > 0; above = place >> 1) {
      if (!this.precedes(slot, heap[above]!)) break
      this.put(heap[above]!, place)
      place = above
    }
    for (let below = 2 * place; below <= count; below = 2 * place) {
      if (below < count && this.precedes(heap[below + 1]!, heap[below]!)) below++
      if (!this.precedes(heap[below]!, slot)) break
      this.put(heap[below]!, place)
      place = below
    }
    this.put(slot, place)
  }

  private put(slot: Slot, place: number): void {
    this.heap[place] = slot
    this.places.set(slot, place)
  }

  private precedes(a: Slot, b: Slot): boolean {
    const first = this.priorities.get(a)
    const second = this.priorities.get(b)
    return first < second || (first === second && this.turns.get(a) < this.turns.get(b))
  }
}
