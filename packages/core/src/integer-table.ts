import type { Slot } from "./slot-list.ts"

// Taken now, so that it stays what it is if somebody replaces it, by a memoized one for example.
const { imul } = Math

/** 2^32 divided by the golden ratio: spreads keys in sequence, or in equal steps, evenly. */
const GOLDEN = 0x9e3779b1 | 0

/** Tables up to this length stay three quarters empty, since that is fast and they are small. */
const SPARSE = 1 << 15

/** So many other hashes are tried before integers go to the `Map`. */
const TRIALS = 8

/**
 * From int32 keys to slots and back: an open-addressing hash table of slots at most half full
 * (multiplicative hash, linear probing, backward-shift deletion); the key itself is in `integers`,
 * by slot.
 *
 * Since keys can be chosen to collide, steps beyond what chance explains are added up; when they
 * amount to what entering all keys anew costs, the table takes another, unknown hash. If a few in a
 * row are no better, the keys have to go elsewhere, for good. So every operation is O(1) amortised,
 * whatever the keys.
 */
export abstract class IntegerTable {
  /** Number of slots that `integers` has room for, once it is used. */
  protected length: number
  protected integers: Int32Array
  protected table: Int32Array
  protected mask: number
  protected shift: number
  private multiplier: number
  /** Integers in the table. */
  protected count: number
  /** Integers that the table may hold before it grows. */
  protected room: number
  /** Steps away from home that a search may take; those that do leave home take half on average. */
  private patience: number
  /** Steps beyond that, of all searches since the hash was chosen. */
  private strain: number

  constructor(length: number) {
    this.length = length
    this.integers = new Int32Array(0)
    this.table = new Int32Array(2)
    this.mask = 1
    this.shift = 31
    this.multiplier = GOLDEN
    this.count = 0
    this.room = 0
    this.patience = 0
    this.strain = 0
  }

  /** The integers go elsewhere, and the table is empty and without use from now on. */
  protected abstract spill(): void

  protected homeOf(key: number): number {
    return (imul(key, this.multiplier) >>> this.shift) | 0
  }

  /** Makes room for one integer more, unless they go elsewhere. */
  protected enlarge(): void {
    if (this.room === 0) this.integers = new Int32Array(this.length)
    const length = 2 * this.table.length
    if (!this.rehash(length, this.multiplier)) this.scatter(length)
  }

  /** Enters an integer in the table, which must have room. */
  protected hook(key: number, slot: Slot): void {
    this.integers[slot] = key
    const { table, mask } = this
    const home = this.homeOf(key)
    let at = home
    while (table[at] !== 0) at = (at + 1) & mask
    table[at] = slot
    if (at !== home) this.strained((at - home) & mask)
  }

  /** Takes the integer of a slot out of the table, and moves up those that it kept from home. */
  protected unhook(slot: Slot): void {
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

  /** The slot of an integer that is not at home, 0 if it is nowhere. */
  protected findFurther(key: number, home: number): Slot {
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
