import {
  checkShare,
  defineStrategy,
  FrequencySketch,
  invalid,
  type Policy,
  type PolicyContext,
  type Slot,
  type SlotIntegers,
  type SlotList,
  type Strategy,
} from "@evictionary/core"
import { WindowClimber } from "./window-climber.ts"

/** What {@link wTinyLfu} can be told beside what every cache is. */
export interface WTinyLfuOptions {
  /**
   * Whether the window follows the hit ratio. `true` by default; `false` is the strategy of the
   * paper to the letter: the window keeps its size, and nothing is left to chance.
   */
  adaptive?: boolean | undefined
  /** The share of the capacity, from 0 to 1, that the window has at first. 0.01 by default. */
  window?: number | undefined
  /** An integer that decides the hash and the draws: the same again by default. */
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
 * candidate is compared with the oldest entry of probation by the frequencies that a sketch of past
 * uses knows: the victim is the one that was used less, the candidate if they are equal. The window
 * grows and shrinks as the hit ratio tells. O(1) per operation, amortised; no ghosts, and a sketch
 * of 8 to 16 bytes per entry that fits.
 *
 * G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM
 * Transactions on Storage 13(4), 2017; the window that adapts is from G. Einziger, O. Eytan,
 * R. Friedman, B. Manes, "Adaptive software cache management", Middleware 2018. Follows Caffeine,
 * but the window first grows, and is never below 1 % of the capacity.
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
  private readonly sketch: FrequencySketch
  /** The hash of each key. */
  private readonly hashes: SlotIntegers
  private readonly window: SlotList
  private readonly probation: SlotList
  private readonly protected: SlotList
  private readonly climber: WindowClimber | undefined
  private capacity: number
  private windowLimit: number
  private protectedLimit: number
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
    this.sketch = new FrequencySketch(capacity, seed)
    this.hashes = slots.integers()
    this.window = slots.list()
    this.probation = slots.list()
    this.protected = slots.list()
    this.climber = adaptive ? new WindowClimber() : undefined
    this.capacity = capacity
    this.windowLimit = 0
    this.protectedLimit = 0
    this.moved = 0
    this.random = this.sketch.hashOf("draws") | 1
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    this.sketch.increment(this.hashes.get(slot))
    if (this.window.has(slot)) {
      this.window.moveToYoungest(slot)
    } else if (this.protected.has(slot)) {
      this.protected.moveToYoungest(slot)
    } else {
      this.probation.remove(slot)
      this.protected.addYoungest(slot)
      this.settle()
    }
    if (this.climber !== undefined) this.learn(this.climber, true)
  }

  /** The newcomer, who enters the window next, pushes out its candidate if it is full. */
  evict(): Slot {
    const { window, probation } = this
    const candidate = window.size < this.windowLimit ? 0 : window.oldest
    const incumbent = probation.oldest
    if (incumbent === 0) {
      return take(candidate === 0 && this.protected.size > 0 ? this.protected : window)
    }
    return take(candidate !== 0 && !this.admits(candidate, incumbent) ? window : probation)
  }

  onInsert(slot: Slot, key: unknown): void {
    const hash = this.sketch.hashOf(key)
    this.hashes.set(slot, hash)
    this.sketch.increment(hash)
    this.window.addYoungest(slot)
    this.settle()
    if (this.climber !== undefined) this.learn(this.climber, false)
  }

  onRemove(slot: Slot): void {
    if (this.window.has(slot)) this.window.remove(slot)
    else if (this.protected.has(slot)) this.protected.remove(slot)
    else this.probation.remove(slot)
  }

  resize(capacity: number): void {
    const scale = this.capacity < Infinity && capacity < Infinity ? capacity / this.capacity : 0
    this.capacity = capacity
    this.sketch.resize(capacity)
    this.climber?.resize(capacity)
    this.windowLimit = windowOf(capacity, this.windowShare)
    const main = capacity === Infinity ? Infinity : capacity - this.windowLimit
    this.protectedLimit = Math.floor(PROTECTED * main)
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
    yield* this.probation
    yield* this.protected
    yield* this.window
  }

  private admits(candidate: Slot, incumbent: Slot): boolean {
    const frequency = this.sketch.estimate(this.hashes.get(candidate))
    if (frequency > this.sketch.estimate(this.hashes.get(incumbent))) return true
    // An entry that seems frequent, because keys were made to share its counters, must not stay.
    return this.climber !== undefined && frequency >= FREQUENT && this.draw() % DRAWS === 0
  }

  /** Some integer (xorshift). */
  private draw(): number {
    this.random ^= this.random << 13
    this.random ^= this.random >>> 17
    this.random ^= this.random << 5
    return this.random
  }

  /** What is too much in the window or in protected goes to probation. */
  private settle(): void {
    const { window, probation } = this
    while (window.size > this.windowLimit) probation.addYoungest(take(window))
    while (this.protected.size > this.protectedLimit) probation.addYoungest(take(this.protected))
  }

  /** Tells the climber of a request to a full cache, and moves the window as it says. */
  private learn(climber: WindowClimber, hit: boolean): void {
    const { window, probation } = this
    if (window.size + probation.size + this.protected.size < this.capacity) return
    const step = climber.record(hit)
    if (step === 0) return
    const moved = this.move(step)
    for (let n = 0; n < moved && probation.size > 0; n++) window.addYoungest(take(probation))
    // They have stood in the window for a while, and go before those that probation has.
    while (window.size > this.windowLimit) probation.addOldest(take(window))
    this.settle()
  }

  /** Gives the window room of protected, or back if `step` is negative; returns how much. */
  private move(step: number): number {
    const least = windowOf(this.capacity, LEAST_WINDOW)
    const moved = Math.max(
      Math.min(step, this.protectedLimit),
      Math.min(least - this.windowLimit, 0),
    )
    this.windowLimit += moved
    this.protectedLimit -= moved
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
function take(list: SlotList): Slot {
  const slot = list.oldest
  list.remove(slot)
  return slot
}
