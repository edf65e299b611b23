import { type CacheResult, type MissRatioCurves, missRatioCurve } from "@evictionary/simulator"
import {
  amountsOf,
  type Capacity,
  checkCapacities,
  spread,
  type UnitOptions,
  wholeOf,
} from "../capacities.ts"
import type { Host } from "../host.ts"
import { InputError } from "../input-error.ts"
import type { TraceOptions } from "../options.ts"
import type { Replayed } from "../page.ts"
import { Progress } from "../progress.ts"
import { contenders } from "../strategies.ts"
import { survey } from "../survey.ts"
import { Traces } from "../traces.ts"
import { bounded, isMin, leastRoom, replay, type Work } from "./replays.ts"
import { type Sufficient, sufficientFor } from "./sufficient.ts"

export interface AdviseOptions extends TraceOptions, UnitOptions {
  /** The room that there is; otherwise, it is to be found. */
  readonly capacity?: Capacity
  /** The hit ratio to reach, from 0 to 1. */
  readonly target?: number
  readonly strategy?: readonly string[]
}

/** What is `undefined` is not known, or there is no such thing. */
export interface AdviseReport extends Replayed {
  readonly command: "advise"
  /** What was asked with: advice is what goes with it. */
  readonly given: "capacity" | "target"
  /** The hit ratio with room for everything. */
  readonly possible: number
  /** The hit ratio to reach. */
  readonly target: number
  /** Entries, or bytes, to make room for. */
  readonly capacity: number | undefined
  /** The best strategy with that capacity, and what is best possible, or good. */
  readonly best: CacheResult | undefined
  readonly min: CacheResult | undefined
  /** The best one first. */
  readonly strategies: readonly StrategyAdvice[]
}

export interface StrategyAdvice {
  readonly strategy: string
  /** With the capacity that is advised, from a full replay. */
  readonly hitRatio: number | undefined
  readonly byteHitRatio: number | undefined
  /** What does for the target, by estimate. */
  readonly sufficient: Sufficient | undefined
}

/** Of what is possible, this is the target unless one is given: the rest takes a lot of room. */
const MOST_OF_IT = 0.9

/** Points of the curves. */
const POINTS = 32

/**
 * Finds the strategy that reaches a hit ratio with the least room, or does best with the room that
 * there is. Curves of a sample tell where to look; what is advised has been replayed in full.
 */
export async function advise(
  name: string,
  options: AdviseOptions,
  host: Host,
): Promise<AdviseReport> {
  const strategies = await contenders(options.strategy, host)
  if (Object.keys(strategies).length === 0) {
    throw new InputError("--strategy must name one that evicts: there is nothing to choose from")
  }
  if (options.capacity !== undefined) checkCapacities([options.capacity], options)
  const traces = new Traces([name], options, host)
  traces.checkSizes(options)
  if (traces.passing !== undefined) {
    throw new InputError(`advise reads a trace several times: give a file, not ${traces.passing}`)
  }
  const progress = new Progress(host)
  try {
    return await adviceFor({ traces, strategies, by: options.by, progress, host }, options)
  } finally {
    progress.clear()
  }
}

async function adviceFor(work: Work, options: AdviseOptions): Promise<AdviseReport> {
  const { traces } = work
  const counted = await survey(traces, work.progress, work.host)
  const { requests, uniqueKeys, bytes, uniqueBytes, complete } = counted
  const whole = wholeOf(counted, options)
  const possible = counted.results[0]!.hitRatio
  const target = options.target ?? MOST_OF_IT * possible
  const report: AdviseReport = {
    command: "advise",
    given: options.capacity === undefined ? "target" : "capacity",
    traces: traces.names,
    skipped: traces.skipped,
    requests,
    uniqueKeys,
    bytes,
    uniqueBytes,
    by: options.by,
    complete,
    possible,
    target,
    capacity: undefined,
    best: undefined,
    min: undefined,
    strategies: [],
  }
  const [given] = options.capacity ? amountsOf([options.capacity], whole) : []
  if (!complete || (given === undefined && target > possible)) return report
  const drawn = await draw(whole, work)
  const estimated = { ...report, complete: false, strategies: adviceFrom(drawn, target, []) }
  const replayed = await replay(given ?? (await leastRoom(target, drawn, whole, work)), work)
  if (!replayed.complete) return estimated
  const results = bounded(replayed)
  // Where it was not told what to reach, it is what the best one reaches with that room.
  const reached = options.target ?? (given === undefined ? target : results[0]!.hitRatio)
  const strategies = adviceFrom(drawn, reached, results)
  const best = results.find(({ strategy }) => strategy === strategies[0]!.strategy)!
  return {
    ...report,
    target: reached,
    capacity: best.capacity,
    best,
    min: replayed.results.find(isMin),
    strategies,
  }
}

function draw(whole: number, { traces, strategies, by, progress, host }: Work) {
  return missRatioCurve(traces, {
    strategies,
    capacities: spread(whole, POINTS),
    by,
    signal: host.signal,
    onProgress: ({ requests }) => progress.update("drawing curves", requests, traces.share),
  })
}

function adviceFrom(
  { curves }: MissRatioCurves,
  target: number,
  results: readonly CacheResult[],
): StrategyAdvice[] {
  return curves
    .map((curve) => {
      const result = results.find(({ strategy }) => strategy === curve.strategy)
      return {
        strategy: curve.strategy,
        hitRatio: result?.hitRatio,
        byteHitRatio: result?.byteHitRatio,
        sufficient: sufficientFor(target, curve),
      }
    })
    .sort(
      (a, b) =>
        (b.hitRatio ?? 0) - (a.hitRatio ?? 0) ||
        (a.sufficient?.room ?? Infinity) - (b.sufficient?.room ?? Infinity) ||
        0,
    )
}
