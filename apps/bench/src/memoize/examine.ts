import { type Calls, callKinds, prepare } from "./calls.ts"
import { findMemoizerFaults, type MemoizerFault } from "./faults.ts"
import { type Memoizer, memoizeWith } from "./memoizers.ts"

export interface MemoizerExamination {
  faults: MemoizerFault[]
  /** Calls whose results are not to be used, and why. */
  wrong: { calls: Calls; because: string }[]
}

/**
 * Finds what a memoizer does otherwise, and which calls it gets wrong; `patience` is how many
 * milliseconds each kind of calls may take.
 */
export async function examineMemoizer(question: {
  memoizer: Memoizer
  patience?: number
}): Promise<MemoizerExamination> {
  const { memoizer, patience = PATIENCE } = question
  const wrong: MemoizerExamination["wrong"] = []
  for (const calls of callKinds) {
    const because = await complaint(memoizer, calls, patience)
    if (because !== undefined) wrong.push({ calls, because })
  }
  return { faults: await findMemoizerFaults(memoizer), wrong }
}

/** Why there is no figure of those who search all calls for one. */
export const SLOW = "seconds pass until all calls are cached"

/** Milliseconds; who does not search needs a tenth of that. */
const PATIENCE = 2_000

async function complaint(
  memoizer: Memoizer,
  calls: Calls,
  patience: number,
): Promise<string | undefined> {
  const end = performance.now() + patience
  const { work, runs, pass, expected } = prepare(calls, () => {
    if (performance.now() > end) throw new Error(SLOW)
  })
  const memoizedPass = pass(await memoizeWith(memoizer, work, calls.capacity))
  try {
    if (memoizedPass() !== expected()) return "a call got the result of another"
  } catch {
    return SLOW
  }
  if (runs() !== calls.live) return "a call that there was room for was computed again"
  return undefined
}
