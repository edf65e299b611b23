import { Placed } from "./placed.ts"
import type { Slot } from "./slot-list.ts"
import { extended, lengthened } from "./slots.ts"

// Taken now, so that it stays what it is if somebody replaces it, by a memoized one for example.
const { imul } = Math

/** Stands in `keys` for "not here": the slot is free, or its key is in `integers`. */
const ELSEWHERE: unknown = Symbol("elsewhere")

/** 2^32 divided by the golden ratio: spreads keys in sequence, or in equal steps, evenly. */
const GOLDEN = 0x9e3779b1 | 0

/** Tables up to this length stay three quarters empty, since that is fast and they are small. */
const SPARSE = 1 << 15

/** So many other hashes are tried before integers go to the `Map`. */
const TRIALS = 8

/**
 * From key to slot and back, with the equality of `Map` (SameValueZero).
 *
 * - An int32 key is found in `table`, an open-addressing hash table of slots at most half full
 *   (multiplicative hash, linear probing, backward-shift deletion); the key itself is in
 *   `integers`, by slot.
 * - Every other key (strings, objects, fractions, `NaN`, larger numbers) is in a `Map`, and in
 *   `keys`, by slot. Engines let about 2^24 keys into one, and fewer where many have left; there is
 *   another for those that come then.
 *
 * Either half takes no memory before its first key. Since integer keys can be chosen to collide,
 * steps beyond what chance explains are added up; when they amount to what entering all keys anew
 * costs, the table takes another, unknown hash. If a few in a row are no better, the integers go to
 * the `Map` for good. So every operation is O(1) amortised, whatever the keys.
 */
export class KeyIndex {
  /** Number of slots that `integers` and `keys` have room for, once they are used. */
  private length: number
  private integers: Int32Array
  private keys: unknown[]
  /** Where other keys are added. */
  private others: Map<unknown, Slot>
  /** Those that took no more, if there are any. */
  private full: readonly Map<unknown, Slot>[] | undefined
  private table: Int32Array
  private mask: number
  private shift: number
  private multiplier: number
  /** Integers in the table. */
  private count: number
  /** Integers that the table may hold before it grows. */
  private room: number
  /** Steps away from home that a search may take; those that do leave home take half on average. */
  private patience: number
  /** Steps beyond that, of all searches since the hash was chosen. */
  private strain: number
  private spilled: boolean

  constructor(length: number) {
    this.length = length
    this.integers = new Int32Array(0)
    this.keys = []
    this.others = new Map()
    this.full = undefined
    this.table = new Int32Array(2)
    this.mask = 1
    this.shift = 31
    this.multiplier = GOLDEN
    this.count = 0
    this.room = 0
    this.patience = 0
    this.strain = 0
    this.spilled = false
  }

  /** The slot of `key`, 0 if the key is not known. */
  find(key: unknown): Slot {
    if (typeof key === "number" && (key | 0) === key) {
      const home = this.homeOf(key)
      const slot = this.table[home]!
      // Nearly always the first probe tells.
      if (slot === 0 ? !this.spilled : this.integers[slot] === key) return slot
      return this.findFurther(key, home)
    }
    return this.findOther(key)
  }

  /** The key of an occupied slot; 0 for -0, as a `Map` gives it back. */
  keyOf(slot: Slot): unknown {
    return this.isInteger(slot) ? this.integers[slot] : this.keys[slot]
  }

  /** Adds a key that is not known. */
  add(key: unknown, slot: Slot): void {
    if (typeof key === "number" && (key | 0) === key && !this.spilled) this.addInteger(key, slot)
    else this.addOther(key, slot)
  }

  /** Removes the key of an occupied slot. */
  remove(slot: Slot): void {
    if (this.isInteger(slot)) {
      this.unhook(slot)
      this.count--
    } else {
      this.removeOther(this.keys[slot])
      this.keys[slot] = ELSEWHERE
    }
  }

  /** Gives an occupied slot another key, one that is not known. */
  replace(slot: Slot, key: unknown): void {
    if (this.keys.length === 0 && typeof key === "number" && (key | 0) === key) {
      this.unhook(slot)
      if (this.spilled) this.addOther(key, slot)
      else this.hook(key, slot)
    } else if (typeof key === "number" || this.isInteger(slot)) {
      this.remove(slot)
      this.add(key, slot)
    } else {
      this.removeOther(this.keys[slot])
      this.enter(key, slot)
    }
  }

  /** Forgets all keys; room stays. */
  clear(): void {
    this.table.fill(0)
    this.count = 0
    if (this.keys.length === 0) return
    this.keys.fill(ELSEWHERE)
    this.others.clear()
    this.full = undefined
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    this.length = length
    if (this.integers.length > 0) this.integers = extended(this.integers, new Int32Array(length))
    if (this.keys.length > 0) this.keys = lengthened(this.keys, length, ELSEWHERE)
  }

  /** Whether the key of an occupied slot is in the table. */
  private isInteger(slot: Slot): boolean {
    if (this.keys.length === 0) return true
    const key = this.keys[slot]
    // The look at the type spares all other keys the slow comparison of two unknowns.
    return typeof key === "symbol" && key === ELSEWHERE
  }

  private homeOf(key: number): number {
    return (imul(key, this.multiplier) >>> this.shift) | 0
  }

