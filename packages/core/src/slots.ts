import type { Policy } from "./policy.ts"
import { type Columns, GhostList, type Slot, SlotList } from "./slot-list.ts"
import type { StrategyTraits } from "./strategy.ts"
import type { Weights } from "./weights.ts"

/** The tags of ghost lists begin here; lists of resident slots have the tags below. */
const GHOST = 0x80

/** One byte for each slot, 0 at first, for what a policy notes about an entry. */
export class SlotBytes {
  private bytes: Uint8Array

  /** Use {@link SlotParts.bytes}. */
  constructor(length: number) {
    this.bytes = new Uint8Array(length)
  }

  /** The byte of `slot`. */
  get(slot: Slot): number {
    return this.bytes[slot]!
  }

  /** Sets the byte of `slot` to `value`, 0 to 255. It stays when the entry leaves. */
  set(slot: Slot, value: number): void {
    this.bytes[slot] = value
  }

  /** @internal */
  grow(length: number): void {
    this.bytes = extended(this.bytes, length)
  }
}

/** One integer of 32 bits for each slot, 0 at first: a count, a hash, another slot. */
export class SlotIntegers {
  private integers: Int32Array

  /** Use {@link SlotParts.integers}. */
  constructor(length: number) {
    this.integers = new Int32Array(length)
  }

  /** The integer of `slot`. */
  get(slot: Slot): number {
    return this.integers[slot]!
  }

  /** Sets the integer of `slot`. It stays when the entry leaves. */
  set(slot: Slot, value: number): void {
    this.integers[slot] = value
  }

  /** @internal */
  grow(length: number): void {
    this.integers = extended(this.integers, length)
  }
}

/** One number for each slot, 0 at first: a priority, a rate, anything that 32 bits do not hold. */
export class SlotFloats {
  private floats: Float64Array

  /** Use {@link SlotParts.floats}. */
  constructor(length: number) {
    this.floats = new Float64Array(length)
  }

  /** The number of `slot`. */
  get(slot: Slot): number {
    return this.floats[slot]!
  }

  /** Sets the number of `slot`. It stays when the entry leaves. */
  set(slot: Slot, value: number): void {
    this.floats[slot] = value
  }

  /** @internal */
  grow(length: number): void {
    this.floats = extended(this.floats, length)
  }
}

/** What entries weigh and cost, as a policy may know it that declares that it `weighs`. */
export interface SlotWeights {
  /** The most that all may weigh together; `Infinity` where only their number is bounded. */
  max(): number
  /**
   * What the entry of `slot` weighs: of a resident one, from before `onInsert` on. In `evict`,
   * where something enters, what that is going to weigh for the slot that is `incoming`, be it 0.
   */
  of(slot: Slot): number
  /** What it costs to have that entry again, 1 if nothing else is said. */
  costOf(slot: Slot): number
}

/** The parts from which a policy is made. They grow by themselves as entries arrive. */
export interface SlotParts {
  /** A new, empty list for resident slots. */
  list(): SlotList
  /** A new, empty list for ghosts. */
  ghosts(): GhostList
  /** A new column of bytes, one for each slot. */
  bytes(): SlotBytes
  /** A new column of integers, one for each slot. */
  integers(): SlotIntegers
  /** A new column of numbers of double precision, one for each slot. */
  floats(): SlotFloats
  /** What entries weigh and cost: kept by the cache, and only there where it differs. */
  weights(): SlotWeights
}

/**
 * The engine's side of the parts: hands out slots, takes them back, and grows whatever is kept by
 * slot. Free slots are chained through their older neighbour.
 *
 * It is the weights as well: as closures, those of each cache would be others, and no call of them
 * could be inlined where a program has two.
 */
export class Slots implements SlotParts, SlotWeights {
  /** Slots are below this number. */
  length: number
  /** Whether the policy keeps ghosts. */
  remembers: boolean
  private readonly columns: Columns
  private lists: SlotList[]
  private noted: (SlotBytes | SlotFloats | SlotIntegers)[]
  /** Called with a ghost that the policy forgets. */
  forget: (slot: Slot) => void
  /** What the cache keeps of weights, if anything. */
  kept: Weights<never, never> | undefined
  private next: number
  private free: Slot

  constructor(length: number, forget: (slot: Slot) => void) {
    this.length = length
    this.remembers = false
    this.columns = {
      olderOf: new Int32Array(length),
      youngerOf: new Int32Array(length),
      tagOf: undefined,
    }
    this.lists = []
    this.noted = []
    this.forget = forget
    this.kept = undefined
    this.next = 1
    this.free = 0
  }

