/**
 * A small positive integer that stands for an entry, resident or ghost, for as long as the cache
 * knows its key. 0 stands for none.
 */
export type Slot = number

/** The tags of ghost lists begin here; lists of resident slots have the tags below. */
const GHOST = 0x80

/**
 * A doubly linked list of slots, from the oldest to the youngest, without an object per node.
 *
 * All lists of a policy share one pair of arrays for the links, so a slot is in at most one of them
 * at a time. The two ends meet in `head`, a slot that is never given to an entry; hence no
 * operation has a special case for an empty list. A slot that is in no list has 0 for its younger
 * neighbour.
 *
 * Every method is O(1) but for iteration. A list trusts its policy: adding a slot that is in a
 * list already, or removing one that is not in this list, is a fault it does not look for.
 */
export class SlotList {
  private readonly head: Slot
  private readonly tag: number
  private olderOf: Int32Array
  private youngerOf: Int32Array
  private tagOf: Uint8Array | undefined
  private count: number

  /** Use {@link SlotParts.list}. */
  constructor(head: Slot, tag: number, columns: Columns) {
    this.head = head
    this.tag = tag
    this.olderOf = columns.olderOf
    this.youngerOf = columns.youngerOf
    this.tagOf = columns.tagOf
    this.count = 0
    this.olderOf[head] = head
    this.youngerOf[head] = head
  }

  /** How many slots the list holds. */
  get size(): number {
    return this.count
  }

  /** The slot at the old end, 0 if the list is empty. */
  get oldest(): Slot {
    return this.younger(this.head)
  }

  /** The slot at the young end, 0 if the list is empty. */
  get youngest(): Slot {
    return this.older(this.head)
  }

  /** The neighbour of `slot` on the young side, 0 if there is none. */
  younger(slot: Slot): Slot {
    const younger = this.youngerOf[slot]!
    return younger === this.head ? 0 : younger
  }

  /** The neighbour of `slot` on the old side, 0 if there is none. */
  older(slot: Slot): Slot {
    const older = this.olderOf[slot]!
    return older === this.head ? 0 : older
  }

  /** Whether `slot` is in this list, not in another one nor in none. */
  has(slot: Slot): boolean {
    return (
      slot !== 0 &&
      this.youngerOf[slot] !== 0 &&
      (this.tagOf === undefined || this.tagOf[slot] === this.tag)
    )
  }

  /** Adds a slot that is in no list at the young end. */
  addYoungest(slot: Slot): void {
    this.link(slot, this.olderOf[this.head]!, this.head)
  }

  /** Adds a slot that is in no list at the old end. */
  addOldest(slot: Slot): void {
    this.link(slot, this.head, this.youngerOf[this.head]!)
  }

  /** Takes a slot of this list out of it. */
  remove(slot: Slot): void {
    const older = this.olderOf[slot]!
    const younger = this.youngerOf[slot]!
    this.youngerOf[older] = younger
    this.olderOf[younger] = older
    this.youngerOf[slot] = 0
    this.count--
  }

  /** Moves a slot of this list to its young end. */
  moveToYoungest(slot: Slot): void {
    const { head, olderOf, youngerOf } = this
    const younger = youngerOf[slot]!
    if (younger === head) return
    const older = olderOf[slot]!
    youngerOf[older] = younger
    olderOf[younger] = older
    const youngest = olderOf[head]!
    olderOf[slot] = youngest
    youngerOf[slot] = head
    youngerOf[youngest] = slot
    olderOf[head] = slot
  }

  /** The slots from the oldest to the youngest. The list must not change meanwhile. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    for (let slot = this.oldest; slot !== 0; slot = this.younger(slot)) yield slot
  }

  private link(slot: Slot, older: Slot, younger: Slot): void {
    this.olderOf[slot] = older
    this.youngerOf[slot] = younger
    this.youngerOf[older] = slot
    this.olderOf[younger] = slot
    this.count++
    if (this.tagOf !== undefined) this.tagOf[slot] = this.tag
  }

  /** @internal The columns have moved. */
  adopt(columns: Columns): void {
    this.olderOf = columns.olderOf
    this.youngerOf = columns.youngerOf
    this.tagOf = columns.tagOf
  }
}

/**
 * A list of ghosts: slots whose key is remembered although the entry has left. Adding the victim
 * to a ghost list in `evict` is what makes it a ghost.
 */
