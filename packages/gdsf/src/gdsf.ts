import {
  defineStrategy,
  type Policy,
  type PolicyDescription,
  type Slot,
  SlotHeap,
  type SlotIntegers,
  type SlotParts,
  type SlotWeights,
  type Strategy,
} from "@evictionary/core"

/**
 * GDSF, greedy-dual-size-frequency: the victim is the entry that is worth least for its weight, by
 * how often it was used, what it costs to have it again, and how long ago that was.
 *
 * Its priority is `clock + frequency * cost / weight`, worked out anew at each use, and the lowest
 * leaves; of equals the one that was used less recently. The clock is the priority of the last
 * victim: so what was worth much, but is not used any more, is overtaken in the end. An entry that
 * weighs 0 counts as one that weighs 1. A hit and an eviction are O(log n); 28 bytes per entry, no
 * ghosts.
 *
 * L. Cherkasova, "Improving WWW proxies performance with greedy-dual-size-frequency caching
 * policy", HP Laboratories, HPL-98-69R1, 1998. Unlike there, what has just been stored is always
 * let in.
 *
 * @example
 * ```ts
 * const pages = gdsf<string, string>({
 *   maxWeight: 64_000_000,
 *   weigher: (page) => page.length,
 * })
 * ```
 */
export const gdsf: Strategy = defineStrategy("gdsf", ({ slots }) => new GdsfPolicy(slots), {
  promotes: true,
  scanResistant: true,
  weighs: true,
})

/** As often as an entry is counted to have been used. */
const MOST_FREQUENT = 2 ** 31 - 1

/** The clock is put back when it is so many times what an entry is worth: sums have 53 bits. */
const COARSE = 2 ** 30

class GdsfPolicy implements Policy {
  private readonly queue: SlotHeap
  private readonly frequency: SlotIntegers
  private readonly weights: SlotWeights
  private clock: number
  /** Evictions since the clock was put back. */
  private evictions: number

  constructor(slots: SlotParts) {
    this.queue = new SlotHeap(slots)
    this.frequency = slots.integers()
    this.weights = slots.weights()
    this.clock = 0
    this.evictions = 0
  }

  onHit(slot: Slot): void {
    this.frequency.set(slot, Math.min(this.frequency.get(slot) + 1, MOST_FREQUENT))
    this.queue.update(slot, this.priority(slot))
  }

  evict(): Slot {
    const { queue } = this
    const victim = queue.first
    this.clock = queue.priorityOf(victim)
    queue.remove(victim)
    this.evictions++
    return victim
  }

  onInsert(slot: Slot): void {
    this.frequency.set(slot, 1)
    this.queue.add(slot, this.priority(slot))
  }

  onRemove(slot: Slot): void {
    this.queue.remove(slot)
  }

  resize(_capacity: number): void {}

  describe(): PolicyDescription {
    const { queue, frequency, clock } = this
    const priority = { get: (slot: Slot) => queue.priorityOf(slot) }
    return { lists: { queue }, marks: { frequency, priority }, scalars: { clock } }
  }

  /** The victims that would follow each other if nothing were used or inserted. */
  [Symbol.iterator](): Iterator<Slot> {
    return this.queue[Symbol.iterator]()
  }

  private priority(slot: Slot): number {
    const { frequency, weights } = this
    const worth = (frequency.get(slot) * weights.costOf(slot)) / Math.max(weights.of(slot), 1)
    // Not more often than all can have left meanwhile, so that it stays O(log n), amortised.
    if (this.clock > COARSE * worth && this.evictions > this.queue.size) this.putBack()
    return this.clock + worth
  }

  /** The clock is 0 again, and the order as it was. */
  private putBack(): void {
    const { queue, clock } = this
    for (const slot of queue) queue.update(slot, queue.priorityOf(slot) - clock)
    this.clock = 0
    this.evictions = 0
  }
}