  /**
   * The slots in all lists, list by list, the oldest first. Ends, whatever state the lists are in.
   */
  *listed(): Generator<Slot, void, undefined> {
    for (const list of this.lists) {
      let left = this.length
      for (const slot of list) {
        if (left-- === 0) break
        yield slot
      }
    }
  }

  list(): SlotList {
    const head = this.head()
    return this.share(new SlotList(head, this.lists.length, this.columns))
  }

  ghosts(): GhostList {
    const head = this.head()
    this.remembers = true
    const release = (slot: Slot) => this.forget(slot)
    return this.share(new GhostList(head, GHOST + this.lists.length, this.columns, release))
  }

  bytes(): SlotBytes {
    return this.note(new SlotBytes(this.length))
  }

  integers(): SlotIntegers {
    return this.note(new SlotIntegers(this.length))
  }

  floats(): SlotFloats {
    return this.note(new SlotFloats(this.length))
  }

  weights(): SlotWeights {
    return this
  }

  max(): number {
    return this.kept?.max ?? Infinity
  }

  of(slot: Slot): number {
    return this.kept?.of(slot) ?? 1
  }

  costOf(slot: Slot): number {
    return this.kept?.costOf(slot) ?? 1
  }

  /**
   * The policy that is made of these parts. Every policy is made here: the laws stand in for this
   * method and for those that make the parts, to see how a policy uses them.
   */
  serve(strategy: StrategyTraits, capacity: number, options: object): Policy {
    return strategy.createPolicy({ capacity, slots: this, options })
  }

  /** No slot can be taken before {@link Slots.grow}. */
  get full(): boolean {
    return this.free === 0 && this.next === this.length
  }

  /** Whether `slot` is on a ghost list. Ask only where there is one. */
  isGhost(slot: Slot): boolean {
    return this.columns.tagOf![slot]! >= GHOST && this.columns.youngerOf[slot] !== 0
  }

  /** Takes a slot off the ghost list that it is on, and does not make it free. */
  recall(slot: Slot): void {
    this.lists[this.columns.tagOf![slot]! - GHOST]!.remove(slot)
  }

  /** A free slot; there must be one. */
  take(): Slot {
    const slot = this.free
    if (slot === 0) return this.next++
    this.free = this.columns.olderOf[slot]!
    return slot
  }

  /** Makes a slot free that is in no list. */
  release(slot: Slot): void {
    this.columns.olderOf[slot] = this.free
    this.free = slot
  }

  /**
   * Doubles the storage, but does not go beyond room for `entries` residents, unless ghosts have
   * filled that already.
   */
  grow(entries: number): void {
    const enough = 1 + this.lists.length + entries
    const doubled = 2 * this.length
    this.resize(this.length < enough && enough < doubled ? enough : doubled)
  }

  /** A slot for the head of a new list. */
  private head(): Slot {
    if (this.full) this.resize(2 * this.length)
    return this.take()
  }

  private note<Column extends SlotBytes | SlotFloats | SlotIntegers>(column: Column): Column {
    this.noted.push(column)
    return column
  }

  private share<L extends SlotList>(list: L): L {
    this.lists.push(list)
    if (this.lists.length > 1 || this.remembers) this.columns.tagOf ??= new Uint8Array(this.length)
    for (const each of this.lists) each.adopt(this.columns)
    return list
  }

  private resize(length: number): void {
    const { columns } = this
    this.length = length
    columns.olderOf = extended(columns.olderOf, length)
    columns.youngerOf = extended(columns.youngerOf, length)
    if (columns.tagOf !== undefined) {
      columns.tagOf = extended(columns.tagOf, length)
    }
    for (const column of this.noted) column.grow(length)
    for (const list of this.lists) list.adopt(columns)
  }
}

/** A copy of `from` with `length` elements, those that are new being 0. */
export function extended<A extends Float64Array | Int32Array | Uint8Array>(
  from: A,
  length: number,
): A {
  const to = new (from.constructor as new (length: number) => A)(length)
  to.set(from)
  return to
}

/** A copy of `from` with `length` elements, those that are new being `filler`. */
export function lengthened(from: readonly unknown[], length: number, filler: unknown): unknown[] {
  const to = new Array<unknown>(length).fill(filler)
  for (let slot = 0; slot < from.length; slot++) to[slot] = from[slot]
  return to
}
