import {
  checkShare,
  defineStrategy,
  invalid,
  type Policy,
  type PolicyContext,
  SegmentedList,
  type Slot,
  SlotFrequencies,
  type SlotList,
  type Strategy,
} from "@evictionary/core"
import { WindowClimber } from "./window-climber.ts"

/** What {@link wTinyLfu} can be told beside what every cache is. */
export interface WTinyLfuOptions {
  /**
   * Whether the window follows the hit ratio. `true` by default; `false` is the strategy of the
   * paper: the window keeps its size, and nothing is left to chance.
   */
  adaptive?: boolean | undefined
  /**
   * The share of the capacity, from 0 to 1, that the window has at first. 0.01 by default.
   *
   * @minimum 0
   * @maximum 1
   */
  window?: number | undefined
  /**
   * An integer that decides the hash and the draws: the same again by default.
   *
   * @integer
   */
  seed?: number | undefined
}

/** The share of the main part that is protected, while the window has its first size. */
const PROTECTED = 0.8

/** The share of the capacity below which the window does not shrink by itself. */
const LEAST_WINDOW = 0.01

/** One in so many candidates is admitted although it was refused, if it is as frequent as this. */
const DRAWS = 128
const FREQUENT = 6

/**
 * W-TinyLFU: a newcomer has to be used more often than the entry it would displace.
 *
 * Newcomers enter the window, a list in the order of last use. Who is too much there is a candidate
 * for the main part, where probation holds those not used since, and protected the others. The
 * candidate is compared with the oldest entry of probation by how often they were used of late, be it
 * before they came: the victim is the one that was used less, the candidate if they are equal. The
 * window grows and shrinks as the hit ratio tells. O(1) per operation, amortised; no ghosts, and a
 * sketch of 8 to 16 bytes per entry that fits.
 *
 * G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM
 * Transactions on Storage 13(4), 2017; the window that adapts is from G. Einziger, O. Eytan,
 * R. Friedman, B. Manes, "Adaptive software cache management", Middleware 2018. Follows Caffeine,
 * but for this: the window first grows, and is never below 1 % of the capacity; and while an entry
 * is here, its uses are counted beside it, not in the sketch.
 *
 * @example
 * ```ts
 * const users = wTinyLfu<string, User>({ capacity: 1_000 })
 * ```
 */
export const wTinyLfu: Strategy<WTinyLfuOptions> = defineStrategy<WTinyLfuOptions>(
  "w-tinylfu",
  (context) => new WTinyLfuPolicy(context),
  { options: ["adaptive", "window", "seed"], promotes: true, remembers: true, scanResistant: true },
)

class WTinyLfuPolicy implements Policy {
  private readonly windowShare: number
  private readonly frequencies: SlotFrequencies
  private readonly window: SlotList
  private readonly main: SegmentedList
  private readonly climber: WindowClimber
  private readonly adaptive: boolean
  private capacity: number
  /** Whether requests count for the climber: there are as many entries as fit. */
  private full: boolean
  private windowLimit: number
  /** Entries that the window has got from protected. */
  private moved: number
  /** The state of a generator of draws. */
  private random: number

  constructor({ capacity, slots, options }: PolicyContext<WTinyLfuOptions>) {
    const { adaptive = true, window = LEAST_WINDOW, seed = 0 } = options
    if (typeof adaptive !== "boolean") {
      throw invalid("INVALID_OPTION", "adaptive", "true or false", adaptive)
    }
    checkShare("INVALID_OPTION", "window", window)
    if (!Number.isSafeInteger(seed)) throw invalid("INVALID_OPTION", "seed", "an integer", seed)
    this.windowShare = window
    this.frequencies = new SlotFrequencies(slots, this, capacity, seed)
    this.window = slots.list()
    this.main = new SegmentedList(slots)
    this.adaptive = adaptive
    this.climber = new WindowClimber()
    this.capacity = capacity
    this.full = false
    this.windowLimit = 0
    this.moved = 0
    this.random = seed | 1
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    this.frequencies.use(slot)
    if (this.main.has(slot)) this.main.use(slot)
    else this.window.moveToYoungest(slot)
    if (this.full && this.climber.hit()) this.climb()
  }

