import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect } from "vitest"

setFlagsFromString("--expose-gc")
const gc = runInNewContext("gc") as () => void

/**
 * Collects garbage in the next turn of the event loop: a target of a `WeakRef` lives at least until
 * the current job has ended.
 */
async function collect(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  gc()
}

/** Collects all garbage: buffers are freed a while after their owners. */
export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round++) await collect()
}

/**
 * A word on the stack or in a register that is stale, and looks like a reference to the collector,
 * can keep an object or two. What leaks as a rule leaks more of a hundred than this.
 */
const STRAY = 5

/** Asks that of `refs`, however many they are, no more are still there than `most` and a few. */
export async function expectSurvivors(
  refs: readonly WeakRef<object>[],
  most: number,
  least = 0,
): Promise<void> {
  let alive = Infinity
  for (let round = 0; round < 5 && alive > most; round++) {
    await collect()
    alive = refs.filter((ref) => ref.deref() !== undefined).length
  }
  expect(refs.length, "enough to tell a leak").toBeGreaterThan(2 * STRAY + most)
  expect(alive).toBeGreaterThanOrEqual(least)
  expect(alive).toBeLessThanOrEqual(most + STRAY)
}
