import { type Simulation, simulate } from "@evictionary/simulator"
import type { Host } from "./host.ts"
import type { Progress } from "./progress.ts"
import type { Traces } from "./traces.ts"

/** Counts the requests and keys of traces, which reads all of them. */
export function survey(traces: Traces, progress: Progress, { signal }: Host): Promise<Simulation> {
  return simulate(traces, {
    strategies: [],
    capacities: [],
    min: false,
    signal,
    onProgress: ({ requests }) => progress.update("counting keys", requests, traces.share),
  })
}
