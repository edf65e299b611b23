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

/** Capacities at which only the calls are counted, and where that ends. */
export interface LittleRoom {
  capacities: readonly number[]
  limit: number
}

export interface Counted {
  /** For each of the capacities. */
  counts: FibCounts[]
  /** Body calls with little room, if they were asked for; `null` where they are more than the limit. */
  littleRoom: (number | null)[]
}

/** Counts computations, and checks their results. Without a strategy, there is no cache. */
export async function countFib(question: {
  n: number
  strategy?: FoundStrategy
  capacities: readonly number[]
  littleRoom?: LittleRoom
}): Promise<Counted> {
  const { n, strategy, capacities, littleRoom } = question
  if (strategy === undefined) return { counts: [countPlain(n)], littleRoom: [] }
  const makeCache = await cacheMaker<number, number>(strategy)
  return {
    counts: capacities.map((capacity) => countCached(n, makeCache(capacity))),
    littleRoom: littleRoom ? countCalls(n, makeCache, littleRoom) : [],
  }
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

function countCached(n: number, cache: Cache<number, number>, limit = Infinity): FibCounts {
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

function countCalls(
  n: number,
  makeCache: (capacity: number) => Cache<number, number>,
  { capacities, limit }: LittleRoom,
): (number | null)[] {
  return capacities.map((capacity) => {
    try {
      return countCached(n, makeCache(capacity), limit).calls
    } catch (error) {
      if (error instanceof TooManyCalls) return null
      throw error
    }
  })
}
