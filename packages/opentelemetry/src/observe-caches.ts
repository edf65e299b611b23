import { CacheError, reporter } from "@evictionary/core"
import { METRICS, type Metric, type MetricKey } from "./metrics.ts"
import { entriesOf, type Observed } from "./observed.ts"
import { readAll } from "./readings.ts"

/** What is used of the `Meter` of `@opentelemetry/api`, from 1.3 on. */
export interface Meter {
  createObservableCounter(name: string, options: InstrumentOptions): object
  createObservableGauge(name: string, options: InstrumentOptions): object
  createObservableUpDownCounter(name: string, options: InstrumentOptions): object
  addBatchObservableCallback(callback: ObservableCallback, instruments: object[]): void
  removeBatchObservableCallback(callback: ObservableCallback, instruments: object[]): void
}

type InstrumentOptions = Pick<Metric, "description" | "unit">

type ObservableCallback = (result: {
  observe(instrument: object, value: number, attributes: Record<string, string>): void
}) => void

/** The names in use with a meter. */
const NAMES = new WeakMap<Meter, Set<string>>()

/**
 * Registers asynchronous instruments with `meter` for all {@link METRICS} of the caches, each under
 * its name. They are read when metrics are collected, and cost a lookup nothing. Returns the
 * function that ends it; until then the caches are held.
 *
 * What a cache throws while it is read is reported to the host as a warning, at most once a minute;
 * the others are read all the same.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if a name is empty, or in use with this meter, or what it
 * names is none of what can be observed; then nothing is registered.
 *
 * @example
 * ```ts
 * const end = observeCaches(metrics.getMeter("my-service"), { users, pages })
 * ```
 */
export function observeCaches(
  meter: Meter,
  caches: Readonly<Record<string, Observed>>,
): () => void {
  const entries = entriesOf(caches)
  const names = NAMES.get(meter) ?? new Set()
  for (const [name] of entries) {
    if (!names.has(name)) continue
    throw new CacheError("INVALID_ARGUMENT", `\`${name}\` is observed with this meter already`)
  }
  const report = reporter()
  const instruments = Object.fromEntries(
    Object.entries(METRICS).map(([metric, description]) => [metric, create(meter, description)]),
  ) as Record<MetricKey, object>
  const all = Object.values(instruments)
  const callback: ObservableCallback = (result) => {
    for (const { metric, value, attributes } of readAll(entries, report)) {
      result.observe(instruments[metric], value, attributes)
    }
  }
  meter.addBatchObservableCallback(callback, all)
  NAMES.set(meter, names)
  for (const [name] of entries) names.add(name)
  return () => {
    meter.removeBatchObservableCallback(callback, all)
    for (const [name] of entries.splice(0)) names.delete(name)
  }
}

function create(meter: Meter, { name, kind, unit, description }: Metric): object {
  const options = { unit, description }
  if (kind === "counter") return meter.createObservableCounter(name, options)
  if (kind === "gauge") return meter.createObservableGauge(name, options)
  return meter.createObservableUpDownCounter(name, options)
}