export class GhostList extends SlotList {
  private readonly release: (slot: Slot) => void

  /** Use {@link SlotParts.ghosts}. */
  constructor(head: Slot, tag: number, columns: Columns, release: (slot: Slot) => void) {
    super(head, tag, columns)
    this.release = release
  }

  /** Takes a slot out of this list for good: the cache no longer knows its key. */
  forget(slot: Slot): void {
    this.remove(slot)
    this.release(slot)
  }
}

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
    this.bytes = extended(this.bytes, new Uint8Array(length))
  }
}

/** The parts from which a policy is made. They grow by themselves as entries arrive. */
export interface SlotParts {
  /** A new, empty list for resident slots. */
  list(): SlotList
  /** A new, empty list for ghosts. */
  ghosts(): GhostList
  /** A new column of bytes, one for each slot. */
  bytes(): SlotBytes
}

/** What the lists keep by slot. */
interface Columns {
  olderOf: Int32Array
  youngerOf: Int32Array
  /** Which list a slot is in; there as soon as there are two lists. */
  tagOf: Uint8Array | undefined
}

/**
 * The engine's side of the parts: hands out slots, takes them back, and grows whatever is kept by
 * slot. Free slots are chained through their older neighbour.
 */
export class Slots implements SlotParts {
  /** Slots are below this number. */
  length: number
  /** Whether the policy keeps ghosts. */
  remembers: boolean
  private readonly columns: Columns
  private readonly lists: SlotList[]
  private readonly bytesColumns: SlotBytes[]
  private readonly forget: (slot: Slot) => void
  private next: number
  private free: Slot

  /** `forget` is called with a ghost that the policy forgets. */
  constructor(length: number, forget: (slot: Slot) => void) {
    this.length = length
    this.remembers = false
    this.columns = {
      olderOf: new Int32Array(length),
      youngerOf: new Int32Array(length),
      tagOf: undefined,
    }
    this.lists = []
    this.bytesColumns = []
    this.forget = forget
    this.next = 1
    this.free = 0
  }

  list(): SlotList {
    const head = this.head()
    return this.share(new SlotList(head, this.lists.length, this.columns))
  }

  ghosts(): GhostList {
    const head = this.head()
    this.remembers = true
    return this.share(new GhostList(head, GHOST + this.lists.length, this.columns, this.forget))
  }

  bytes(): SlotBytes {
    const column = new SlotBytes(this.length)
    this.bytesColumns.push(column)
    return column
  }

  /** No slot can be taken before {@link Slots.grow}. */
  get full(): boolean {
    return this.free === 0 && this.next === this.length
  }

  /** Whether `slot` is on a ghost list. */
  isGhost(slot: Slot): boolean {
    return (
      this.remembers && this.columns.tagOf![slot]! >= GHOST && this.columns.youngerOf[slot] !== 0
    )
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
    this.resize(this.length < enough ? Math.min(2 * this.length, enough) : 2 * this.length)
  }

  /** A slot for the head of a new list. */
  private head(): Slot {
    if (this.full) this.resize(2 * this.length)
    return this.take()
  }

  private share<L extends SlotList>(list: L): L {
    this.lists.push(list)
    if (this.lists.length > 1) this.columns.tagOf ??= new Uint8Array(this.length)
    for (const each of this.lists) each.adopt(this.columns)
    return list
  }

  private resize(length: number): void {
    const { columns } = this
    this.length = length
    columns.olderOf = extended(columns.olderOf, new Int32Array(length))
    columns.youngerOf = extended(columns.youngerOf, new Int32Array(length))
    if (columns.tagOf !== undefined) {
      columns.tagOf = extended(columns.tagOf, new Uint8Array(length))
    }
    for (const column of this.bytesColumns) column.grow(length)
    for (const list of this.lists) list.adopt(columns)
  }
}

/** `to`, a longer array, after the elements of `from` have been copied into it. */
export function extended<A extends Int32Array | Uint8Array>(from: A, to: A): A {
  to.set(from)
  return to
}

/** A copy of `from` with `length` elements, those that are new being `filler`. */
export function lengthened(from: readonly unknown[], length: number, filler: unknown): unknown[] {
  const to = new Array<unknown>(length).fill(filler)
  for (let slot = 0; slot < from.length; slot++) to[slot] = from[slot]
  return to
}
