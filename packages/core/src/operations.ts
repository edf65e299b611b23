import { ASKED, GHOSTS, HEARD, TIMED, TORN, TRACKED, WATCHED, WEIGHED } from "./entries.ts"
import { HIT, INSERT, MISS, REMOVAL, UPDATE } from "./listeners.ts"
import type { AnyOptions } from "./options.ts"
import { PurgeTimer } from "./purge-timer.ts"
import { Renewal } from "./renewal.ts"
import type { StrategyTraits } from "./strategy.ts"

/** What every operation begins and ends with. */
export abstract class Operations<K, V> extends Renewal<K, V> {
  protected readonly timer: PurgeTimer | undefined

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>, own: object, length: number) {
    super(strategy, options, own, length)
    this.timer = options.purge === "timer" ? new PurgeTimer(this, this.listeners.report) : undefined
    if (options.onRemoval !== undefined) this.listeners.add({ onRemoval: options.onRemoval })
    this.simplify()
  }

  abstract purgeExpired(limit: number): number

  /** Finds out what may be asked for, and what needs not be looked at. */
  protected simplify(): void {
    let special = this.special & TORN
    if (this.remembers) special |= GHOSTS
    if (this.expiry !== undefined) special |= this.expiry.usual >= 0 ? TIMED : TIMED | ASKED
    if (this.bound === 0 || this.weights !== undefined) special |= WEIGHED
    if (this.listeners.hear(HIT, MISS)) special |= HEARD
    if (this.listeners.hear(UPDATE, REMOVAL)) special |= WATCHED
    if (this.listeners.hear(INSERT)) special |= TRACKED
    this.special = special
  }

  /** An operation begins that changes more than one structure; no code of the user's runs in it. */
  protected begin(): void {
    this.expiry?.tick()
    this.open()
  }

  /** As `begin`, when the clock has been looked at. */
  protected open(): void {
    if (this.special & TORN) this.mend()
    this.special |= TORN
  }

  /** It is whole. */
  protected end(): void {
    this.special &= ~TORN
    this.conclude()
  }

  /** The timer is set, and listeners are told. */
  protected conclude(): void {
    this.setTimer()
    if (this.listeners.first !== undefined) this.listeners.settle()
  }

  protected setTimer(): void {
    const { expiry, timer } = this
    if (expiry !== undefined && timer !== undefined) timer.set(expiry.nextDue, expiry.now)
  }
}
