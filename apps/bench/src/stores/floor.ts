import type { Key } from "./keys.ts"
import type { Store } from "./rivals.ts"

/** Where no key is. */
const NOBODY = Symbol("nobody")

/**
 * What a bounded cache whose keys are in a `Map` takes at least: the same operations on as many keys,
 * and next to nothing of a strategy (first in, first out). Values are by slot, so that one that is
 * overwritten takes a lookup alone. It may go on to remember keys whose values have left.
 */
export class Floor implements Store {
  private readonly capacity: number
  private readonly slots: Map<Key, number>
  private readonly keys: (Key | typeof NOBODY)[]
  private readonly values: number[]
  /** When the slot was taken. */
  private readonly turns: Float64Array
  private turn: number
  private next: number

  constructor(capacity: number, remembered = 0) {
    const length = capacity + remembered
    this.capacity = capacity
    this.slots = new Map()
    this.keys = new Array(length).fill(NOBODY)
    this.values = new Array(length).fill(0)
    this.turns = new Float64Array(length)
    this.turn = capacity
    this.next = 0
  }

  get(key: Key): number | undefined {
    const slot = this.slots.get(key)
    return slot === undefined || this.isGhost(slot) ? undefined : this.values[slot]
  }

  has(key: Key): boolean {
    const slot = this.slots.get(key)
    return slot !== undefined && !this.isGhost(slot)
  }

  set(key: Key, value: number): void {
    const slot = this.slots.get(key)
    if (slot === undefined) {
      this.enter(key, value)
    } else if (this.isGhost(slot)) {
      this.keys[slot] = NOBODY
      this.enter(key, value)
    } else {
      this.values[slot] = value
    }
  }

  private isGhost(slot: number): boolean {
    return this.turns[slot]! <= this.turn - this.capacity
  }

  private enter(key: Key, value: number): void {
    const slot = this.next
    const before = this.keys[slot]!
    if (before !== NOBODY) this.slots.delete(before)
    this.slots.set(key, slot)
    this.keys[slot] = key
    this.values[slot] = value
    this.turns[slot] = ++this.turn
    this.next = slot + 1 === this.keys.length ? 0 : slot + 1
  }
}
