import { type MissRatioCurves, missRatioCurve, spread } from "@evictionary/simulator"
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
import type { Replayed } from "../page.ts"
import { Progress } from "../progress.ts"
import { contenders } from "../strategies.ts"
import { survey } from "../survey.ts"
import { checkCountable, Traces } from "../traces.ts"

export interface CurveOptions extends TraceOptions, UnitOptions {
  readonly capacity?: readonly Capacity[]
  readonly strategy?: readonly string[]
  /** The share of the keys to sample at first. */
  readonly rate: number
  /** The most keys in the sample. */
  readonly maxKeys: number
  /** Whether to replay everything in full as well. */
  readonly exact?: boolean
}

export interface CurveReport extends Replayed, Omit<MissRatioCurves, keyof Replayed> {
  readonly command: "curve"
}

/** Points of a curve unless they are given. */
const POINTS = 24

/** Draws the miss-ratio curves of strategies. */
export async function drawCurves(
  names: readonly string[],
  options: CurveOptions,
  host: Host,
): Promise<CurveReport> {
  const strategies = await contenders(options.strategy, host)
  const { capacity, by, rate, maxKeys, exact } = options
  checkCapacities(capacity ?? [], options)
  const counts = capacity === undefined || needWhole(capacity)
  const traces = new Traces(names, options, host)
  traces.checkSizes(options)
  if (counts) checkCountable(traces)
  const progress = new Progress(host)
  try {
    const counted = counts ? await survey(traces, progress, host) : undefined
    const whole = wholeOf(counted, options)
    const drawn =
      counted?.complete === false
        ? { ...counted, rate: 1, curves: [] }
        : await missRatioCurve(traces, {
            strategies,
            capacities: capacity ? amountsOf(capacity, whole) : spread(whole, POINTS),
            by,
            rate,
            maxKeys,
            compare: exact,
            signal: host.signal,
            onProgress: ({ requests }) => progress.update("drawing", requests, traces.share),
          })
    return {
      command: "curve",
      traces: traces.names,
      skipped: traces.skipped,
      requests: drawn.requests,
      uniqueKeys: counted?.uniqueKeys ?? Math.round(drawn.uniqueKeys),
      bytes: drawn.bytes,
      uniqueBytes: counted ? counted.uniqueBytes : drawn.uniqueBytes,
      by,
      estimated: counted === undefined && drawn.rate < 1,
      complete: drawn.complete,
      rate: drawn.rate,
      curves: drawn.curves,
    }
  } finally {
    progress.clear()
  }
}
