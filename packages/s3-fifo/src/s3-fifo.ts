import {
  checkShare,
  defineStrategy,
  type GhostList,
  invalid,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  type Slot,
  type SlotBytes,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/** What {@link s3Fifo} can be told beside what every cache is. */
export interface S3FifoOptions {
  /**
   * The share of the capacity, from 0 to 1, that the small queue may fill. 0.1 by default.
   *
   * @minimum 0
   * @maximum 1
   */
  small?: number | undefined
  /**
   * How many keys are remembered after they have left, as a multiple of the capacity. 0.9 by
   * default.
   *
   * @minimum 0
   */
  ghost?: number | undefined
}

/** Hits that an entry of the small queue needs to enter the main queue. */
const PROMOTED = 2

/** Hits are counted up to this number. */
const MOST = 3

/**
 * S3-FIFO: three queues that drop quickly what is not used again, and move nothing on a hit.
 *
 * A newcomer enters the small queue, or the main queue if the ghost queue remembers its key. A hit
 * adds one to a count of up to 3. The victim is the oldest of the small queue, whose key becomes a
 * ghost, unless it was hit twice: then it enters the main queue, and the next one is looked at. If
 * the main queue is over its limit, or the small one is empty, the victim is the oldest of the main
 * queue that has no hit to its credit; those before it pay one, and queue up anew. O(1) per
 * operation, amortised; nine ghosts for every ten entries that fit.
 *
 * J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache
 * eviction", SOSP 2023. Follows the authors' simulator, libCacheSim, where it differs from the
 * paper: the ghost queue is consulted before room is made.
 *
 * @example
 * ```ts
 * const users = s3Fifo<string, User>({ capacity: 1_000 })
 * ```
 */
export const s3Fifo: Strategy<S3FifoOptions> = defineStrategy<S3FifoOptions>(
  "s3-fifo",
  (context) => new S3FifoPolicy(context),
  {
    options: ["small", "ghost"],
    ghosts: ({ ghost = 0.9 }) => ghost,
    promotes: true,
    remembers: true,
    scanResistant: true,
  },
)

class S3FifoPolicy implements Policy {
  private readonly smallShare: number
  private readonly ghostShare: number
  private readonly small: SlotList
  private readonly main: SlotList
  private readonly ghost: GhostList
  /** Hits since the entry entered its queue. */
  private readonly hits: SlotBytes
  private mainLimit: number
  private ghostLimit: number
  /** A ghost that is about to enter again, and has left its queue. */
  private returning: Slot

  constructor({ capacity, slots, options }: PolicyContext<S3FifoOptions>) {
    const { small = 0.1, ghost = 0.9 } = options
    checkShare("INVALID_OPTION", "small", small)
    checkMultiple("ghost", ghost)
    this.smallShare = small
    this.ghostShare = ghost
    this.small = slots.list()
    this.main = slots.list()
    this.ghost = slots.ghosts()
    this.hits = slots.bytes()
    this.mainLimit = 0
    this.ghostLimit = 0
    this.returning = 0
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    const hits = this.hits.get(slot)
    if (hits < MOST) this.hits.set(slot, hits + 1)
  }

  evict(incoming: Slot): Slot {
    this.recall(incoming)
    const { small, main, ghost, hits } = this
    if (main.size <= this.mainLimit) {
      for (let slot = small.oldest; slot !== 0; slot = small.oldest) {
        small.remove(slot)
        if (hits.get(slot) < PROMOTED) {
          this.trim(this.ghostLimit - 1)
          ghost.addYoungest(slot)
          return slot
        }
        hits.set(slot, 0)
        main.addYoungest(slot)
      }
    }
    let victim = main.oldest
    for (let credit = hits.get(victim); credit > 0; credit = hits.get(victim)) {
      hits.set(victim, credit - 1)
      main.moveToYoungest(victim)
      victim = main.oldest
    }
    main.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.recall(slot)
    if (slot === this.returning) this.main.addYoungest(slot)
    else this.small.addYoungest(slot)
    this.hits.set(slot, 0)
    this.returning = 0
  }

  onRemove(slot: Slot): void {
    if (this.small.has(slot)) this.small.remove(slot)
    else this.main.remove(slot)
  }

  resize(capacity: number): void {
    const small = Math.max(Math.floor(this.smallShare * capacity), 1)
    this.mainLimit = capacity === Infinity ? Infinity : capacity - small
    this.ghostLimit = Math.max(Math.floor(this.ghostShare * capacity), 1)
    this.trim(this.ghostLimit)
  }

  describe(): PolicyDescription {
    const { small, main, ghost, hits } = this
    return { lists: { small, main, ghost }, marks: { hits }, scalars: { limit: this.mainLimit } }
  }

  /**
   * What the main queue holds too much, then the small queue but for those hit twice, then the main
   * queue, where they would go: in the order in which all of them would leave, but that the main
   * queue may be over its limit again by then.
   */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    const { small, main, hits } = this
    const byCredit = [...main].sort((a, b) => hits.get(a) - hits.get(b))
    const excess = byCredit.splice(0, Math.max(main.size - this.mainLimit, 0))
    yield* excess
    for (const slot of small) if (hits.get(slot) < PROMOTED) yield slot
    for (const slot of byCredit) if (hits.get(slot) === 0) yield slot
    for (const slot of small) if (hits.get(slot) >= PROMOTED) yield slot
    for (const slot of byCredit) if (hits.get(slot) > 0) yield slot
  }

  /** Takes a ghost that comes back off its queue. */
  private recall(slot: Slot): void {
    if (!this.ghost.has(slot)) return
    this.ghost.remove(slot)
    this.returning = slot
  }

  private trim(size: number): void {
    while (this.ghost.size > size) this.ghost.forget(this.ghost.oldest)
  }
}

function checkMultiple(name: string, value: unknown): void {
  if (!(typeof value === "number" && value >= 0 && value < Infinity)) {
    throw invalid("INVALID_OPTION", name, "a finite number, 0 or more", value)
  }
}
