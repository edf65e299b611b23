import {
  checkShare,
  defineStrategy,
  invalid,
  type Policy,
  type PolicyContext,
  type PolicyDescription,
  SegmentedList,
  type Slot,
  SlotFrequencies,
  type SlotList,
  type SlotWeights,
  type Strategy,
} from "@evictionary/core"
import { protectedOf, windowOf } from "./quotas.ts"
import { WindowChoice } from "./window-choice.ts"

/** What {@link wTinyLfu} can be told beside what every cache is. */
export interface WTinyLfuOptions {
  /**
   * Whether the window is chosen by what hits, and a newcomer has to lead by more than one use.
   * `true` by default; `false` is the strategy of the paper: the window keeps its size, and nothing
   * is left to chance.
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

/** The window of the paper, as a share of the capacity. */
const SMALL_WINDOW = 0.01

/** One in so many candidates is admitted although it was refused, if it is as frequent as this. */
const DRAWS = 128
const FREQUENT = 6

/**
 * W-TinyLFU: a newcomer has to be used more often than the entry it would displace.
 *
 * Newcomers enter the window, a list in the order of last use. Who is too much there is a candidate
 * for the main part, where probation holds those not used since, and protected the others. The
 * candidate is compared with the oldest entry of probation by how often they were used of late, be it
 * before they came: the victim is the candidate, unless it was used more by two at least. How large
 * the window is, four miniature caches tell, which try four windows all the time. O(1) per operation,
 * amortised; no ghosts, a sketch of 8 to 16 bytes per entry that fits, and 10 kB for the miniatures.
 *
 * Where the weight is bounded, the candidate is compared with all those together that would have to
 * leave for it: a heavy one has to be used more than many light ones.
 *
 * G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM
 * Transactions on Storage 13(4), 2017. With `adaptive: false` it follows that and Caffeine, but for
 * this: while an entry is here, its uses are counted beside it, not in the sketch. Miniatures are
 * after C. Waldspurger, T. Saemundsson, I. Ahmad, N. Park, "Cache modeling and optimization using
 * miniature simulations", USENIX ATC 2017; the lead by two and the choice by leads are our own.
 * Weights count as in AV, aggregated victims, of G. Einziger, O. Eytan, R. Friedman, B. Manes,
 * "Lightweight robust size aware cache management", ACM Transactions on Storage 18(3), 2022; but
 * newcomers are always let into the window, and of a victim that is heavier than the room that is
 * needed only that share counts.
 *
 * @example
 * ```ts
 * const users = wTinyLfu<string, User>({ capacity: 1_000 })
 * ```
 */
export const wTinyLfu: Strategy<WTinyLfuOptions> = defineStrategy<WTinyLfuOptions>(
  "w-tinylfu",
  (context) => new WTinyLfuPolicy(context),
  {
    options: ["adaptive", "window", "seed"],
    ghosts: 0,
    promotes: true,
    remembers: true,
    scanResistant: true,
    unforeseeable: true,
    countsKeys: true,
    weighs: true,
  },
)

class WTinyLfuPolicy implements Policy {
  private readonly frequencies: SlotFrequencies
  private readonly window: SlotList
  private readonly main: SegmentedList
  private readonly weights: SlotWeights
  private readonly adaptive: boolean
  private readonly choice: WindowChoice
  private capacity: number
  private windowLimit: number
  /** The state of a generator of draws. */
  private random: number

  constructor({ capacity, slots, options }: PolicyContext<WTinyLfuOptions>) {
    const { adaptive = true, window = SMALL_WINDOW, seed = 0 } = options
    if (typeof adaptive !== "boolean") {
      throw invalid("INVALID_OPTION", "adaptive", "true or false", adaptive)
    }
    checkShare("INVALID_OPTION", "window", window)
    if (!Number.isSafeInteger(seed)) throw invalid("INVALID_OPTION", "seed", "an integer", seed)
    this.frequencies = new SlotFrequencies(slots, this, capacity, seed)
    this.window = slots.list()
    this.main = new SegmentedList(slots)
    this.weights = slots.weights()
    this.adaptive = adaptive
    this.choice = new WindowChoice(window)
    this.capacity = capacity
    this.windowLimit = 0
    this.random = seed | 1
    this.resize(capacity)
  }

