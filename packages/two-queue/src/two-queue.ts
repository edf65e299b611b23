import {
  checkShare,
  defineStrategy,
  type GhostList,
  invalid,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Slot,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/** What {@link twoQueue} can be told beside what every cache is. */
export interface TwoQueueOptions {
  /**
   * Kin in the paper: the share of the capacity, from 0 to 1, that newcomers keep when others need
   * room. 0.25 by default.
   *
   * @minimum 0
   * @maximum 1
   */
  recent?: number | undefined
  /**
   * Kout in the paper: how many keys are remembered after they have left, as a multiple of the
   * capacity. 0.5 by default.
   *
   * @minimum 0
   */
  history?: number | undefined
}

/**
 * 2Q: a key has to come back after a while before its entry is kept for good.
 *
 * A newcomer enters the queue A1in, where hits change nothing. When A1in holds more than its share,
 * the victim is its oldest entry, whose key A1out remembers. A key that A1out remembers enters Am,
 * a list in the order of last use. Otherwise the victim is the oldest of Am, which is not
 * remembered. O(1) per operation; a ghost for every other entry that fits.
 *
 * T. Johnson, D. Shasha, "2Q: a low overhead high performance buffer management replacement
 * algorithm", VLDB 1994: the full version, with its Kin and Kout. As in libCacheSim, a key leaves
 * A1out before room is made for it.
 *
 * @example
 * ```ts
 * const users = twoQueue<string, User>({ capacity: 1_000 })
 * ```
 */
export const twoQueue: Strategy<TwoQueueOptions> = defineStrategy<TwoQueueOptions>(
  "two-queue",
  (context) => new TwoQueuePolicy(context),
  {
    options: ["recent", "history"],
    ghosts: ({ history = 0.5 }) => history,
    promotes: true,
    remembers: true,
    scanResistant: true,
  },
)

class TwoQueuePolicy implements Policy {
  private readonly recent: number
  private readonly history: number
  private readonly a1in: SlotList
  private readonly a1out: GhostList
  private readonly am: SlotList
  private kin: number
  private kout: number
  /** A ghost that is about to enter again, and has left A1out. */
  private returning: Slot

  constructor({ capacity, slots, options }: PolicyContext<TwoQueueOptions>) {
    const { recent = 0.25, history = 0.5 } = options
    checkShare("INVALID_OPTION", "recent", recent)
    checkMultiple("history", history)
    this.recent = recent
    this.history = history
    this.a1in = slots.list()
    this.a1out = slots.ghosts()
    this.am = slots.list()
    this.kin = 0
    this.kout = 0
    this.returning = 0
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    if (this.am.has(slot)) this.am.moveToYoungest(slot)
  }

  evict(incoming: Slot): Slot {
    const { a1in, a1out, am } = this
    this.recall(incoming)
    if (a1in.size > this.kin || am.size === 0) {
      const victim = a1in.oldest
      a1in.remove(victim)
      this.trim(this.kout - 1)
      a1out.addYoungest(victim)
      return victim
    }
    const victim = am.oldest
    am.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.recall(slot)
    if (slot === this.returning) this.am.addYoungest(slot)
    else this.a1in.addYoungest(slot)
    this.returning = 0
  }

  onRemove(slot: Slot): void {
    if (this.am.has(slot)) this.am.remove(slot)
    else this.a1in.remove(slot)
  }

  resize(capacity: number): void {
    this.kin = Math.max(Math.floor(this.recent * capacity), 1)
    this.kout = Math.max(Math.floor(this.history * capacity), 1)
    this.trim(this.kout)
  }

  describe(): PolicyDescription {
    const { a1in, am, a1out, kin, kout } = this
    return { lists: { A1in: a1in, Am: am, A1out: a1out }, scalars: { Kin: kin, Kout: kout } }
  }

  /** The victims that would follow each other if nothing were used or inserted. */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    let excess = this.a1in.size - this.kin
    const rest: Slot[] = []
    for (const slot of this.a1in) {
      if (excess-- > 0) yield slot
      else rest.push(slot)
    }
    yield* this.am
    yield* rest
  }

  /** Takes a ghost that comes back off its list. */
  private recall(slot: Slot): void {
    if (!this.a1out.has(slot)) return
    this.a1out.remove(slot)
    this.returning = slot
  }

  private trim(size: number): void {
    while (this.a1out.size > size) this.a1out.forget(this.a1out.oldest)
  }
}

function checkMultiple(name: string, value: unknown): void {
  if (!(typeof value === "number" && value >= 0 && value < Infinity)) {
    throw invalid("INVALID_OPTION", name, "a finite number, 0 or more", value)
  }
}