  private addOther(key: unknown, slot: Slot): void {
    if (this.keys.length === 0) this.keys = lengthened([], this.length, ELSEWHERE)
    this.enter(key, slot)
  }

  private enter(key: unknown, slot: Slot): void {
    this.keys[slot] = key
    if (key instanceof Placed) key.place = slot
    try {
      this.others.set(key, slot)
    } catch (error) {
      // Neither is it for want of room on the stack.
      if (!(error instanceof RangeError) || /stack/.test(error.message)) throw error
      this.full = [...(this.full ?? []), this.others]
      this.others = new Map([[key, slot]])
    }
  }

  private findOther(key: unknown): Slot {
    if (key instanceof Placed && this.keys[key.place] === key) return key.place
    const slot = this.others.get(key)
    if (slot !== undefined) return slot
    return this.full === undefined ? 0 : this.findInFull(key)
  }

  private findInFull(key: unknown): Slot {
    for (const map of this.full!) {
      const slot = map.get(key)
      if (slot !== undefined) return slot
    }
    return 0
  }

  private removeOther(key: unknown): void {
    if (this.others.delete(key) || this.full === undefined) return
    for (const map of this.full) map.delete(key)
    const left = this.full.filter(({ size }) => size > 0)
    this.full = left.length > 0 ? left : undefined
  }

  private addInteger(key: number, slot: Slot): void {
    if (this.count === this.room) this.enlarge()
    if (this.spilled) {
      this.addOther(key, slot)
    } else {
      this.count++
      this.hook(key, slot)
    }
  }

  private enlarge(): void {
    if (this.room === 0) this.integers = new Int32Array(this.length)
    const length = 2 * this.table.length
    if (!this.rehash(length, this.multiplier)) this.scatter(length)
  }

  /** Enters an integer in the table, which must have room. */
  private hook(key: number, slot: Slot): void {
    this.integers[slot] = key
    const { table, mask } = this
    const home = this.homeOf(key)
    let at = home
    while (table[at] !== 0) at = (at + 1) & mask
    table[at] = slot
    if (at !== home) this.strained((at - home) & mask)
  }

  /** Takes the integer of a slot out of the table, and moves up those that it kept from home. */
  private unhook(slot: Slot): void {
    const { table, integers, mask } = this
    const home = this.homeOf(integers[slot]!)
    let hole = home
    while (table[hole] !== slot) hole = (hole + 1) & mask
    let at = hole
    for (;;) {
      at = (at + 1) & mask
      const moving = table[at]!
      if (moving === 0) break
      // It may fill the hole unless its home lies between the hole and its place.
      if (((at - this.homeOf(integers[moving]!)) & mask) >= ((at - hole) & mask)) {
        table[hole] = moving
        hole = at
      }
    }
    table[hole] = 0
    const steps = (at - home) & mask
    if (steps > this.patience) this.strained(steps)
  }

  private findFurther(key: number, home: number): Slot {
    if (this.spilled) return this.findOther(key)
    const { table, integers, mask } = this
    let at = home
    let slot: Slot
    do {
      at = (at + 1) & mask
      slot = table[at]!
    } while (slot !== 0 && integers[slot] !== key)
    this.strained((at - home) & mask)
    return slot
  }

  /** Takes notice of a search that went so many steps away from home. */
  private strained(steps: number): void {
    this.strain = Math.max(this.strain + steps - this.patience, 0)
    if (this.strain > this.table.length) this.scatter(this.table.length)
  }

  /** The keys were chosen against the hash: takes another one, which nobody can know. */
  private scatter(length: number): void {
    for (let trial = 0; trial < TRIALS; trial++) {
      if (this.rehash(length, (Math.random() * 0x100000000) | 1)) return
    }
    this.spill()
  }

  /** Made apart, since a lookup must not leave it half done. */
  private spill(): void {
    const next = new KeyIndex(this.length)
    for (const slot of this.table) if (slot !== 0) next.addOther(this.integers[slot], slot)
    this.keys.forEach((key, slot) => {
      if (key !== ELSEWHERE) next.addOther(key, slot)
    })
    this.spilled = true
    this.keys = next.keys
    this.others = next.others
    this.full = next.full
    this.integers = next.integers
    this.table = next.table
    this.mask = next.mask
    this.shift = next.shift
  }

  /**
   * Enters all integers in a new table; if the hash is too bad for that, nothing changes. Returns
   * whether it was good.
   */
  private rehash(length: number, multiplier: number): boolean {
    const mask = length - 1
    const shift = this.shift - (length > this.table.length ? 1 : 0)
    const table = new Int32Array(length)
    let steps = 0
    for (const slot of this.table) {
      if (slot === 0) continue
      let at = (imul(this.integers[slot]!, multiplier) >>> shift) | 0
      while (table[at] !== 0) {
        at = (at + 1) & mask
        // By chance, half as many are needed for a table half full.
        if (++steps > length) return false
      }
      table[at] = slot
    }
    this.table = table
    this.mask = mask
    this.shift = shift
    this.multiplier = multiplier
    this.room = length <= SPARSE ? length >> 2 : length >> 1
    this.patience = length <= SPARSE ? 4 : 8
    this.strain = 0
    return true
  }
}
