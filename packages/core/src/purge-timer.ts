import { CacheError } from "./errors.ts"

/** As many entries are removed at a time, so that nothing else has to wait. */
const BATCH = 1_000

/** The longest time that timers know, about 25 days. */
const LONGEST = 2 ** 31 - 1

/** What runtimes have in common. */
interface Timers {
  setTimeout(callback: () => void, delay: number): { unref?(): void } | number
  clearTimeout(timeout: unknown): void
}

/**
 * Removes expired entries when they are due. It neither keeps the program running nor the cache in
 * memory.
 */
export class PurgeTimer {
  private readonly cache: WeakRef<{ purgeExpired(limit: number): number }>
  private readonly report: WeakRef<(error: unknown) => void>
  private timeout: unknown
  /** When it goes off, by the clock of the cache; `Infinity` if it does not. */
  private due: number

  /** `report` gets the errors, since nobody called. */
  constructor(cache: { purgeExpired(limit: number): number }, report: (error: unknown) => void) {
    const { setTimeout } = globalThis as unknown as Partial<Timers>
    if (typeof WeakRef === "undefined" || !setTimeout) {
      const message = '`purge` "timer" needs `WeakRef` and `setTimeout`'
      throw new CacheError("UNSUPPORTED", message)
    }
    this.cache = new WeakRef(cache)
    this.report = new WeakRef(report)
    this.timeout = undefined
    this.due = Infinity
  }

  /** It is to go off at `due`, or before. */
  set(due: number, now: number): void {
    if (due >= this.due) return
    this.stop()
    this.due = due
    const delay = Math.min(Math.max(Math.ceil(due - now), 0), LONGEST)
    const timeout = (globalThis as unknown as Timers).setTimeout(() => this.goOff(), delay)
    if (typeof timeout === "object") timeout.unref?.()
    this.timeout = timeout
  }

  stop(): void {
    ;(globalThis as unknown as Timers).clearTimeout(this.timeout)
    this.due = Infinity
  }

  private goOff(): void {
    this.due = Infinity
    try {
      this.cache.deref()?.purgeExpired(BATCH)
    } catch (error) {
      this.report.deref()?.(error)
    }
  }
}
