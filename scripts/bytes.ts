import { deep } from "./deep.ts"
import { collectGarbage } from "./garbage.ts"

const TRIALS = deep ? 5 : 3

/** What is in use once all that can be freed has been; buffers are freed a while after their owners. */
async function bytesInUse(): Promise<number> {
  await collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes held by what `make` returns: the median of some trials, since others allocate as well. */
export async function bytesOf(make: () => unknown): Promise<number> {
  const trials: number[] = []
  let kept: unknown
  for (let trial = 0; trial < TRIALS; trial++) {
    // What the trial before has made would count as there already.
    kept = undefined
    const before = await bytesInUse()
    kept = make()
    trials.push((await bytesInUse()) - before)
    if (kept === undefined) throw new Error("nothing was made")
  }
  return trials.sort((a, b) => a - b)[(TRIALS - 1) / 2] as number
}
