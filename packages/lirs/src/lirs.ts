import {
  defineStrategy,
  type GhostList,
  invalid,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Slot,
  type SlotIntegers,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/** What {@link lirs} can be told beside what every cache is. */
export interface LirsOptions {
  /**
   * How many keys are remembered after they have left, as a multiple of the capacity; `Infinity`
   * bounds them by the rule of the paper alone, which may be many. 2 by default.
   *
   * @minimum 0
   */
  history?: number | undefined
}

/** The share of the capacity that HIR entries have, and the least number of them. */
const HIR_SHARE = 0.01
const LEAST_HIR = 2

/** When time has come here, all times are put back by half of it. It begins a little before. */
const LATEST = 2 ** 30
const BEGINNING = LATEST - 1_000

/**
 * LIRS, low inter-reference recency set: keeps the entries between whose uses the fewest other keys
 * are used.
 *
 * Nearly all entries are LIR; one in a hundred, at least two, are HIR and stand in the queue Q. The
 * victim is the oldest of Q. The stack S knows the order of last use down to the LIR entry used
 * least recently: what is used again while it is in S, be it in Q or a ghost, becomes LIR, and that
 * last LIR entry becomes the youngest of Q. O(1) per operation, amortised; two ghosts for every
 * entry that fits, unless `history` says otherwise.
 *
 * S. Jiang, X. Zhang, "LIRS: an efficient low inter-reference recency set replacement policy to
 * improve buffer cache performance", ACM SIGMETRICS 2002. Follows the authors' program, where a
 * second use in a row changes nothing, but for the bound of ghosts, which that has not.
 *
 * @example
 * ```ts
 * const users = lirs<string, User>({ capacity: 1_000 })
 * ```
 */
export const lirs: Strategy<LirsOptions> = defineStrategy<LirsOptions>(
  "lirs",
  (context) => new LirsPolicy(context),
  {
    options: ["history"],
    ghosts: ({ history = 2 }) => history,
    promotes: true,
    remembers: true,
    scanResistant: true,
    rearranges: true,
  },
)

/**
 * S is not a list. It ends with the oldest LIR entry, so a HIR entry or a ghost is in S if it was
 * used later than that one, and LIR entries always are. Ghosts that are not in S are forgotten;
 * those that are were evicted in the order of their last use, for Q is a queue, and who entered Q
 * from S is no longer in S.
 */
class LirsPolicy implements Policy {
  private readonly history: number
  private readonly lir: SlotList
  private readonly queue: SlotList
  private readonly ghosts: GhostList
  /** When a key was last used; of two that have one time, the HIR entry was used before. */
  private readonly usedAt: SlotIntegers
  /** Advances when a HIR entry is used or enters. */
  private now: number
  private lirLimit: number
  private ghostLimit: number
  /** What was used last. */
  private last: Slot
  /** A ghost in S that is about to enter again, and has left its list. */
  private returning: Slot

  constructor({ capacity, slots, options }: PolicyContext<LirsOptions>) {
    const { history = 2 } = options
    if (!(typeof history === "number" && history >= 0)) {
      throw invalid("INVALID_OPTION", "history", "a non-negative number", history)
    }
    this.history = history
    this.lir = slots.list()
    this.queue = slots.list()
    this.ghosts = slots.ghosts()
    this.usedAt = slots.integers()
    this.now = BEGINNING
    this.lirLimit = 0
    this.ghostLimit = 0
    this.last = 0
    this.returning = 0
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    if (slot === this.last) return
    this.last = slot
    const { lir, queue } = this
    if (lir.has(slot)) {
      const wasLast = slot === lir.oldest
      lir.moveToYoungest(slot)
      this.usedAt.set(slot, this.now)
      if (wasLast) this.prune()
    } else {
      queue.remove(slot)
      this.enter(slot, this.usedAt.get(slot) > this.end)
    }
  }

  evict(incoming: Slot): Slot {
    this.recall(incoming)
    const { lir, queue, ghosts } = this
    const victim = queue.oldest || lir.oldest
    if (victim === this.last) this.last = 0
    if (queue.size === 0) {
      this.onRemove(victim)
    } else {
      queue.remove(victim)
      if (this.ghostLimit > 0 && this.usedAt.get(victim) > this.end) {
        this.trim(this.ghostLimit - 1)
        ghosts.addYoungest(victim)
      }
    }
    return victim
  }

  onInsert(slot: Slot): void {
    this.recall(slot)
    this.last = slot
    this.enter(slot, slot === this.returning || this.lir.size < this.lirLimit)
    this.returning = 0
  }

  onRemove(slot: Slot): void {
    if (slot === this.last) this.last = 0
    // Ghosts below are forgotten later: one of them may be about to come back.
    if (this.lir.has(slot)) this.lir.remove(slot)
    else this.queue.remove(slot)
  }

  resize(capacity: number): void {
    const hir = Math.max(Math.floor(HIR_SHARE * capacity), LEAST_HIR)
    this.lirLimit = capacity === Infinity ? capacity : Math.max(capacity - hir, 1)
    this.ghostLimit = Math.floor(this.history * capacity)
    this.demote()
    this.trim(this.ghostLimit)
  }

  /** S is all of LIR and the ghosts, and those of Q that are marked. */
  describe(): PolicyDescription {
    const { lir, queue, ghosts, end } = this
    const S = { get: (slot: Slot) => Number(lir.has(slot) || this.usedAt.get(slot) > end) }
    return { lists: { LIR: lir, Q: queue, ghosts }, marks: { S } }
  }

  /** The victims that would follow each other if nothing were used or inserted. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    yield* this.queue
    yield* this.lir
  }

  /** Who enters first is LIR, so that those come first, and then Q. */
  arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
    const hir = Math.max(coldestFirst.length - this.lirLimit, 0)
    return [...coldestFirst.slice(hir), ...coldestFirst.slice(0, hir)]
  }

  /** The end of S: what was used later is in it. */
  private get end(): number {
    return this.lir.size === 0 ? this.now : this.usedAt.get(this.lir.oldest)
  }

  /** A key that was used, and is in no list, enters as a LIR or as a HIR entry. */
  private enter(slot: Slot, asLir: boolean): void {
    if (asLir) {
      this.usedAt.set(slot, this.now)
      this.lir.addYoungest(slot)
      this.demote()
    } else {
      if (this.now === LATEST) this.putBack()
      this.usedAt.set(slot, ++this.now)
      this.queue.addYoungest(slot)
    }
  }

  /** Those that are too many become HIR entries, not in S. */
  private demote(): void {
    const { lir, queue } = this
    while (lir.size > this.lirLimit) {
      const slot = lir.oldest
      lir.remove(slot)
      queue.addYoungest(slot)
    }
    this.prune()
  }

  /** Forgets the ghosts that are not in S. */
  private prune(): void {
    const { ghosts, usedAt, end } = this
    for (let slot = ghosts.oldest; slot !== 0 && usedAt.get(slot) <= end; slot = ghosts.oldest) {
      ghosts.forget(slot)
    }
  }

  /** Takes a ghost that comes back off its list. */
  private recall(slot: Slot): void {
    if (!this.ghosts.has(slot)) return
    this.ghosts.remove(slot)
    if (this.usedAt.get(slot) > this.end) this.returning = slot
  }

  private trim(size: number): void {
    while (this.ghosts.size > size) this.ghosts.forget(this.ghosts.oldest)
  }

  /** Keeps the order of times, but for LIR entries so old that no ghost can be older. */
  private putBack(): void {
    const { usedAt } = this
    this.now -= LATEST / 2
    for (const list of [this.lir, this.queue, this.ghosts]) {
      for (const slot of list) usedAt.set(slot, Math.max(usedAt.get(slot) - LATEST / 2, 0))
    }
  }
}
