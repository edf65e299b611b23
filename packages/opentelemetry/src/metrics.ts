/** How the values of a metric add up: of a counter, over time too; of a gauge, not at all. */
export type Kind = "counter" | "gauge" | "up-down-counter"

/** What is told of caches, in the terms of OpenTelemetry's semantic conventions. */
export interface Metric {
  readonly name: string
  readonly kind: Kind
  /** As UCUM writes it; in braces, what is counted. */
  readonly unit: string
  readonly description: string
}

export type MetricKey =
  | "capacity"
  | "entries"
  | "hitRatio"
  | "loadFailures"
  | "loads"
  | "loadTime"
  | "loading"
  | "maxWeight"
  | "removals"
  | "requests"
  | "weight"

/**
 * The metrics, each with the attribute `evictionary.cache.name`. The semantic conventions have none
 * for caches, so their names begin with the name of the system, as those say; they are of this form
 * where .NET has the same.
 */
export const METRICS: Readonly<Record<MetricKey, Metric>> = {
  requests: {
    name: "evictionary.cache.requests",
    kind: "counter",
    unit: "{request}",
    description: "Lookups, by what came of them.",
  },
  removals: {
    name: "evictionary.cache.removals",
    kind: "counter",
    unit: "{entry}",
    description: "Entries that have left, by cause.",
  },
  entries: {
    name: "evictionary.cache.entry.count",
    kind: "up-down-counter",
    unit: "{entry}",
    description: "Entries in the cache.",
  },
  capacity: {
    name: "evictionary.cache.entry.limit",
    kind: "up-down-counter",
    unit: "{entry}",
    description: "The most entries that there may be.",
  },
  weight: {
    name: "evictionary.cache.weight.usage",
    kind: "up-down-counter",
    unit: "{weight}",
    description: "The weight of all entries, in the unit of the cache's weigher.",
  },
  maxWeight: {
    name: "evictionary.cache.weight.limit",
    kind: "up-down-counter",
    unit: "{weight}",
    description: "The most weight that there may be.",
  },
  hitRatio: {
    name: "evictionary.cache.hit_ratio",
    kind: "gauge",
    unit: "1",
    description: "Hits ÷ lookups since the counts began.",
  },
  loads: {
    name: "evictionary.cache.loads",
    kind: "counter",
    unit: "{load}",
    description: "Runs of the function that computes what is missing.",
  },
  loadFailures: {
    name: "evictionary.cache.load.failures",
    kind: "counter",
    unit: "{load}",
    description: "Those of them that have failed.",
  },
  loadTime: {
    name: "evictionary.cache.load.time",
    kind: "counter",
    unit: "s",
    description: "The time that they took together.",
  },
  loading: {
    name: "evictionary.cache.load.active",
    kind: "up-down-counter",
    unit: "{load}",
    description: "Those of them that have not ended.",
  },
}
