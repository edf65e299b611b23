import { isFullMap } from "./errors.ts"
import { IntegerTable } from "./integer-table.ts"
import { Placed } from "./placed.ts"
import type { Slot } from "./slot-list.ts"
import { extended, lengthened } from "./slots.ts"

/** Stands in `keys` for "not here": the slot is free, or its key is in `integers`. */
const ELSEWHERE: unknown = Symbol("elsewhere")

/**
 * From key to slot and back, with the equality of `Map` (SameValueZero).
 *
 * - An int32 key is in the {@link IntegerTable}.
 * - Every other key (strings, objects, fractions, `NaN`, larger numbers) is in a `Map`, and in
 *   `keys`, by slot. Engines let about 2^24 keys into one, and fewer where many have left; there is
 *   another for those that come then. Integers that have to leave their table go there, too.
 *
 * Either half takes no memory before its first key.
 */
export class KeyIndex extends IntegerTable {
  private keys: unknown[]
  private others: Map<unknown, Slot> | Maps
  private spilled: boolean
  /** The string that was last looked for in vain, if nothing has come since. */
  private absent: string | undefined

  constructor(length: number) {
    super(length)
    this.keys = []
    this.others = new Map()
    this.spilled = false
    this.absent = undefined
  }

  /**
   * The slot of `key`, for who has probably looked for it just before: to find out once more that a
   * string is not there would take as long again. The look at `undefined` spares a call that compares
   * strings.
   */
  findAgain(key: unknown): Slot {
    if (typeof key === "string" && this.absent !== undefined && key === this.absent) return 0
    return this.find(key)
  }

  /** The slot of `key`, 0 if the key is not known. */
  find(key: unknown): Slot {
    if (typeof key === "number" && (key | 0) === key) {
      const home = this.homeOf(key)
      const slot = this.table[home]!
      // Nearly always the first probe tells.
      if (slot === 0 ? !this.spilled : this.integers[slot] === key) return slot
      return this.spilled ? this.findOther(key) : this.findFurther(key, home)
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
      this.others.delete(this.keys[slot])
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
      this.others.delete(this.keys[slot])
      this.enter(key, slot)
    }
  }

  /** Forgets all keys; room stays. */
  clear(): void {
    this.table.fill(0)
    this.count = 0
    if (this.keys.length === 0) return
    this.keys.fill(ELSEWHERE)
    this.others = new Map()
    this.absent = undefined
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    this.length = length
    if (this.integers.length > 0) this.integers = extended(this.integers, length)
    if (this.keys.length > 0) this.keys = lengthened(this.keys, length, ELSEWHERE)
  }

  /** Whether the key of an occupied slot is in the table. */
  private isInteger(slot: Slot): boolean {
    if (this.keys.length === 0) return true
    const key = this.keys[slot]
    // The look at the type spares all other keys the slow comparison of two unknowns.
    return typeof key === "symbol" && key === ELSEWHERE
  }

  private addOther(key: unknown, slot: Slot): void {
    if (this.keys.length === 0) this.keys = lengthened([], this.length, ELSEWHERE)
    this.enter(key, slot)
  }

  private enter(key: unknown, slot: Slot): void {
    this.absent = undefined
    this.keys[slot] = key
    if (typeof key === "object" && key instanceof Placed) key.place = slot
    try {
      this.others.set(key, slot)
    } catch (error) {
      if (!isFullMap(error)) throw error
      this.others = new Maps(this.others, new Map([[key, slot]]))
    }
  }

  private findOther(key: unknown): Slot {
    // The look at the type spares strings the walk along their prototypes.
    if (typeof key === "object" && key instanceof Placed && this.keys[key.place] === key) {
      return key.place
    }
    const slot = this.others.get(key)
    if (slot !== undefined) return slot
    if (typeof key === "string") this.absent = key
    return 0
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

  /** Made apart, since a lookup must not leave it half done. */
  protected override spill(): void {
    const next = new KeyIndex(this.length)
    for (const slot of this.table) if (slot !== 0) next.addOther(this.integers[slot], slot)
    this.keys.forEach((key, slot) => {
      if (key !== ELSEWHERE) next.addOther(key, slot)
    })
    this.spilled = true
    this.keys = next.keys
    this.others = next.others
    this.integers = next.integers
    this.table = next.table
    this.mask = next.mask
    this.shift = next.shift
  }
}

/** Several as one: keys are added to the first, since the others took no more. */
class Maps {
  private readonly maps: readonly Map<unknown, Slot>[]

  constructor(others: Map<unknown, Slot> | Maps, first: Map<unknown, Slot>) {
    const full = others instanceof Maps ? others.maps : [others]
    this.maps = [first, ...full.filter(({ size }) => size > 0)]
  }

  get(key: unknown): Slot | undefined {
    for (const map of this.maps) {
      const slot = map.get(key)
      if (slot !== undefined) return slot
    }
    return undefined
  }

  set(key: unknown, slot: Slot): void {
    this.maps[0]!.set(key, slot)
  }

  delete(key: unknown): void {
    this.maps.some((map) => map.delete(key))
  }
}

/** As in a `Map`, -0 becomes 0. */
export function asStored<K>(key: K): K {
  return key === 0 ? (0 as K) : key
}
