import type { AsyncWork } from "./rivals.ts"

export const asyncKinds = ["hit", "join", "miss"] as const
export type AsyncKind = (typeof asyncKinds)[number]

export const asyncMeanings: Record<AsyncKind, string> = {
  hit: "the result is cached; calls are awaited one after the other",
  join: "the call before, for the same key, is still running; a batch of calls is awaited together",
  miss: "the function has to run, and another result leaves; awaited one after the other",
}

/** So many results are cached. */
export const ASYNC_CAPACITY = 1_000

/** Calls in a pass, and those of them that are made together. */
const [LENGTH, TOGETHER] = [4_096, 64]

/** A function, and passes of calls to it. */
export interface PreparedAsync {
  work: AsyncWork
  /** How often the body of `work` has run. */
  runs(): number
  /** How often it has to run in a first pass. */
  needed: number
  /** Goes through all calls, and returns the sum of their results. */
  pass(memoized: AsyncWork): Promise<number>
  /** What the next pass returns if every call has its own result. */
  expected(): number
}

export const asyncLength = LENGTH

export function prepareAsync(kind: AsyncKind): PreparedAsync {
  let runs = 0
  let passes = 0
  const work: AsyncWork = async (a) => {
    runs++
    return resultOf(a)
  }
  const keyOf = (pass: number, i: number): number => {
    if (kind === "hit") return i % ASYNC_CAPACITY
    return pass * LENGTH + (kind === "join" ? Math.floor(i / TOGETHER) * TOGETHER : i)
  }
  const oneByOne = async (memoized: AsyncWork, pass: number) => {
    let sum = 0
    for (let i = 0; i < LENGTH; i++) sum = (sum + (await memoized(keyOf(pass, i)))) | 0
    return sum
  }
  const together = async (memoized: AsyncWork, pass: number) => {
    let sum = 0
    for (let i = 0; i < LENGTH; i += TOGETHER) {
      const calls: Promise<number>[] = []
      for (let j = 0; j < TOGETHER; j++) calls.push(memoized(keyOf(pass, i + j)))
      for (const result of await Promise.all(calls)) sum = (sum + result) | 0
    }
    return sum
  }
  return {
    work,
    runs: () => runs,
    needed: { hit: ASYNC_CAPACITY, join: LENGTH / TOGETHER, miss: LENGTH }[kind],
    pass: (memoized) => (kind === "join" ? together : oneByOne)(memoized, passes++),
    expected() {
      let sum = 0
      for (let i = 0; i < LENGTH; i++) sum = (sum + resultOf(keyOf(passes, i))) | 0
      return sum
    },
  }
}

function resultOf(a: number): number {
  return 31 * a + 1
}
