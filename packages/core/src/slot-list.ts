/**
 * A small positive integer that stands for an entry, resident or ghost, for as long as the cache
 * knows its key. 0 stands for none.
 */
export type Slot = number

/** What the lists keep by slot. */
export interface Columns {
  olderOf: Int32Array
  youngerOf: Int32Array
  /** Which list a slot is in; there as soon as there are two lists, or ghosts. */
  tagOf: Uint8Array | undefined
}

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

  /** Adds a slot that is in no list next to `other`, which is in this one, on its young side. */
  addAfter(other: Slot, slot: Slot): void {
    this.link(slot, other, this.youngerOf[other]!)
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

  /** Moves a slot of this list next to `other`, another one of it, on its young side. */
  moveAfter(other: Slot, slot: Slot): void {
    this.remove(slot)
    this.addAfter(other, slot)
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
