import { type MissRatioCurves, missRatioCurve } from "@evictionary/simulator"
import { type Capacity, entriesOf, needKeys, spread } from "../capacities.ts"
import type { Host } from "../host.ts"
import type { TraceOptions } from "../options.ts"
import type { Replayed } from "../page.ts"
import { Progress } from "../progress.ts"
import { contenders } from "../strategies.ts"
import { survey } from "../survey.ts"
import { checkCountable, Traces } from "../traces.ts"

export interface CurveOptions extends TraceOptions {
  readonly capacity?: readonly Capacity[]
  readonly strategy?: readonly string[]
  /** The share of the keys to sample at first. */
  readonly rate: number
  /** The most keys in the sample. */
  readonly maxKeys: number
  /** Whether to replay everything in full as well. */
  readonly exact?: boolean
}

export interface CurveReport extends Replayed, MissRatioCurves {
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
  const { capacity, rate, maxKeys, exact } = options
  const counts = capacity === undefined || needKeys(capacity)
  const traces = new Traces(names, options, host)
  if (counts) checkCountable(traces)
  const progress = new Progress(host)
  try {
    const counted = counts ? await survey(traces, progress, host) : undefined
    const uniqueKeys = counted?.uniqueKeys ?? 0
    const drawn =
      counted?.complete === false
        ? { ...counted, rate: 1, curves: [] }
        : await missRatioCurve(traces, {
            strategies,
            capacities: capacity ? entriesOf(capacity, uniqueKeys) : spread(uniqueKeys, POINTS),
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
      estimated: counted === undefined && drawn.rate < 1,
      complete: drawn.complete,
      rate: drawn.rate,
      curves: drawn.curves,
    }
  } finally {
    progress.clear()
  }
}
