import type { Cache } from "@evictionary/core"
import { memoize } from "@evictionary/memoize"
import { cacheMaker, type FoundStrategy } from "../strategies.ts"
import { expectedFib } from "./functions.ts"

/** A cache to compute with. */
export interface Subject {
  strategy: FoundStrategy
  capacity: number
}

/** What happened in one computation of fib. */
export interface FibCounts {
  /** How often the body of the function ran. */
  calls: number
  hits: number
  misses: number
  evictions: number
  /** Hits ÷ lookups. */
  hitRatio: number
}

/** Counts one computation, and checks its result. Without a subject, there is no cache. */
export async function countFib(question: { n: number; subject?: Subject }): Promise<FibCounts> {
  const { n, subject } = question
  if (subject === undefined) return countPlain(n)
  const makeCache = await cacheMaker<number, number>(subject.strategy)
  return countCached(n, makeCache(subject.capacity), Number.POSITIVE_INFINITY)
}

function countPlain(n: number): FibCounts {
  let calls = 0
  const fib = (n: number): number => {
    calls++
    return n < 2 ? n : fib(n - 1) + fib(n - 2)
  }
  check(n, fib(n))
  return { calls, hits: 0, misses: 0, evictions: 0, hitRatio: 0 }
}

class TooManyCalls extends Error {}

function countCached(n: number, cache: Cache<number, number>, limit: number): FibCounts {
  let calls = 0
  const fib = memoize((n: number): number => {
    if (++calls > limit) throw new TooManyCalls()
    return n < 2 ? n : fib(n - 1) + fib(n - 2)
  }, cache)
  check(n, fib(n))
  const { hits, misses } = fib.cacheInfo()
  return { calls, hits, misses, evictions: cache.stats.evictions, hitRatio: hits / (hits + misses) }
}

function check(n: number, result: number): void {
  if (result !== expectedFib(n)) {
    throw new Error(`fib(${n}) came out as ${result} instead of ${expectedFib(n)}`)
  }
}

/** Body calls of one computation for each capacity; `null` if there are more than `limit`. */
export async function countCalls(question: {
  n: number
  strategy: FoundStrategy
  capacities: readonly number[]
  limit: number
}): Promise<(number | null)[]> {
  const { n, strategy, capacities, limit } = question
  const makeCache = await cacheMaker<number, number>(strategy)
  return capacities.map((capacity) => {
    try {
      return countCached(n, makeCache(capacity), limit).calls
    } catch (error) {
      if (error instanceof TooManyCalls) return null
      throw error
    }
  })
}
