import { sample } from "../sampling.ts"
import { type Calls, lengthOf, prepare } from "./calls.ts"
import { type Memoizer, memoizeWith } from "./memoizers.ts"

/** Times a call of a memoized function that is a hit. */
export async function timeMemoized(question: {
  memoizer: Memoizer
  calls: Calls
}): Promise<{ ns: number; consumed: number }> {
  const { memoizer, calls } = question
  const { work, pass } = prepare(calls)
  const memoizedPass = pass(await memoizeWith(memoizer, work, calls.capacity))
  memoizedPass()
  const { ns, consumed } = sample((times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + memoizedPass()) | 0
    return sum
  })
  return { ns: ns / lengthOf(calls), consumed }
}
