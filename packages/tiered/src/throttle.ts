import type { TierClock } from "./clock.ts"
import type { TierErrorListener, TierOperation } from "./options.ts"

/** Milliseconds between two errors of one operation. */
const PAUSE = 1_000

/** A listener that is told of one error for each operation and second: an outage has thousands. */
export function throttled(listener: TierErrorListener, clock: TierClock): TierErrorListener {
  const last = new Map<TierOperation, number>()
  return (error, operation, key) => {
    const now = clock.now()
    if (now - (last.get(operation) ?? -Infinity) < PAUSE) return
    last.set(operation, now)
    return listener(error, operation, key)
  }
}
