import {
  defineStrategy,
  type GhostList,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Slot,
  type SlotBytes,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/**
 * CAR, clock with adaptive replacement: the balance of ARC between recency and frequency, at the
 * price of a clock, since a hit only sets a bit.
 *
 * T1 and T2 are clocks, of entries used once of late and of those used again; B1 and B2 remember
 * the victims of either, in the order in which they left. The hand of T1 turns if T1 is at its
 * target `p` or above, else that of T2: what it finds with its bit set goes to T2 with the bit
 * cleared, and the first without is the victim. A miss that B1 remembers makes `p` larger, one that
 * B2 remembers makes it smaller; either enters T2. O(1) per operation, amortised over the hits that
 * set the bits; there are never more ghosts than entries that fit.
 *
 * S. Bansal, D. S. Modha, "CAR: Clock with Adaptive Replacement", USENIX FAST 2004. Follows
 * figure 2 of the paper, with a real number for `p`.
 *
 * @example
 * ```ts
 * const users = car<string, User>({ capacity: 1_000 })
 * ```
 */
export const car: Strategy = defineStrategy("car", (context) => new CarPolicy(context), {
  promotes: true,
  remembers: true,
  scanResistant: true,
})

/** After each insertion |T1| + |B1| ≤ c and |T1| + |T2| + |B1| + |B2| ≤ 2c, c being the capacity. */
class CarPolicy implements Policy {
  private capacity: number
  /** The size that T1 is to have. */
  private p: number
  private readonly t1: SlotList
  private readonly t2: SlotList
  private readonly b1: GhostList
  private readonly b2: GhostList
  /** The page reference bit. */
  private readonly referenced: SlotBytes

  constructor({ capacity, slots }: PolicyContext) {
    this.capacity = capacity
    this.p = 0
    this.t1 = slots.list()
    this.t2 = slots.list()
    this.b1 = slots.ghosts()
    this.b2 = slots.ghosts()
    this.referenced = slots.bytes()
  }

  onHit(slot: Slot): void {
    this.referenced.set(slot, 1)
  }

  evict(incoming: Slot): Slot {
    const victim = this.replace()
    // The directory has room for a key that comes back: it has been there all the time.
    if (incoming === 0) this.trim(1)
    return victim
  }

  onInsert(slot: Slot): void {
    const { t1, t2, b1, b2, capacity } = this
    this.referenced.set(slot, 0)
    if (b1.has(slot)) {
      this.p = Math.min(this.p + Math.max(b2.size / b1.size, 1), capacity)
      b1.remove(slot)
      t2.addYoungest(slot)
      this.trim(0)
    } else if (b2.has(slot)) {
      this.p = Math.max(this.p - Math.max(b1.size / b2.size, 1), 0)
      b2.remove(slot)
      t2.addYoungest(slot)
      this.trim(0)
    } else {
      this.trim(1)
      t1.addYoungest(slot)
    }
  }

  onRemove(slot: Slot): void {
    if (this.t1.has(slot)) this.t1.remove(slot)
    else this.t2.remove(slot)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    this.p = Math.min(this.p, capacity)
    this.trim(0)
  }

  describe(): PolicyDescription {
    const { t1, t2, b1, b2, p, referenced } = this
    return { lists: { T1: t1, T2: t2, B1: b1, B2: b2 }, marks: { referenced }, scalars: { p } }
  }

  /** The victims that would follow each other if nothing were used or inserted. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    const [first, second] = [[...this.t1], [...this.t2]]
    // Behind these in T2 come those whose bit the hands have cleared.
    const set = second.length
    let [hand1, hand2] = [0, 0]
    while (hand1 < first.length || hand2 < second.length) {
      const inT1 = this.turnsT1(first.length - hand1, second.length - hand2)
      const isCleared = !inT1 && hand2 >= set
      const slot = (inT1 ? first[hand1++] : second[hand2++]) as Slot
      if (isCleared || this.referenced.get(slot) === 0) yield slot
      else second.push(slot)
    }
  }

  private replace(): Slot {
    const { t1, t2, b1, b2, referenced } = this
    for (;;) {
      const inT1 = this.turnsT1(t1.size, t2.size)
      const clock = inT1 ? t1 : t2
      const slot = clock.oldest
      clock.remove(slot)
      if (referenced.get(slot) === 0) {
        const history = inT1 ? b1 : b2
        history.addYoungest(slot)
        return slot
      }
      referenced.set(slot, 0)
      t2.addYoungest(slot)
    }
  }

  /** Whether the hand of T1 turns, the clocks being of these sizes. */
  private turnsT1(size1: number, size2: number): boolean {
    return size2 === 0 || size1 >= Math.max(1, this.p)
  }

  /** Forgets ghosts until the directory has room for so many more keys in T1. */
  private trim(more: 0 | 1): void {
    const { t1, t2, b1, b2 } = this
    const room = this.capacity - more
    while (b1.size > 0 && t1.size + b1.size > room) b1.forget(b1.oldest)
    while (b2.size > 0 && t1.size + t2.size + b1.size + b2.size > room + this.capacity) {
      b2.forget(b2.oldest)
    }
  }
}
