import type { Contenders, Unit } from "../contenders.ts"
import type { MissRatioCurves } from "../miss-ratio-curve.ts"
import type { CacheResult } from "../run.ts"
import { type Simulation, simulate } from "../simulate.ts"
import type { Signal, Traffic } from "../traffic.ts"
import type { RecommendProgress } from "./recommend.ts"
import { sufficientFor } from "./sufficient.ts"

/** What the steps have in common. */
export interface Work {
  readonly traffic: Traffic
  readonly strategies: Contenders
  /** What capacities are counted in. */
  readonly by: Unit
  readonly signal: Signal | undefined
  readonly onProgress: ((progress: RecommendProgress) => void) | undefined
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
  { traffic, strategies, by, signal, onProgress }: Work,
  min = true,
): Promise<Simulation> {
  return simulate(traffic, {
    strategies,
    capacities: [capacity],
    by,
    min,
    signal,
    onProgress: ({ requests, total }) =>
      onProgress?.({ stage: "replay", requests, total, capacity }),
  })
}

/** What strategies with a bound did, the best one first. */
export function bounded({ results }: Simulation): CacheResult[] {
  return results
    .filter((result) => !isBound(result) && result.capacity < Infinity)
    .sort((a, b) => b.hits - a.hits)
}

/** Whether it is what others are compared with: see `simulate`. */
export function isBound({ strategy }: CacheResult): boolean {
  return strategy === "min" || strategy === "belady-size"
}
