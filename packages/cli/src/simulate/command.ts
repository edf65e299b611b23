import { plural, rounded } from "@evictionary/report"
import { type CacheResult, type Simulation, simulate } from "@evictionary/simulator"
import {
  amountsOf,
  type Capacity,
  checkCapacities,
  needWhole,
  type UnitOptions,
  wholeOf,
} from "../capacities.ts"
import type { Host } from "../host.ts"
import type { TraceOptions } from "../options.ts"
import { boundOf, type Replayed } from "../page.ts"
import { Progress } from "../progress.ts"
import { contenders } from "../strategies.ts"
import { survey } from "../survey.ts"
import { checkCountable, Traces } from "../traces.ts"

export interface SimulateOptions extends TraceOptions, UnitOptions {
  /** 1% and 10% of the keys, or of their bytes, by default. */
  readonly capacity?: readonly Capacity[]
  readonly strategy?: readonly string[]
  /** Whether to work out what is best possible. */
  readonly min: boolean
}

export interface SimulateReport extends Replayed {
  readonly command: "simulate"
  readonly results: readonly CacheResult[]
}

const DEFAULT: readonly Capacity[] = [{ share: 0.01 }, { share: 0.1 }]

/** Replays traces through caches of each strategy and capacity. */
export async function simulateTraces(
  names: readonly string[],
  options: SimulateOptions,
  host: Host,
): Promise<SimulateReport> {
  const strategies = await contenders(options.strategy, host)
  const { capacity = DEFAULT, by, min } = options
  checkCapacities(capacity, options)
  const traces = new Traces(names, options, host)
  traces.checkSizes(options)
  if (needWhole(capacity)) checkCountable(traces)
  const progress = new Progress(host)
  try {
    const counted = needWhole(capacity) ? await survey(traces, progress, host) : undefined
    if (counted?.complete === false) return reportOf(counted, traces, options)
    const capacities = amountsOf(capacity, wholeOf(counted, options))
    const begun = host.now()
    const simulation = await simulate(traces, {
      strategies,
      capacities,
      by,
      min,
      signal: host.signal,
      onProgress({ stage, requests, total }) {
        if (stage === "replay") progress.update("replaying", requests, traces.share)
        else progress.update(`working out ${boundOf(by)}`, requests, requests / (total ?? Infinity))
      },
    })
    progress.clear()
    tellSpeed(simulation, host.now() - begun, host)
    return reportOf(simulation, traces, options)
  } finally {
    progress.clear()
  }
}

function reportOf(
  simulation: Simulation,
  { names, skipped }: Traces,
  { by }: UnitOptions,
): SimulateReport {
  return { command: "simulate", traces: names, skipped, by, ...simulation }
}

/** This is no result: the next time it is different. */
function tellSpeed({ results }: Simulation, milliseconds: number, { watched, err }: Host): void {
  if (!watched) return
  const requests = results.reduce((sum, result) => sum + result.requests, 0)
  const seconds = milliseconds / 1_000
  err.write(
    `${plural(results.length, "cache")} in ${seconds.toFixed(2)} s: ${rounded(requests / seconds)} requests/s\n`,
  )
}
