import {
  defineStrategy,
  type Policy,
  type PolicyDescription,
  type Slot,
  type SlotIntegers,
  type SlotList,
  type SlotParts,
  type Strategy,
} from "@evictionary/core"

/**
 * Least frequently used: the victim is the entry with the fewest uses, and among equals the one
 * whose last use is longest ago.
 *
 * Storing an entry counts as its first use, and so does each hit; the count is forgotten when the
 * entry leaves. All entries stand in one list, ordered by count and then by last use. The entries of
 * one count, a *bucket*, stand together, and what is used joins the next bucket at its young end.
 * O(1) per operation, since each entry knows its bucket and each bucket its youngest entry.
 *
 * K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme",
 * 2010. Follows `FrequentlyUsedPolicy` of Caffeine's simulator.
 *
 * @example
 * ```ts
 * const words = lfu<string, Definition>({ capacity: 1_000 })
 * ```
 */
export const lfu: Strategy = defineStrategy("lfu", ({ slots }) => new LfuPolicy(slots), {
  promotes: true,
  scanResistant: true,
})

/**
 * Buckets have numbers from 1, and none is empty: there are never more of them than entries, so what
 * is known of a bucket has room in columns made for slots.
 */
class LfuPolicy implements Policy {
  private readonly byCount: SlotList
  /** The bucket of a slot; 0 for slot 0, which is none. */
  private readonly bucketOf: SlotIntegers
  /** How often each entry of a bucket was used; 0 for bucket 0, which is none. */
  private readonly countOf: SlotIntegers
  /** The youngest entry of a bucket; of a bucket out of use, the next such bucket or 0. */
  private readonly youngestOf: SlotIntegers
  /** A bucket out of use, or 0. */
  private free: number
  /** Buckets above this number have never been in use. */
  private last: number

  constructor(slots: SlotParts) {
    this.byCount = slots.list()
    this.bucketOf = slots.integers()
    this.countOf = slots.integers()
    this.youngestOf = slots.integers()
    this.free = 0
    this.last = 0
  }

  onHit(slot: Slot): void {
    const { byCount, bucketOf, countOf, youngestOf } = this
    const bucket = bucketOf.get(slot)
    const youngest = youngestOf.get(bucket)
    // The youngest of the bucket without this one, if there is another.
    const rest = slot === youngest ? byCount.older(slot) : youngest
    const alone = bucketOf.get(rest) !== bucket
    // May overflow in the end. No harm: all that is asked is whether neighbours differ by one.
    const count = (countOf.get(bucket) + 1) | 0
    const next = bucketOf.get(byCount.younger(youngest))
    const target = countOf.get(next) === count ? next : 0
    if (target === 0 && alone) {
      countOf.set(bucket, count)
    } else {
      if (alone) this.close(bucket)
      else youngestOf.set(bucket, rest)
      byCount.moveAfter(target === 0 ? rest : youngestOf.get(target), slot)
      this.join(slot, target || this.open(count))
    }
  }

  evict(): Slot {
    const victim = this.byCount.oldest
    this.leave(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    const first = this.bucketOf.get(this.byCount.oldest)
    if (this.countOf.get(first) === 1) {
      this.byCount.addAfter(this.youngestOf.get(first), slot)
      this.join(slot, first)
    } else {
      this.byCount.addOldest(slot)
      this.join(slot, this.open(1))
    }
  }

  onRemove(slot: Slot): void {
    this.leave(slot)
  }

  resize(): void {}

  describe(): PolicyDescription {
    const count = { get: (slot: Slot) => this.countOf.get(this.bucketOf.get(slot)) }
    return { lists: { buckets: this.byCount }, marks: { count } }
  }

  [Symbol.iterator](): Iterator<Slot> {
    return this.byCount[Symbol.iterator]()
  }

  /** The slot stands where the youngest of the bucket has to stand. */
  private join(slot: Slot, bucket: number): void {
    this.bucketOf.set(slot, bucket)
    this.youngestOf.set(bucket, slot)
  }

  /** Takes a slot out of its bucket and out of the list. */
  private leave(slot: Slot): void {
    const { byCount, bucketOf, youngestOf } = this
    const bucket = bucketOf.get(slot)
    const youngest = youngestOf.get(bucket)
    const rest = slot === youngest ? byCount.older(slot) : youngest
    if (bucketOf.get(rest) === bucket) youngestOf.set(bucket, rest)
    else this.close(bucket)
    byCount.remove(slot)
  }

  /** A bucket for entries with `count` uses. */
  private open(count: number): number {
    let bucket = this.free
    if (bucket === 0) bucket = ++this.last
    else this.free = this.youngestOf.get(bucket)
    this.countOf.set(bucket, count)
    return bucket
  }

  /** The last entry of the bucket leaves it. */
  private close(bucket: number): void {
    this.youngestOf.set(bucket, this.free)
    this.free = bucket
  }
}
