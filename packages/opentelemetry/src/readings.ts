import type { MetricKey } from "./metrics.ts"
import {
  hasTiers,
  isFunction,
  type Observed,
  type ObservedCache,
  type ObservedFunction,
  type ObservedTiers,
} from "./observed.ts"

/** A value of a metric now, with its attributes. */
export interface Reading {
  readonly metric: MetricKey
  readonly value: number
  readonly attributes: Record<string, string>
}

/** What became of lookups, and of how many. */
interface Outcome {
  readonly type: "failure" | "hit" | "join" | "miss"
  readonly tier?: "local" | "shared"
  readonly count: number | undefined
}

/**
 * Reads all caches. One that throws is left out, whole, and `report` is told; the others do not
 * suffer from it.
 */
export function readAll(
  entries: Iterable<readonly [name: string, observed: Observed]>,
  report: (error: unknown) => void,
): Reading[] {
  const all: Reading[] = []
  for (const [name, observed] of entries) {
    try {
      for (const { attributes, ...reading } of readingsOf(observed)) {
        all.push({ ...reading, attributes: { "evictionary.cache.name": name, ...attributes } })
      }
    } catch (error) {
      report(error)
    }
  }
  return all
}

function readingsOf(observed: Observed): Reading[] {
  if (isFunction(observed)) return ofFunction(observed)
  return hasTiers(observed) ? ofTiers(observed) : ofCache(observed)
}

function ofCache(cache: ObservedCache): Reading[] {
  const { hits, misses } = cache.stats
  const outcomes: Outcome[] = [
    { type: "hit", count: hits },
    { type: "miss", count: misses },
  ]
  return [...requests(outcomes), ...contents(cache)]
}

function ofFunction(memoized: ObservedFunction): Reading[] {
  const { hits, misses, joins, loads, failures, loading, meanLoadTime } = memoized.cacheInfo()
  return [
    ...requests([
      { type: "hit", count: hits },
      { type: "miss", count: misses },
      { type: "join", count: joins },
    ]),
    ...read("loads", loads),
    ...read("loadFailures", failures),
    ...read("loadTime", meanLoadTime && (loads! * meanLoadTime) / 1_000),
    ...read("loading", loading),
    ...contents(memoized.cache),
  ]
}

function ofTiers({ cache, stats }: ObservedTiers): Reading[] {
  const local = Object.values(stats.hits).reduce((sum, count) => sum + count, 0)
  return [
    ...requests([
      { type: "hit", tier: "local", count: local },
      { type: "hit", tier: "shared", count: stats.tier.hits },
      { type: "miss", count: stats.tier.misses },
      { type: "failure", count: stats.tier.failures },
      { type: "join", count: stats.joins },
    ]),
    ...read("loads", stats.loads),
    ...read("loadFailures", stats.loadFailures),
    ...contents(cache),
  ]
}

function requests(outcomes: readonly Outcome[]): Reading[] {
  const sum = (some: readonly Outcome[]) => some.reduce((sum, { count = 0 }) => sum + count, 0)
  const hits = sum(outcomes.filter(({ type }) => type === "hit"))
  return [
    ...outcomes.flatMap(({ type, tier, count }) =>
      read("requests", count, {
        "evictionary.cache.request.type": type,
        ...(tier && { "evictionary.cache.tier": tier }),
      }),
    ),
    // Before the first lookup there is none.
    ...read("hitRatio", hits / sum(outcomes)),
  ]
}

/** What is in a cache, as far as it tells; that of others may be behind a memoized function. */
function contents(cache: unknown): Reading[] {
  if (typeof cache === "object" && cache !== null && "cache" in cache) return contents(cache.cache)
  const { size, capacity, weight, maxWeight, stats } = (cache ?? {}) as Partial<ObservedCache>
  const removals = (count: unknown, cause: string) =>
    read("removals", count, { "evictionary.cache.removal.cause": cause })
  return [
    ...removals(stats?.evictions, "evicted"),
    ...removals(stats?.expirations, "expired"),
    ...removals(stats?.deletes, "deleted"),
    ...read("entries", size),
    ...read("capacity", capacity),
    ...read("weight", weight),
    ...read("maxWeight", maxWeight),
  ]
}

/** Nothing, if there is no number, or no bound. */
function read(
  metric: MetricKey,
  value: unknown,
  attributes: Reading["attributes"] = {},
): Reading[] {
  return Number.isFinite(value) ? [{ metric, value: value as number, attributes }] : []
}
