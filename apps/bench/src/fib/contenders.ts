import type { Host } from "../host.ts"
import type { Case } from "../rounds.ts"
import type { FoundStrategy } from "../strategies.ts"
import type { FibCounts, Subject } from "./count.ts"
import { plainCalls } from "./functions.ts"
import type { PythonCounts } from "./python.ts"

export interface FibOptions {
  n: number
  capacity: number
  rounds: number
  strategies: FoundStrategy[]
}

/** Somebody who can compute fib, and be timed. */
export interface Contender extends Case {
  /** `lru(128)`, or `no cache`. */
  name: string
  runtime: "node" | "python"
  /** None without a cache. */
  strategy?: string
  /** None where there is no bound. */
  capacity?: number
  /** It is so slow that this `fib` is timed; its time is multiplied as the calls are more. */
  timedAt?: number
}

/** Those of ours that have the same strategy, or no cache: they are counted together. */
export interface Group {
  /** What they are counted with, in the order of the contenders. */
  strategy?: FoundStrategy
  capacities: number[]
  contenders: Contender[]
}

/** For Fibonacci, three entries are enough under LRU, and two are far from it. */
const SMALL = [3, 2]

/** No cache, then every strategy, LRU with small capacities too. */
export function ours({ n, capacity, strategies }: FibOptions, host: Host): Group[] {
  const contender = (name: string, subject?: Subject): Contender => {
    const question = { n, ...(subject && { subject }) }
    return {
      name,
      runtime: "node",
      ...(subject && { strategy: subject.strategy.strategyName }),
      ...(subject && !subject.strategy.neverEvicts && { capacity: subject.capacity }),
      measure: async () => (await host.ask("timeFib", question)).ns,
    }
  }
  return [
    { capacities: [], contenders: [contender("no cache")] },
    ...strategies.map((strategy) => {
      const { strategyName: name, neverEvicts } = strategy
      const capacities = [...new Set([capacity, ...(name === "lru" ? SMALL : [])])]
      const contenders = capacities.map((capacity) =>
        contender(neverEvicts ? name : `${name}(${capacity})`, { strategy, capacity }),
      )
      return { strategy, capacities, contenders }
    }),
  ]
}

/** A second of plain Python, or several, is in `fib(36)`; in this one, some milliseconds. */
const LONGEST_PYTHON = 25

/** No cache and Python's own memoizer, each with its counts. */
export function pythons(
  { n, capacity }: FibOptions,
  { hits, misses, evictions }: PythonCounts,
  { python }: Host,
): { contenders: Contender[]; counts: FibCounts[] } {
  const calls = plainCalls(n)
  const timedAt = Math.min(n, LONGEST_PYTHON)
  return {
    contenders: [
      {
        name: "no cache",
        runtime: "python",
        ...(timedAt < n && { timedAt }),
        measure: async () => (await python.time(timedAt)) * (calls / plainCalls(timedAt)),
      },
      {
        name: `lru_cache(${capacity})`,
        runtime: "python",
        strategy: "lru_cache",
        capacity,
        measure: () => python.time(n, capacity),
      },
    ],
    counts: [
      { calls, hits: 0, misses: 0, evictions: 0, hitRatio: 0 },
      { calls: misses, hits, misses, evictions, hitRatio: hits / (hits + misses) },
    ],
  }
}
