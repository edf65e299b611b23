import { type Sampled, sampleAsync } from "../sampling.ts"
import { ASYNC_CAPACITY, type AsyncKind, asyncKinds, asyncLength, prepareAsync } from "./calls.ts"
import { type AsyncMemoizer, memoizeAsyncWith } from "./memoizers.ts"

/** Why kinds of calls are not to be measured. */
export type AsyncWrong = { kind: AsyncKind; because: string }[]

/** Goes through calls of each kind, and finds which come out wrong. */
export async function examineAsync(question: { memoizer: AsyncMemoizer }): Promise<AsyncWrong> {
  const wrong: AsyncWrong = []
  for (const kind of asyncKinds) {
    const { work, runs, needed, pass, expected } = prepareAsync(kind)
    const memoized = await memoizeAsyncWith(question.memoizer, work, ASYNC_CAPACITY)
    const right = expected()
    if ((await pass(memoized)) !== right) {
      wrong.push({ kind, because: "a call got the result of another" })
    } else if (runs() !== needed) {
      wrong.push({ kind, because: "the function did not run as often as it has to" })
    }
  }
  return wrong
}

/** Times a call. */
export async function timeAsync(question: {
  memoizer: AsyncMemoizer
  kind: AsyncKind
}): Promise<Sampled> {
  const { memoizer, kind } = question
  const { work, pass } = prepareAsync(kind)
  const memoized = await memoizeAsyncWith(memoizer, work, ASYNC_CAPACITY)
  await pass(memoized)
  const { ns, consumed } = await sampleAsync(async (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + (await pass(memoized))) | 0
    return sum
  })
  return { ns: ns / asyncLength, consumed }
}
