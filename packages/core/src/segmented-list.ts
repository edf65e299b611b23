import type { Slot, SlotList } from "./slot-list.ts"
import type { SlotBytes, SlotParts } from "./slots.ts"

const PROBATION = 1
const PROTECTED = 2

/**
 * Resident slots in two segments, each in the order of last use: *probation*, for those not used
 * since they came, and *protected*, for the others, of which there are at most `limit`. The oldest
 * of protected that is too much there goes to the young end of probation.
 *
 * It is one list, probation first. So to go from one segment to the other at the place where they
 * meet, an entry does not have to move: the border does.
 *
 * Every method is O(1) but for iteration and for a lower limit. Like a {@link SlotList}, it trusts
 * its policy.
 *
 * R. Karedla, J. S. Love, B. G. Wherry, "Caching strategies to improve disk system performance",
 * IEEE Computer 27(3), 1994.
 */
export class SegmentedList {
  private readonly list: SlotList
  /** The segment of each slot, 0 of those that are not here. */
  private readonly segmentOf: SlotBytes
  /** The youngest of probation, 0 if there is none. */
  private border: Slot
  private protectedCount: number
  private most: number

  /** At first there is no limit. */
  constructor(slots: SlotParts) {
    this.list = slots.list()
    this.segmentOf = slots.bytes()
    this.border = 0
    this.protectedCount = 0
    this.most = Infinity
  }

  /** How many slots there are. */
  get size(): number {
    return this.list.size
  }

  /** How many of them are protected. */
  get protectedSize(): number {
    return this.protectedCount
  }

  /** The most slots that are protected. */
  get limit(): number {
    return this.most
  }

  set limit(limit: number) {
    this.most = limit
    while (this.protectedCount > limit) this.demote()
  }

  /** Whether `slot` is here. */
  has(slot: Slot): boolean {
    return this.segmentOf.get(slot) !== 0
  }

  /** The slot at the old end: of probation, or of protected if nothing is on probation; or 0. */
  get oldest(): Slot {
    return this.list.oldest
  }

  /** The oldest slot of probation, 0 if there is none. */
  get oldestOnProbation(): Slot {
    return this.border === 0 ? 0 : this.list.oldest
  }

  /** The neighbour of `slot` on the young side, be it in the other segment, 0 if there is none. */
  younger(slot: Slot): Slot {
    return this.list.younger(slot)
  }

  /** Adds a slot that is in no list at the young end of probation. */
  addYoungest(slot: Slot): void {
    this.segmentOf.set(slot, PROBATION)
    if (this.border === 0) this.list.addOldest(slot)
    else this.list.addAfter(this.border, slot)
    this.border = slot
  }

  /** Adds a slot that is in no list at the old end of probation. */
  addOldest(slot: Slot): void {
    this.segmentOf.set(slot, PROBATION)
    this.list.addOldest(slot)
    if (this.border === 0) this.border = slot
  }

  /** The entry was used: it becomes the youngest that is protected. */
  use(slot: Slot): void {
    if (slot === this.border) this.border = this.list.older(slot)
    this.list.moveToYoungest(slot)
    if (this.segmentOf.get(slot) === PROBATION) this.promote(slot)
  }

  /** Takes a slot out of the list. */
  remove(slot: Slot): void {
    if (this.segmentOf.get(slot) === PROTECTED) this.protectedCount--
    else if (slot === this.border) this.border = this.list.older(slot)
    this.segmentOf.set(slot, 0)
    this.list.remove(slot)
  }

  /** The segments by name, each from the oldest to the youngest. O(size). */
  lists(): Record<"probation" | "protected", Slot[]> {
    const segment = (of: number) => [...this.list].filter((slot) => this.segmentOf.get(slot) === of)
    return { probation: segment(PROBATION), protected: segment(PROTECTED) }
  }

  /** Probation from the oldest to the youngest, then protected. */
  [Symbol.iterator](): Iterator<Slot> {
    return this.list[Symbol.iterator]()
  }

  private promote(slot: Slot): void {
    this.segmentOf.set(slot, PROTECTED)
    if (++this.protectedCount > this.most) this.demote()
  }

  private demote(): void {
    const demoted = this.border === 0 ? this.list.oldest : this.list.younger(this.border)
    this.segmentOf.set(demoted, PROBATION)
    this.protectedCount--
    this.border = demoted
  }
}
