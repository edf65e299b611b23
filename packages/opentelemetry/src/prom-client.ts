import { CacheError, reporter } from "@evictionary/core"
import { METRICS, type Metric } from "./metrics.ts"
import { entriesOf, type Observed } from "./observed.ts"
import { readAll } from "./readings.ts"

/** What is used of the module `prom-client`. */
export interface PromClient {
  readonly Counter: PromMetricClass
  readonly Gauge: PromMetricClass
  readonly register: PromRegistry
}

/** As it is declared there, what it takes could not be said without the types of that module. */
type PromMetricClass = new (configuration: never) => object

interface PromConfiguration {
  name: string
  help: string
  labelNames: string[]
  registers: PromRegistry[]
  collect(this: PromMetric): void
}

interface PromMetric {
  reset(): void
  inc(labels: Record<string, string>, value: number): void
}

export interface PromRegistry {
  getSingleMetric(name: string): unknown
  removeSingleMetric(name: string): void
}

const LABELS = [
  "evictionary.cache.name",
  "evictionary.cache.request.type",
  "evictionary.cache.removal.cause",
  "evictionary.cache.tier",
]

/**
 * As `observeCaches`, with a registry of prom-client, `client.register` by default: the caches are
 * read when that is. Names and labels are those that OpenTelemetry's metrics have in Prometheus.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` as `observeCaches`, and if the registry has caches
 * already: it takes all of them at once.
 *
 * @example
 * ```ts
 * import * as client from "prom-client"
 *
 * const end = exposeCaches(client, { users, pages })
 * ```
 */
export function exposeCaches(
  client: PromClient,
  caches: Readonly<Record<string, Observed>>,
  register: PromRegistry = client.register,
): () => void {
  const entries = entriesOf(caches)
  if (register.getSingleMetric(promName(METRICS.requests))) {
    throw new CacheError("INVALID_ARGUMENT", "the registry has caches already")
  }
  const report = reporter()
  const mine = Object.entries(METRICS).map(([key, metric]) => {
    const Metric = (metric.kind === "counter" ? client.Counter : client.Gauge) as new (
      configuration: PromConfiguration,
    ) => object
    const name = promName(metric)
    const registered = new Metric({
      name,
      help: metric.description,
      labelNames: LABELS.map(promText),
      registers: [register],
      collect() {
        this.reset()
        for (const { metric, value, attributes } of readAll(entries, report)) {
          if (metric === key) this.inc(promLabels(attributes), value)
        }
      },
    })
    return { name, registered }
  })
  return () => {
    for (const { name, registered } of mine) {
      if (register.getSingleMetric(name) === registered) register.removeSingleMetric(name)
    }
  }
}

function promName({ name, kind, unit }: Metric): string {
  return `${promText(name)}${unit === "s" ? "_seconds" : ""}${kind === "counter" ? "_total" : ""}`
}

function promLabels(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [promText(name), value]),
  )
}

function promText(name: string): string {
  return name.replaceAll(".", "_")
}
