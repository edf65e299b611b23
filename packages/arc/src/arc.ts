import {
  defineStrategy,
  type GhostList,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Slot,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/**
 * ARC, the adaptive replacement cache: splits the capacity between recency and frequency, and
 * learns the split from its own mistakes.
 *
 * T1 holds the entries used once of late, T2 those used again, each in the order of last use; B1
 * and B2 remember the victims of either. A miss that B1 remembers says that T1 is too small, so its
 * target `p` grows; one that B2 remembers makes it smaller. The victim is the oldest of T1 if T1 is
 * above its target, else the oldest of T2. O(1) per operation; there are never more ghosts than
 * entries that fit.
 *
 * N. Megiddo, D. S. Modha, "ARC: a self-tuning, low overhead replacement cache", USENIX FAST 2003.
 * Follows figure 4 of the paper, with a real number for `p`.
 *
 * @example
 * ```ts
 * const users = arc<string, User>({ capacity: 1_000 })
 * ```
 */
export const arc: Strategy = defineStrategy("arc", (context) => new ArcPolicy(context), {
  promotes: true,
  remembers: true,
  scanResistant: true,
})

/** After each insertion |T1| + |B1| ≤ c and |T1| + |T2| + |B1| + |B2| ≤ 2c, c being the capacity. */
class ArcPolicy implements Policy {
  private capacity: number
  /** The size that T1 is to have. */
  private p: number
  private readonly t1: SlotList
  private readonly t2: SlotList
  private readonly b1: GhostList
  private readonly b2: GhostList
  /** A ghost that is about to enter again, and has left its list. */
  private returning: Slot
  /** Whether that list was B2. */
  private fromB2: boolean

  constructor({ capacity, slots }: PolicyContext) {
    this.capacity = capacity
    this.p = 0
    this.t1 = slots.list()
    this.t2 = slots.list()
    this.b1 = slots.ghosts()
    this.b2 = slots.ghosts()
    this.returning = 0
    this.fromB2 = false
  }

  onHit(slot: Slot): void {
    const { t1, t2 } = this
    if (t2.has(slot)) {
      t2.moveToYoungest(slot)
    } else {
      t1.remove(slot)
      t2.addYoungest(slot)
    }
  }

  /** REPLACE in the paper. */
  evict(incoming: Slot): Slot {
    const { t1, t2, b1, b2, capacity } = this
    if (incoming !== 0) {
      this.recall(incoming)
    } else if (t1.size < capacity) {
      this.makeRoom()
    } else {
      // T1 fills the half of the directory that it shares with B1: nothing to remember.
      const victim = t1.oldest
      t1.remove(victim)
      return victim
    }
    if (t2.size === 0 || this.prefersT1(incoming !== 0 && this.fromB2)) return pass(t1, b1)
    return pass(t2, b2)
  }

  onInsert(slot: Slot): void {
    this.recall(slot)
    if (slot === this.returning) {
      this.returning = 0
      this.t2.addYoungest(slot)
    } else {
      this.makeRoom()
      this.t1.addYoungest(slot)
    }
  }

  onRemove(slot: Slot): void {
    if (this.t1.has(slot)) this.t1.remove(slot)
    else this.t2.remove(slot)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    this.p = Math.min(this.p, capacity)
    this.makeRoom()
  }

  describe(): PolicyDescription {
    const { t1, t2, b1, b2, p } = this
    return { lists: { T1: t1, T2: t2, B1: b1, B2: b2 }, scalars: { p } }
  }

  /** The victims that would follow each other if nothing were used or inserted. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    let excess = this.t1.size - this.p
    const rest: Slot[] = []
    for (const slot of this.t1) {
      if (excess > 0) yield slot
      else rest.push(slot)
      excess--
    }
    yield* this.t2
    yield* rest
  }

  /** Learns from a ghost that comes back, and takes it off its list. */
  private recall(slot: Slot): void {
    const { b1, b2, capacity } = this
    if (b1.has(slot)) {
      this.p = Math.min(this.p + Math.max(b2.size / b1.size, 1), capacity)
      b1.remove(slot)
      this.fromB2 = false
    } else if (b2.has(slot)) {
      this.p = Math.max(this.p - Math.max(b1.size / b2.size, 1), 0)
      b2.remove(slot)
      this.fromB2 = true
    } else {
      return
    }
    this.returning = slot
  }

  private prefersT1(fromB2: boolean): boolean {
    const { size } = this.t1
    return size > this.p || (fromB2 && size > 0 && size === this.p)
  }

  /** Forgets ghosts until the directory has room for one more key in T1. */
  private makeRoom(): void {
    const { t1, t2, b1, b2, capacity } = this
    while (b1.size > 0 && t1.size + b1.size >= capacity) b1.forget(b1.oldest)
    while (b2.size > 0 && t1.size + t2.size + b1.size + b2.size >= 2 * capacity) {
      b2.forget(b2.oldest)
    }
  }
}

/** The oldest of a list becomes a ghost. */
function pass(from: SlotList, to: GhostList): Slot {
  const victim = from.oldest
  from.remove(victim)
  to.addYoungest(victim)
  return victim
}
