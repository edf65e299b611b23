export { type Kind, METRICS, type Metric, type MetricKey } from "./metrics.ts"
export { type Meter, observeCaches } from "./observe-caches.ts"
export type { Observed, ObservedCache, ObservedFunction, ObservedTiers } from "./observed.ts"
