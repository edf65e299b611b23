import type { TierClock } from "./clock.ts"

/** Those who wait until the lease of a key ends. */
export class Waits {
  private readonly clock: TierClock
  private readonly waiting: Map<string, Set<Wait>>

  constructor(clock: TierClock) {
    this.clock = clock
    this.waiting = new Map()
  }

  /** From now on it is noticed if the lease of `key` ends. Must be ended. */
  begin(key: string): Wait {
    const all = this.waiting.get(key) ?? new Set()
    this.waiting.set(key, all)
    const wait = new Wait(this.clock, () => {
      all.delete(wait)
      if (all.size === 0 && this.waiting.get(key) === all) this.waiting.delete(key)
    })
    all.add(wait)
    return wait
  }

  tell(key: string): void {
    for (const wait of this.waiting.get(key) ?? []) wait.tell()
  }

  tellAll(): void {
    for (const key of this.waiting.keys()) this.tell(key)
  }
}

export class Wait {
  private readonly clock: TierClock
  /** Waits no longer. */
  readonly end: () => void
  private told: boolean
  private wake: (() => void) | undefined

  constructor(clock: TierClock, end: () => void) {
    this.clock = clock
    this.end = end
    this.told = false
    this.wake = undefined
  }

  tell(): void {
    this.told = true
    this.wake?.()
  }

  /** Until the lease has ended, or `delay` has passed. */
  async upTo(delay: number): Promise<void> {
    if (this.told) return
    await new Promise<void>((resolve) => {
      const cancel = this.clock.after(delay, resolve)
      this.wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
