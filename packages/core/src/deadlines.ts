import type { Slot } from "./slot-list.ts"
import { extended } from "./slots.ts"

/**
 * The deadlines that slots have for one reason, be it age or disuse, and the slots in their order.
 * Of two that are due at once, that comes first which began first, or else was added first.
 *
 * Nearly all begin now and have the same span, and so come in the order in which they will be due:
 * those are in a doubly linked list. The others, of another span or begun before one that is in the
 * list since the clock was put back, are in a binary heap. So what every entry needs is O(1), and
 * what differs O(log n). What nobody needs takes no memory: in the list a slot takes 16 bytes, in
 * the heap 28.
 *
 * The two ends of the list meet in slot 0, which holds no entry, and is never due.
 */
export class Deadlines {
  /** How long those have that are added from now on, unless they are told. */
  span: number
  /** How long those have that are in the list. */
  private listed: number
  /** When it began, by slot, whether it has a deadline or not; `NaN` if that is not known. */
  private begins: Float64Array
  private before: Int32Array
  private after: Int32Array
  /** None that has been in the list since it was empty began later. */
  private latest: number
  /** Slots, from 1 on; none precedes its parent, which is at half its place. */
  private heap: Int32Array
  private count: number
  /** The place of a slot in the heap, or 0. */
  private places: Int32Array
  /** Of slots in the heap: the deadline, and how many were added there before. */
  private dues: Float64Array
  private numbers: Int32Array
  private number: number
  /** What `number` was when the first was added to the list. */
  private start: number

  constructor(span: number, length: number) {
    this.span = span
    this.listed = span
    this.begins = new Float64Array(length).fill(Number.NaN)
    this.begins[0] = Infinity
    this.before = this.after = this.heap = this.places = this.numbers = new Int32Array(1)
    this.latest = -Infinity
    this.count = 0
    this.dues = new Float64Array(1)
    this.number = 0
    this.start = 0
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    const { begins } = this
    this.begins = extended(begins, length).fill(Number.NaN, begins.length)
    if (this.after.length > 1) this.linkable(length)
    if (this.heap.length > 1) this.heapable(length)
  }

  /** When that began for a slot. */
  begin(slot: Slot): number {
    return this.begins[slot]!
  }

  /** When a slot is due, `Infinity` if never. */
  due(slot: Slot): number {
    if (this.isListed(slot)) return this.begins[slot]! + this.listed
    return this.isOdd(slot) ? this.dues[slot]! : Infinity
  }

  /** The slot that is due first, 0 if none is ever. */
  get first(): Slot {
    const listed = this.after[0]!
    if (this.count === 0) return listed
    const odd = this.heap[1]!
    const later =
      this.due(listed) - this.dues[odd]! ||
      this.begins[listed]! - this.begins[odd]! ||
      (this.start - this.numbers[odd]!) | 0
    return later > 0 ? odd : listed
  }

  /**
   * The slots that have deadlines, in the order in which they are to be added elsewhere. Ends,
   * whatever state they are in.
   */
  *ordered(): Generator<Slot, void, undefined> {
    let slot: Slot = 0
    for (let left = this.begins.length; left > 0; left--) {
      slot = this.after[slot]!
      if (!slot) break
      yield slot
    }
    const odd = this.heap.slice(1, this.count + 1)
    yield* odd.sort((a, b) => (this.precedes(a, b) ? -1 : 1))
  }

  /** Gives a slot a deadline, or another one. */
  add(slot: Slot, begin: number, due: number = begin + this.span): void {
    if (this.isListed(slot)) this.unlink(slot)
    this.begins[slot] = begin
    if (this.before[0] === 0) {
      this.listed = this.span
      this.latest = -Infinity
      this.start = this.number
    }
    const inOrder = begin + this.listed === due && begin >= this.latest
    if (due < Infinity && !inOrder) {
      this.enter(slot, due)
    } else {
      if (this.isOdd(slot)) this.leave(slot)
      if (due < Infinity) this.append(slot, begin)
    }
  }

  /** Takes the deadline from a slot, if it has one. */
  remove(slot: Slot): void {
    if (this.isListed(slot)) this.unlink(slot)
    else if (this.isOdd(slot)) this.leave(slot)
  }

  /** All are to have another span, counted from when they began. Those that were told theirs, too. */
  respan(span: number): void {
    this.span = this.listed = span
    for (let place = 1; place <= this.count; place++) {
      const slot = this.heap[place]!
      this.dues[slot] = this.begins[slot]! + span
    }
  }

  private isListed(slot: Slot): boolean {
    return this.after[slot]! > 0 || this.before[0] === slot
  }

  private isOdd(slot: Slot): boolean {
    return this.count > 0 && this.places[slot]! > 0
  }

  private append(slot: Slot, begin: number): void {
    if (this.after.length === 1) this.linkable(this.begins.length)
    const { before, after } = this
    const last = before[0]!
    before[slot] = last
    after[last] = slot
    before[0] = slot
    this.latest = begin
  }

  private unlink(slot: Slot): void {
    const { before, after } = this
    const next = after[slot]!
    const previous = before[slot]!
    after[previous] = next
    before[next] = previous
    after[slot] = 0
  }

  private enter(slot: Slot, due: number): void {
    if (this.heap.length === 1) this.heapable(this.begins.length)
    this.dues[slot] = due
    this.numbers[slot] = this.number++
    this.settle(slot, this.places[slot]! || ++this.count)
  }

  private leave(slot: Slot): void {
    const place = this.places[slot]!
    this.places[slot] = 0
    const last = this.heap[this.count--]!
    if (last !== slot) this.settle(last, place)
  }

  /** Puts a slot at a place of the heap, or as far above or below it as it belongs. */
  private settle(slot: Slot, from: number): void {
    const { heap, count } = this
    let place = from
    while (place > 1 && this.precedes(slot, heap[place >> 1]!)) {
      this.put(heap[place >> 1]!, place)
      place >>= 1
    }
    for (;;) {
      let child = 2 * place
      if (child < count && this.precedes(heap[child + 1]!, heap[child]!)) child++
      if (child > count || !this.precedes(heap[child]!, slot)) break
      this.put(heap[child]!, place)
      place = child
    }
    this.put(slot, place)
  }

  /** Whether one slot of the heap is to be due before another. */
  private precedes(slot: Slot, other: Slot): boolean {
    const { dues, begins, numbers } = this
    const later =
      dues[slot]! - dues[other]! ||
      begins[slot]! - begins[other]! ||
      (numbers[slot]! - numbers[other]!) | 0
    return later < 0
  }

  private put(slot: Slot, place: number): void {
    this.heap[place] = slot
    this.places[slot] = place
  }

  private linkable(length: number): void {
    this.before = extended(this.before, length)
    this.after = extended(this.after, length)
  }

  private heapable(length: number): void {
    this.heap = extended(this.heap, length)
    this.places = extended(this.places, length)
    this.dues = extended(this.dues, length)
    this.numbers = extended(this.numbers, length)
  }
}
