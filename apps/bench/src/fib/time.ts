import { type Batch, type Sampled, sample } from "../sampling.ts"
import { cacheMaker } from "../strategies.ts"
import type { Subject } from "./count.ts"
import { cachedFib, plainFib } from "./functions.ts"

/**
 * Times one computation of fib from nothing. Before each the cache is cleared, as Python's is, and
 * that is part of the time.
 */
export async function timeFib(question: { n: number; subject?: Subject }): Promise<Sampled> {
  const { n, subject } = question
  if (subject === undefined) return sample(repeat(() => plainFib(n)))
  const makeCache = await cacheMaker<number, number>(subject.strategy)
  const fib = cachedFib(makeCache(subject.capacity))
  return sample(
    repeat(() => {
      fib.clear()
      return fib(n)
    }),
  )
}

function repeat(compute: () => number): Batch {
  return (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + compute()) | 0
    return sum
  }
}
