import type { ResourceMetrics } from "@opentelemetry/sdk-metrics"
import { sdk } from "./sdk.ts"

const { AggregationTemporality, InMemoryMetricExporter } = sdk
const { MeterProvider, PeriodicExportingMetricReader } = sdk

/** The SDK, with a meter to observe with. */
export function collecting(temporality = AggregationTemporality.CUMULATIVE) {
  const exporter = new InMemoryMetricExporter(temporality)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })
  const provider = new MeterProvider({ readers: [reader] })

  async function collect(): Promise<ResourceMetrics> {
    exporter.reset()
    await reader.forceFlush()
    return exporter.getMetrics()[0]!
  }

  /** What is exported now: for each point, its name and attributes in short, and the value. */
  async function points(): Promise<Record<string, number>> {
    const { scopeMetrics } = await collect()
    const entries = scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => {
          const { "evictionary.cache.name": cache, ...others } = attributes
          const name = descriptor.name.replace("evictionary.cache", String(cache))
          return [[name, ...Object.values(others)].join(" "), value as number]
        }),
      ),
    )
    return Object.fromEntries(entries)
  }

  return { meter: provider.getMeter("test"), collect, points, end: () => provider.shutdown() }
}
