/**
 * Keeps the results of running calls out of the cache where something newer has been said about
 * their key: it was deleted, primed, refreshed or cleared since the call began.
 *
 * A call notes `time` when it begins; a fence that is raised while it runs has a later time.
 *
 * A call that throws leaves `running` too high, since a `finally` in each frame would cost a deep
 * recursion a tenth of its depth. That is harmless: as long as `running` is not 0, fences are
 * raised, but they block only calls that began earlier. And it does not last, because no call is
 * running any more when the microtask runs that takes the fences down.
 */
export class Fences {
  /** At least as many as there are calls now running. */
  running: number
  time: number
  /** When a fence was raised last around all keys, that is when the cache was cleared. */
  cleared: number
  /** When a fence was raised last, by key. */
  private raised: Map<unknown, number> | undefined

  constructor() {
    this.running = 0
    this.time = 0
    this.cleared = 0
    this.raised = undefined
  }

  /** Blocks the results of all calls of `key` that are now running. */
  raise(key: unknown): void {
    if (!this.running) return
    if (!this.raised) {
      const raised = new Map<unknown, number>()
      // First, since what fails when the stack is full must not leave fences that stay.
      Promise.resolve().then(() => {
        this.running = 0
        this.raised = undefined
      })
      this.raised = raised
    }
    this.raised.set(key, ++this.time)
  }

  /** Whether there is a fence around `key` that was raised after `start`. */
  has(key: unknown, start = 0): boolean {
    // Without a fence, a comparison with undefined, which is false.
    return (this.raised?.get(key) as number) > start
  }
}
