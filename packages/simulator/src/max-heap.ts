/** A binary heap of integers of 32 bits, the greatest first. */
export class MaxHeap {
  size: number
  private items: Int32Array

  constructor() {
    this.size = 0
    this.items = new Int32Array(64)
  }

  /** There must be one. */
  get greatest(): number {
    return this.items[0]!
  }

  /** O(log size), amortised. */
  push(item: number): void {
    if (this.size === this.items.length) {
      const longer = new Int32Array(2 * this.size)
      longer.set(this.items)
      this.items = longer
    }
    const { items } = this
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (items[parent]! >= item) break
      items[at] = items[parent]!
      at = parent
    }
    items[at] = item
  }

  /** Takes the greatest out; there must be one. O(log size). */
  pop(): number {
    const greatest = this.items[0]!
    const last = this.items[--this.size]!
    if (this.size > 0) this.sink(0, last)
    return greatest
  }

  /** Drops all items up to `bound`. O(size). */
  keepAbove(bound: number): void {
    const { items } = this
    let kept = 0
    for (let at = 0; at < this.size; at++) if (items[at]! > bound) items[kept++] = items[at]!
    this.size = kept
    for (let at = (kept >> 1) - 1; at >= 0; at--) this.sink(at, items[at]!)
  }

  /** Puts an item where there is a hole, or further down. */
  private sink(hole: number, item: number): void {
    const { items, size } = this
    let at = hole
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && items[child + 1]! > items[child]!) child++
      if (items[child]! <= item) break
      items[at] = items[child]!
      at = child
    }
    items[at] = item
  }
}