  /** The newcomer, who enters the window next, pushes out its candidate if it is full. */
  evict(): Slot {
    const { window, main } = this
    const candidate = window.size < this.windowLimit ? 0 : window.oldest
    const incumbent = main.oldestOnProbation
    let victim = incumbent
    if (incumbent === 0) victim = (candidate === 0 && main.oldest) || window.oldest
    else if (candidate !== 0 && !this.admits(candidate, incumbent)) victim = candidate
    this.onRemove(victim)
    return victim
  }

  onInsert(slot: Slot, key: unknown): void {
    this.window.addYoungest(slot)
    this.frequencies.add(slot, key)
    this.settle()
    if (this.full && this.climber.miss()) this.climb()
  }

  onRemove(slot: Slot): void {
    this.full = false
    this.frequencies.remove(slot)
    if (this.main.has(slot)) this.main.remove(slot)
    else this.window.remove(slot)
  }

  resize(capacity: number): void {
    const scale = this.capacity < Infinity && capacity < Infinity ? capacity / this.capacity : 0
    this.capacity = capacity
    this.frequencies.resize(capacity)
    this.climber.resize(capacity)
    this.windowLimit = windowOf(capacity, this.windowShare)
    const main = capacity === Infinity ? Infinity : capacity - this.windowLimit
    this.main.limit = Math.floor(PROTECTED * main)
    const moved = Math.trunc(this.moved * scale)
    this.moved = 0
    if (moved !== 0) this.move(moved)
    this.settle()
  }

  /**
   * Probation, protected and the window, each in the order of last use: who leaves next depends on
   * who is used until then.
   */
  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    yield* this.main
    yield* this.window
  }

  private admits(candidate: Slot, incumbent: Slot): boolean {
    const frequency = this.frequencies.of(candidate)
    if (frequency > this.frequencies.of(incumbent)) return true
    // An entry that seems frequent, because keys were made to share its counters, must not stay.
    return this.adaptive && frequency >= FREQUENT && this.draw() % DRAWS === 0
  }

  /** Some integer (xorshift). */
  private draw(): number {
    this.random ^= this.random << 13
    this.random ^= this.random >>> 17
    this.random ^= this.random << 5
    return this.random
  }

  /** What is too much in the window goes to probation. */
  private settle(): void {
    while (this.window.size > this.windowLimit) this.main.addYoungest(taken(this.window))
    this.full = this.adaptive && this.window.size + this.main.size >= this.capacity
  }

  /** Moves the border of the window as the climber says. */
  private climb(): void {
    const { window, main } = this
    const moved = this.move(this.climber.climb())
    for (let n = 0; n < moved && main.oldestOnProbation !== 0; n++) {
      const slot = main.oldest
      main.remove(slot)
      window.addYoungest(slot)
    }
    // They have stood in the window for a while, and go before those that probation has.
    while (window.size > this.windowLimit) main.addOldest(taken(window))
  }

  /** Gives the window room of protected, or back if `step` is negative; returns how much. */
  private move(step: number): number {
    const least = windowOf(this.capacity, LEAST_WINDOW)
    const moved = Math.max(Math.min(step, this.main.limit), Math.min(least - this.windowLimit, 0))
    this.windowLimit += moved
    this.main.limit -= moved
    this.moved += moved
    return moved
  }
}

/** How many entries of so many are in the window; at least one. */
function windowOf(capacity: number, share: number): number {
  return capacity === Infinity
    ? capacity
    : Math.max(capacity - Math.floor((1 - share) * capacity), 1)
}

/** The oldest of a list, taken out of it. */
function taken(list: SlotList): Slot {
  const slot = list.oldest
  list.remove(slot)
  return slot
}
