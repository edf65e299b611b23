import type { TierClock } from "./clock.ts"

interface Timer {
  readonly time: number
  readonly callback: () => void
}

/** A clock that goes when it is told to: so a test takes no time, and ends the same every time. */
export class VirtualClock implements TierClock {
  private time: number
  private timers: Timer[]

  constructor() {
    this.time = 0
    this.timers = []
  }

  now(): number {
    return this.time
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { time: this.time + delay, callback }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((each) => each !== timer)
    }
  }

  /** Lets time pass: everything whose time comes happens in order, with all that it leads to. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds
    await quiet()
    for (;;) {
      const next = this.timers.reduce<Timer | undefined>(
        (first, each) => (first && first.time <= each.time ? first : each),
        undefined,
      )
      if (!next || next.time > end) break
      this.timers = this.timers.filter((each) => each !== next)
      this.time = Math.max(this.time, next.time)
      next.callback()
      await quiet()
    }
    this.time = end
  }
}

/** Until all promises are settled that need no time. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
