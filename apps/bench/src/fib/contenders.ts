import type { Host } from "../host.ts"
import type { Case } from "../rounds.ts"
import type { FoundStrategy } from "../strategies.ts"
import type { FibCounts, Subject } from "./count.ts"
import { expectedFib } from "./functions.ts"

export interface FibOptions {
  n: number
  capacity: number
  rounds: number
  strategies: FoundStrategy[]
}

/** Somebody who can compute fib, be watched, and be timed. */
export interface Contender extends Case {
  /** `lru(128)`, or `no cache`. */
  name: string
  runtime: "node" | "python"
  /** None without a cache. */
  strategy?: string
  /** None where there is no bound. */
  capacity?: number
  /** Counts one computation, apart from those that are timed, and checks its result. */
  count(): Promise<FibCounts>
}

/** For Fibonacci, three entries are enough under LRU, and two are far from it. */
const SMALL = [3, 2]

/** Ours: no cache, then every strategy, LRU with small capacities too. */
export function contenders({ n, capacity, strategies }: FibOptions, host: Host): Contender[] {
  const contender = (name: string, subject?: Subject): Contender => {
    const question = { n, ...(subject && { subject }) }
    return {
      name,
      runtime: "node",
      ...(subject && { strategy: subject.strategy.strategyName }),
      ...(subject && !subject.strategy.neverEvicts && { capacity: subject.capacity }),
      count: () => host.ask("countFib", question),
      measure: async () => (await host.ask("timeFib", question)).ns,
    }
  }
  return [
    contender("no cache"),
    ...strategies.flatMap((strategy) => {
      const { strategyName: name, neverEvicts } = strategy
      if (neverEvicts) return contender(name, { strategy, capacity })
      const capacities = new Set([capacity, ...(name === "lru" ? SMALL : [])])
      return [...capacities].map((capacity) =>
        contender(`${name}(${capacity})`, { strategy, capacity }),
      )
    }),
  ]
}

/** The same two in Python: with its own memoizer, and without. */
export async function pythonContenders(
  { n, capacity }: FibOptions,
  host: Host,
): Promise<{ version: string; contenders: Contender[] }> {
  const { version, hits, misses, evictions } = await host.timePython(n, capacity)
  const counts = { calls: misses, hits, misses, evictions, hitRatio: hits / (hits + misses) }
  // The same function without a cache makes the same number of calls in every language.
  const calls = 2 * expectedFib(n + 1) - 1
  const contenders: Contender[] = [
    {
      name: "no cache",
      runtime: "python",
      count: async () => ({ calls, hits: 0, misses: 0, evictions: 0, hitRatio: 0 }),
      measure: async () => (await host.timePython(n)).ns,
      once: true,
    },
    {
      name: `lru_cache(${capacity})`,
      runtime: "python",
      strategy: "lru_cache",
      capacity,
      count: async () => counts,
      measure: async () => (await host.timePython(n, capacity)).ns,
    },
  ]
  return { version, contenders }
}
