import {
  type Cache,
  checkCount,
  invalid,
  type Strategy,
  type UnboundedStrategy,
} from "@evictionary/core"
import type { Key } from "./traffic.ts"

/** Makes a cache with room for so many entries: a strategy does, or a function around one. */
export type CacheMaker = (options: { capacity: number }) => Cache<Key, number>

/**
 * What to compare: strategies, or, by the names that the results shall have, strategies and
 * functions that make caches, such as `({ capacity }) => slru({ capacity, protected: 0.5 })`.
 * Strategies that never evict are left out, since `unbounded` is always there.
 */
export type Contenders =
  | readonly (Strategy | UnboundedStrategy)[]
  | Readonly<Record<string, CacheMaker | Pick<UnboundedStrategy, "neverEvicts">>>

/** The makers by name. */
export function contendersIn(strategies: Contenders): Map<string, CacheMaker> {
  if (typeof strategies !== "object" || strategies === null) {
    throw invalid("INVALID_OPTION", "strategies", "an array or an object of strategies", strategies)
  }
  const named: [string, unknown][] = Array.isArray(strategies)
    ? strategies.map((strategy: Strategy) => [strategy?.strategyName, strategy])
    : Object.entries(strategies)
  const makers = new Map<string, CacheMaker>()
  for (const [name, maker] of named) {
    if (typeof maker !== "function" || name === undefined) {
      throw invalid("INVALID_OPTION", "strategies", "an array or an object of strategies", maker)
    }
    if (makers.has(name)) {
      throw invalid("INVALID_OPTION", "strategies", "strategies with names of their own", name)
    }
    if (!(maker as Partial<UnboundedStrategy>).neverEvicts) makers.set(name, maker as CacheMaker)
  }
  return makers
}

/** The capacities, which are found right, and do not change any more. */
export function checkedCapacities(capacities: readonly number[]): number[] {
  if (!Array.isArray(capacities)) {
    throw invalid("INVALID_OPTION", "capacities", "an array of numbers", capacities)
  }
  const checked: number[] = [...capacities]
  for (const capacity of checked) checkCount("INVALID_OPTION", "capacities", capacity)
  return checked
}
