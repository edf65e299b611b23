import { ALL, Miniatures } from "./miniatures.ts"

/** The windows to choose from, as shares of the capacity. */
const SHARES = [0.01, 0.1, 0.4, 1] as const

/** The least integer of 32 bits, which has the first bit alone. */
const NOBODY = -(2 ** 31)

/** Hits, for each entry of a miniature, by which another window has to lead: at first, and later. */
const FIRST_ADVANTAGE = 1 / 4
const LAST_ADVANTAGE = 1

/**
 * Chooses the window of a cache: tries four of them all the time, in miniature, with those keys
 * whose hash is low, and takes another one as soon as that leads by so many hits that the change,
 * which costs hits itself, is worth it.
 *
 * A pattern that swings brings no lead of more hits than fit, so that is the most that is asked for.
 * There is no period and no ratio: nothing begins anew when the capacity changes by a little.
 */
export class WindowChoice {
  /** The share of the capacity that the window is to have. */
  share: number
  /** Which of the windows that is, or the nearest. */
  private current: number
  /** By how many hits, since the last change, another window is ahead of the current one. */
  private readonly leads: number[]
  private advantage: number
  /** The capacity that the miniatures were made for, and their entries. */
  private capacity: number
  private entries: number
  private miniatures: Miniatures | undefined
  /** A key takes part if its hash, with the first bit turned, is below this integer of 32 bits. */
  private threshold: number

  /** Begins with this share, 0 to 1. */
  constructor(share: number) {
    const distances = SHARES.map((each) => Math.abs(each - share))
    this.share = share
    this.current = distances.indexOf(Math.min(...distances))
    this.leads = SHARES.map(() => 0)
    this.advantage = FIRST_ADVANTAGE
    this.capacity = 0
    this.entries = 0
    this.miniatures = undefined
    this.threshold = NOBODY
  }

  /** The capacity of the cache has changed; where it is `Infinity`, there is nothing to choose. */
  resize(capacity: number): void {
    const isNear = capacity < 2 * this.capacity && this.capacity < 2 * capacity
    // Were most of those who take part others than before, small windows would hold what is gone;
    // and before the first request there is nothing to keep.
    if (!isNear || this.entries > capacity || this.miniatures === undefined) {
      this.capacity = capacity
      this.entries = Math.min(capacity, Math.max(16, Math.min(64, Math.ceil(capacity / 8))))
      this.miniatures = undefined
      this.leads.fill(0)
    }
    this.threshold = NOBODY + Math.floor((this.entries / capacity) * (2 ** 32 - 1))
  }

  /** A key that has this hash was asked for; returns whether the window is to be another one. */
  request(hash: number): boolean {
    return (hash ^ NOBODY) < this.threshold && this.compare(hash)
  }

  private compare(hash: number): boolean {
    this.miniatures ??= new Miniatures(this.entries, SHARES)
    const hits = this.miniatures.request(hash)
    // If all hit or all miss, nobody gains.
    if (hits === 0 || hits === ALL) return false
    const { leads, current } = this
    let best = current
    for (let n = 0; n < leads.length; n++) {
      const gain = ((hits >> n) & 1) - ((hits >> current) & 1)
      leads[n] = Math.max(leads[n]! + gain, 0)
      if (leads[n]! > leads[best]!) best = n
    }
    if (leads[best]! <= this.advantage * this.entries) return false
    this.share = SHARES[best]!
    this.current = best
    leads.fill(0)
    this.advantage = Math.min(2 * this.advantage, LAST_ADVANTAGE)
    return true
  }
}
