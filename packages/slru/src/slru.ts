import {
  checkShare,
  defineStrategy,
  type Policy,
  type PolicyContext,
  type Slot,
  type SlotList,
  type Strategy,
} from "@evictionary/core"

/** What {@link slru} can be told beside the options of every cache. */
export interface SlruOptions {
  /**
   * The share of the capacity, from 0 to 1, that entries with a second use may hold: rounded down,
   * but one entry at least. 0.8 by default.
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
  private readonly probation: SlotList
  private readonly protected: SlotList
  private readonly share: number
  /** The most entries in the protected segment. */
  private limit: number

  constructor({ slots, capacity, options }: PolicyContext<SlruOptions>) {
    const { protected: share = 0.8 } = options
    checkShare("INVALID_OPTION", "protected", share)
    this.probation = slots.list()
    this.protected = slots.list()
    this.share = share
    this.limit = limitOf(share, capacity)
  }

  onHit(slot: Slot): void {
    if (this.protected.has(slot)) {
      this.protected.moveToYoungest(slot)
    } else {
      this.probation.remove(slot)
      this.protected.addYoungest(slot)
      this.demoteOverflow()
    }
  }

  evict(): Slot {
    const segment = this.probation.size > 0 ? this.probation : this.protected
    const victim = segment.oldest
    segment.remove(victim)
    return victim
  }

  onInsert(slot: Slot): void {
    this.probation.addYoungest(slot)
  }

  onRemove(slot: Slot): void {
    const segment = this.protected.has(slot) ? this.protected : this.probation
    segment.remove(slot)
  }

  resize(capacity: number): void {
    this.limit = limitOf(this.share, capacity)
    this.demoteOverflow()
  }

  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    yield* this.probation
    yield* this.protected
  }

  private demoteOverflow(): void {
    while (this.protected.size > this.limit) {
      const demoted = this.protected.oldest
      this.protected.remove(demoted)
      this.probation.addYoungest(demoted)
    }
  }
}

/** One at least, so that a second use counts at capacity 1 and with a share of 0 too. */
function limitOf(share: number, capacity: number): number {
  // 0 times Infinity is not a number.
  return Math.max(Math.floor(share * capacity) || 0, 1)
}
