import { invalid } from "@evictionary/core"

/** A cache, as far as it is looked at. All of ours are one. */
export interface ObservedCache {
  readonly size: number
  readonly capacity: number
  readonly weight: number
  readonly maxWeight: number
  readonly stats: {
    readonly hits: number
    readonly misses: number
    readonly evictions: number
    readonly expirations: number
    readonly deletes: number
  }
}

/** A function that `memoize` or `memoizeAsync` has made; the second tells more. */
export interface ObservedFunction {
  (...args: never[]): unknown
  readonly cache: unknown
  cacheInfo(): {
    readonly hits: number
    readonly misses: number
    readonly size: number | undefined
    readonly capacity: number | undefined
    readonly joins?: number
    readonly loads?: number
    readonly failures?: number
    readonly loading?: number
    readonly meanLoadTime?: number
  }
}

/** A cache in front of a server, of `tiered`. */
export interface ObservedTiers {
  readonly cache: unknown
  readonly stats: {
    readonly hits: Readonly<Record<string, number>>
    readonly tier: { readonly hits: number; readonly misses: number; readonly failures: number }
    readonly joins: number
    readonly loads: number
    readonly loadFailures: number
  }
}

export type Observed = ObservedCache | ObservedFunction | ObservedTiers

export function isFunction(observed: Observed): observed is ObservedFunction {
  return typeof observed === "function"
}

export function hasTiers(observed: Observed): observed is ObservedTiers {
  return !isFunction(observed) && "cache" in observed
}

/**
 * What is to be observed, by name, read and found right.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if a name is empty, or what it names cannot be observed.
 */
export function entriesOf(
  caches: Readonly<Record<string, Observed>>,
): [name: string, observed: Observed][] {
  if (typeof caches !== "object" || caches === null) {
    throw invalid("INVALID_ARGUMENT", "caches", "an object", caches)
  }
  const entries = Object.entries(caches)
  for (const [name, observed] of entries) {
    if (name === "") throw invalid("INVALID_ARGUMENT", "name", "a text that is not empty", name)
    if (!isObserved(observed)) {
      const must = "a cache, a memoized function or a tiered cache"
      throw invalid("INVALID_ARGUMENT", name, must, observed)
    }
  }
  return entries
}

function isObserved(value: unknown): boolean {
  if (typeof value === "function") return "cacheInfo" in value
  return typeof value === "object" && value !== null && "stats" in value
}