  onHit(slot: Slot): void {
    this.frequencies.use(slot)
    if (this.main.has(slot)) this.main.use(slot)
    else this.window.moveToYoungest(slot)
    if (this.choice.request(this.frequencies.hashOf(slot))) this.divide()
  }

  /** The newcomer, who enters the window next, pushes out its candidate if it is full. */
  evict(): Slot {
    const { window, main } = this
    const candidate = window.oldest
    let victim = main.oldestOnProbation
    // Nobody pushes: the oldest of all but the window, if there is one.
    if (window.size < this.windowLimit) victim ||= main.oldest || candidate
    else if (victim === 0 || !this.admits(candidate, victim)) victim = candidate
    // Those for whom it was admitted leave one after the other, without being compared again.
    else if (this.weights.max() < Infinity) this.passOn(candidate)
    this.onRemove(victim)
    return victim
  }

  onInsert(slot: Slot, key: unknown): void {
    this.window.addYoungest(slot)
    this.frequencies.add(slot, key)
    this.settle()
    if (this.choice.request(this.frequencies.hashOf(slot))) this.divide()
  }

  onRemove(slot: Slot): void {
    this.frequencies.remove(slot)
    if (this.main.has(slot)) this.main.remove(slot)
    else this.window.remove(slot)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    this.frequencies.resize(capacity)
    this.choice.resize(this.adaptive ? capacity : Infinity)
    this.divide()
  }

  describe(): PolicyDescription {
    const { window, main, windowLimit } = this
    const frequency = { get: (slot: Slot) => this.frequencies.of(slot) }
    return {
      lists: { window, ...main.lists() },
      marks: { frequency },
      scalars: { window: windowLimit, protected: main.limit },
    }
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
    const isByWeight = this.weights.max() < Infinity
    const rival = isByWeight ? this.displaced(candidate) : this.frequencies.of(incumbent)
    const lead = frequency - rival
    if (!this.adaptive) return lead > 0
    // The candidate has just been counted for the present round of a loop, the incumbent not yet.
    if (lead > 1) return true
    // An entry that seems frequent, because keys were made to share its counters, must not stay.
    return frequency >= FREQUENT && this.draw() % DRAWS === 0
  }

  /**
   * How often those were used of late, together, whose room the candidate needs; no more of them than
   * were used as often as it was. Those are 15 at most, each used once at least.
   */
  private displaced(candidate: Slot): number {
    const { frequencies, weights, main } = this
    const most = frequencies.of(candidate)
    let sum = 0
    let room = weights.of(candidate)
    for (let slot = main.oldest; slot !== 0 && room > 0 && sum < most; slot = main.younger(slot)) {
      const weight = weights.of(slot)
      sum += Math.max(frequencies.of(slot), 1) * Math.min(room / weight, 1)
      room -= weight
    }
    return sum
  }

  /** Some integer (xorshift). */
  private draw(): number {
    this.random ^= this.random << 13
    this.random ^= this.random >>> 17
    this.random ^= this.random << 5
    return this.random
  }

  /** Sets the limits of window and protected. Nobody leaves: what is too much goes to probation. */
  private divide(): void {
    this.windowLimit = windowOf(this.capacity, this.choice.share)
    this.main.limit = protectedOf(this.capacity, this.windowLimit)
    this.settle()
  }

  private settle(): void {
    const { window } = this
    while (window.size > this.windowLimit) this.passOn(window.oldest)
  }

  /** From the window to probation. */
  private passOn(slot: Slot): void {
    this.window.remove(slot)
    this.main.addYoungest(slot)
  }
}
