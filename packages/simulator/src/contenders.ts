import {
  type Cache,
  CacheError,
  checkCount,
  invalid,
  type Strategy,
  type UnboundedStrategy,
} from "@evictionary/core"
import type { Block, Key } from "./traffic.ts"

/** What there is room for: a number of entries, or so many bytes. */
export interface CacheBounds {
  /** `Infinity` if bytes are bounded. */
  capacity: number
  maxWeight?: number | undefined
  /** Returns the size that is the value. */
  weigher?: ((size: number) => number) | undefined
}

/** Makes a cache with these bounds: a strategy does, or a function around one. */
export type CacheMaker = (bounds: CacheBounds) => Cache<Key, number>

/** What capacities are counted in. */
export type Unit = "bytes" | "entries"

/** A cache with so much room. */
export function cacheWith(make: CacheMaker, capacity: number, by: Unit): Cache<Key, number> {
  if (by === "entries") return make({ capacity })
  const cache = make({ capacity: Infinity, maxWeight: capacity, weigher: (size) => size })
  if (cache.maxWeight !== capacity) {
    const must = "strategies, or functions that make caches with all the bounds that they are given"
    throw invalid("INVALID_OPTION", "strategies", must, make)
  }
  return cache
}

/** Throws unless `by` is a unit. */
export function checkUnit(by: Unit): void {
  if (by !== "bytes" && by !== "entries") {
    throw invalid("INVALID_OPTION", "by", '"entries" or "bytes"', by)
  }
}

/** Throws unless the sizes are known that capacities in this unit are about. */
export function checkSizes({ keys, sizes }: Block, by: Unit): void {
  if (by === "bytes" && sizes === undefined && keys.length > 0) {
    throw new CacheError("INVALID_ARGUMENT", "`traffic` must have sizes, for capacities in bytes")
  }
}

/**
 * What to compare: strategies, or, by the names that the results shall have, strategies and
 * functions that make caches, such as `(bounds) => slru({ ...bounds, protected: 0.5 })`.
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
