import {
  checkShare,
  defineStrategy,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  SegmentedList,
  type Slot,
  type Strategy,
} from "@evictionary/core"

/** What {@link slru} can be told beside the options of every cache. */
export interface SlruOptions {
  /**
   * The share of the capacity, from 0 to 1, that entries with a second use may hold: rounded down,
   * but one entry at least. 0.8 by default.
   *
   * @minimum 0
   * @maximum 1
   */
  protected?: number | undefined
}

/**
 * Segmented least recently used: the victim is the least recently used of those that were used only
 * once of late.
 *
 * A newcomer enters the *probation* segment. A hit there moves the entry to the *protected* segment,
 * a hit in that one to its young end. What overflows the protected segment goes from its old end
 * back to the young end of probation, for another chance. The victim comes from the old end of
 * probation, which has all the room that the protected segment does not use; only if nothing is on
 * probation, from the old end of the protected. O(1) per operation; when the capacity shrinks, each
 * entry that overflows was promoted by a hit, which pays for its way back.
 *
 * R. Karedla, J. S. Love, B. G. Wherry, "Caching strategies to improve disk system performance",
 * IEEE Computer 27(3), 1994. Follows `SegmentedLruPolicy` of Caffeine's simulator.
 *
 * @example
 * ```ts
 * const blocks = slru<number, Uint8Array>({ capacity: 1_000, protected: 0.5 })
 * ```
 */
export const slru: Strategy<SlruOptions> = defineStrategy<SlruOptions>(
  "slru",
  (context) => new SlruPolicy(context),
  { options: ["protected"], promotes: true, scanResistant: true },
)

class SlruPolicy implements Policy {
  private readonly segments: SegmentedList
  private readonly share: number

  constructor({ slots, capacity, options }: PolicyContext<SlruOptions>) {
    const { protected: share = 0.8 } = options
    checkShare("INVALID_OPTION", "protected", share)
    this.segments = new SegmentedList(slots)
    this.share = share
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    this.segments.use(slot)
  }

  evict(): Slot {
    const victim = this.segments.oldest
    this.segments.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.segments.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    this.segments.remove(slot)
  }

  resize(capacity: number): void {
    this.segments.limit = limitOf(this.share, capacity)
  }

  describe(): PolicyDescription {
    const { segments } = this
    return { lists: segments.lists(), scalars: { limit: segments.limit } }
  }

  [Symbol.iterator](): Iterator<Slot> {
    return this.segments[Symbol.iterator]()
  }
}

/** One at least, so that a second use counts at capacity 1 and with a share of 0 too. */
function limitOf(share: number, capacity: number): number {
  // 0 times Infinity is not a number.
  return Math.max(Math.floor(share * capacity) || 0, 1)
}
