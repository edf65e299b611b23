import {
  type CacheResult,
  type Contenders,
  type MissRatioCurves,
  type Simulation,
  simulate,
  type Unit,
} from "@evictionary/simulator"
import type { Host } from "../host.ts"
import { amount } from "../page.ts"
import type { Progress } from "../progress.ts"
import type { Traces } from "../traces.ts"
import { sufficientFor } from "./sufficient.ts"

/** What the steps have in common. */
export interface Work {
  readonly traces: Traces
  readonly strategies: Contenders
  /** What capacities are counted in. */
  readonly by: Unit
  readonly progress: Progress
  readonly host: Host
}

/** The least room may be less by this share of what is advised. */
const PRECISION = 0.03

/**
 * The least room with which a full replay reaches the target, but for some percent: from where the
 * curves say in ever longer steps, and then by halves.
 */
export async function leastRoom(
  target: number,
  { curves }: MissRatioCurves,
  whole: number,
  work: Work,
): Promise<number> {
  // The first is not enough, and the second is: whatever the strategy, there is room for all.
  let [low, high] = [0, whole]
  const estimates = curves.map((curve) => sufficientFor(target, curve)?.room ?? whole)
  let capacity = Math.min(...estimates)
  let step = Math.ceil(capacity * PRECISION)
  while (high - low > Math.max(1, low * PRECISION)) {
    const replayed = await replay(capacity, work, false)
    if (!replayed.complete) break
    const enough = bounded(replayed)[0]!.hitRatio >= target
    if (enough) high = capacity
    else low = capacity
    capacity = enough ? high - step : low + step
    step *= 2
    if (capacity <= low || capacity >= high) capacity = Math.floor((low + high) / 2)
  }
  return high
}

/** Replays everything, with one capacity. */
export function replay(
  capacity: number,
  { traces, strategies, by, progress, host }: Work,
  min = true,
): Promise<Simulation> {
  const stage = `replaying with room for ${amount(capacity, by)}`
  return simulate(traces, {
    strategies,
    capacities: [capacity],
    by,
    min,
    signal: host.signal,
    onProgress({ requests, total }) {
      progress.update(stage, requests, total === undefined ? traces.share : requests / total)
    },
  })
}

/** What strategies with a bound did, the best one first. */
export function bounded({ results }: Simulation): CacheResult[] {
  return results
    .filter((result) => !isMin(result) && result.capacity < Infinity)
    .sort((a, b) => b.hits - a.hits)
}

export function isMin({ strategy }: CacheResult): boolean {
  return strategy === "min" || strategy === "belady-size"
}
