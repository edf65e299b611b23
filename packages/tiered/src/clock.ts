import type { Clock } from "@evictionary/core"

/** Tells the time, and when a time has come. Milliseconds, from any beginning. */
export interface TierClock extends Clock {
  /**
   * Calls back when `delay` has passed. Returns the function that cancels it. It does not keep a
   * program running.
   */
  after(delay: number, callback: () => void): () => void
}

/** The longest time that timers know, about 25 days. */
const LONGEST = 2_147_483_647

/**
 * The clock of the machine. When a time has come, the event loop makes one more round first: if it
 * was busy until now, an answer that came in time may lie unread in its socket.
 */
export const machineClock: TierClock = {
  now: () => performance.now(),
  after(delay, callback) {
    let immediate: NodeJS.Immediate | undefined
    const timeout = setTimeout(
      () => {
        immediate = setImmediate(callback)
      },
      Math.min(delay, LONGEST),
    )
    timeout.unref()
    return () => {
      clearTimeout(timeout)
      clearImmediate(immediate)
    }
  },
}

/** Rejects with `late()` if `answer` has not come when `budget` milliseconds have passed. */
export function inTime<T>(
  clock: TierClock,
  budget: number,
  answer: Promise<T>,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(budget, () => reject(late()))
    answer.then(
      (value) => {
        cancel()
        resolve(value)
      },
      (error: unknown) => {
        cancel()
        reject(error)
      },
    )
  })
}
