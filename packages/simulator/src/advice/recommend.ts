import { CacheError, checkCount, checkShare } from "@evictionary/core"
import { type Contenders, contendersIn, type Unit } from "../contenders.ts"
import { type MissRatioCurve, type MissRatioCurves, missRatioCurve } from "../miss-ratio-curve.ts"
import type { CacheResult } from "../run.ts"
import { simulate } from "../simulate.ts"
import type { PassOptions, Traffic } from "../traffic.ts"
import { bounded, isBound, leastRoom, replay, type Work } from "./least-room.ts"
import { type Sufficient, sufficientFor } from "./sufficient.ts"

export interface RecommendOptions extends Pick<PassOptions, "signal"> {
  strategies: Contenders
  /** What capacities are counted in: `"entries"` by default. As in `simulate`. */
  by?: Unit | undefined
  /** The room that there is; without it, and without `share`, the least is found for the target. */
  capacity?: number | undefined
  /** The same as a share of all keys, or of their bytes: above 0, up to 1. */
  share?: number | undefined
  /** The hit ratio to reach, from 0 to 1; 90% of what is possible by default. */
  target?: number | undefined
  /** Called after each block, with what has been done by then. */
  onProgress?: ((progress: RecommendProgress) => void) | undefined
}

export interface RecommendProgress {
  /** Keys are counted, curves are drawn, and candidates are replayed in full with some capacity. */
  readonly stage: "count" | "curves" | "replay"
  /** Requests that this stage has gone through. */
  readonly requests: number
  /** Requests that it will go through, if that is known. */
  readonly total: number | undefined
  /** The capacity with which candidates are replayed. */
  readonly capacity: number | undefined
}

/** What is `undefined` is not known, or there is no such thing. */
export interface Recommendation {
  /** What was asked with: advice is what goes with it. */
  readonly given: "capacity" | "target"
  readonly by: Unit
  readonly requests: number
  readonly uniqueKeys: number
  readonly bytes: number | undefined
  readonly uniqueBytes: number | undefined
  /** Whether nothing was cut short by the signal. */
  readonly complete: boolean
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
  readonly strategies: readonly Candidate[]
  /** From which it was told where to look. */
  readonly curves: readonly MissRatioCurve[]
}

/** A strategy that might be taken. */
export interface Candidate {
  readonly strategy: string
  /** With the capacity that is recommended, from a full replay. */
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
 * there is. Curves of a sample tell where to look; what is recommended has been replayed in full.
 *
 * The traffic is gone through several times, so it has to be there each time anew, as a `Trace` of a
 * file is.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option; `INVALID_ARGUMENT` for traffic without sizes,
 * by bytes. Whatever the traffic, a strategy or `onProgress` throws is passed on.
 */
export async function recommend(
  traffic: Traffic,
  options: RecommendOptions,
): Promise<Recommendation> {
  const { by = "entries", signal, onProgress } = options
  const work: Work = { traffic, strategies: options.strategies, by, signal, onProgress }
  check(options)
  const counted = await simulate(traffic, {
    strategies: [],
    capacities: [],
    by,
    min: false,
    signal,
    onProgress: ({ requests }) =>
      onProgress?.({ stage: "count", requests, total: undefined, capacity: undefined }),
  })
  const { requests, uniqueKeys, bytes, uniqueBytes, complete } = counted
  const whole = (by === "bytes" ? uniqueBytes : uniqueKeys) ?? 0
  const { share, capacity: given = share && Math.max(1, Math.round(share * whole)) } = options
  const possible = counted.results[0]!.hitRatio
  const target = options.target ?? MOST_OF_IT * possible
  const found: Recommendation = {
    given: given === undefined ? "target" : "capacity",
    by,
    requests,
    uniqueKeys,
    bytes,
    uniqueBytes,
    complete,
    possible,
    target,
    capacity: undefined,
    best: undefined,
    min: undefined,
    strategies: [],
    curves: [],
  }
  if (!complete || requests === 0 || (given === undefined && target > possible)) return found
  const drawn = await draw(whole, requests, work)
  const { curves } = drawn
  const estimated = { ...found, complete: false, strategies: ranked(drawn, target, []), curves }
  const replayed = await replay(given ?? (await leastRoom(target, drawn, whole, work)), work)
  if (!replayed.complete) return estimated
  const results = bounded(replayed)
  // Where it was not told what to reach, it is what the best one reaches with that room.
  const reached = options.target ?? (given === undefined ? target : results[0]!.hitRatio)
  const strategies = ranked(drawn, reached, results)
  const best = results.find(({ strategy }) => strategy === strategies[0]!.strategy)!
  const min = replayed.results.find(isBound)
  return { ...found, target: reached, capacity: best.capacity, best, min, strategies, curves }
}

function check({ strategies, capacity, share, target }: RecommendOptions): void {
  if (contendersIn(strategies).size === 0) {
    throw new CacheError("INVALID_OPTION", "`strategies` must have one that evicts")
  }
  if (capacity !== undefined) checkCount("INVALID_OPTION", "capacity", capacity)
  if (share !== undefined) checkShare("INVALID_OPTION", "share", share)
  if (target !== undefined) checkShare("INVALID_OPTION", "target", target)
}

function draw(
  whole: number,
  total: number,
  { traffic, strategies, by, signal, onProgress }: Work,
): Promise<MissRatioCurves> {
  return missRatioCurve(traffic, {
    strategies,
    capacities: spread(whole, POINTS),
    by,
    signal,
    onProgress: ({ requests }) =>
      onProgress?.({ stage: "curves", requests, total, capacity: undefined }),
  })
}

function ranked(
  { curves }: MissRatioCurves,
  target: number,
  results: readonly CacheResult[],
): Candidate[] {
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

/** The largest of them is at the most so many times the smallest. */
const WIDEST = 10_000

/** So many capacities in equal ratios, up to the whole. */
export function spread(whole: number, points: number): number[] {
  const ratio = Math.min(whole, WIDEST) ** (1 / (points - 1))
  const capacities = Array.from({ length: points }, (_, i) =>
    Math.max(1, Math.round(whole / ratio ** (points - 1 - i))),
  )
  return [...new Set(capacities)]
}
