import { type Contenders, checkedCapacities, contendersIn } from "./contenders.ts"
import { Miniature } from "./miniature.ts"
import { Run } from "./run.ts"
import { Sampler } from "./sampler.ts"
import { eachBlock, type PassOptions, type Traffic } from "./traffic.ts"

export interface MissRatioCurveOptions extends PassOptions {
  strategies: Contenders
  /** The capacities at which to draw the curves. */
  capacities: readonly number[]
  /** The share of the keys to sample, above 0 and up to 1, the default, at the start. */
  rate?: number | undefined
  /**
   * The most keys in the sample, 16,384 by default. One more, and the rate is halved: memory is
   * bounded however long the traffic is.
   */
  maxKeys?: number | undefined
  /** Chooses the sample: an integer, 0 by default. */
  seed?: number | undefined
  /** Whether to replay everything in full as well, to see the error; false by default. */
  compare?: boolean | undefined
}

export interface MissRatioCurves {
  readonly requests: number
  /** Different keys, by estimate. */
  readonly uniqueKeys: number
  /** The share of keys in the sample, at the end. */
  readonly rate: number
  /** Whether there was no more traffic. */
  readonly complete: boolean
  readonly curves: readonly MissRatioCurve[]
}

export interface MissRatioCurve {
  readonly strategy: string
  /** In the order of the capacities. */
  readonly points: readonly MissRatioPoint[]
  /** The mean of what estimates are off by, from 0 to 1; `undefined` without `compare`. */
  readonly error: number | undefined
}

export interface MissRatioPoint {
  readonly capacity: number
  /** Misses ÷ requests, from 0 to 1, by estimate. */
  readonly missRatio: number
  /** Entries of the cache from which it is estimated: below about 50 it says little. */
  readonly room: number
  /** The miss ratio of a full replay; `undefined` without `compare`. */
  readonly exact: number | undefined
}

/**
 * The miss ratios of strategies at many capacities, from one pass over traffic and in bounded
 * memory: each strategy runs, at each capacity, on a sample of the keys in a cache that is as much
 * smaller. Exact while the rate is 1.
 *
 * The sample is that of SHARDS (FAST 2015), its rate halved when it grows too large.
 *
 * C. Waldspurger, T. Saemundsson, I. Ahmad, N. Park, "Cache modeling and optimization using
 * miniature simulations", USENIX ATC 2017.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option.
 */
export async function missRatioCurve(
  traffic: Traffic,
  options: MissRatioCurveOptions,
): Promise<MissRatioCurves> {
  const { strategies, rate = 1, maxKeys = 2 ** 14, seed = 0, compare = false } = options
  const { signal, onProgress } = options
  const capacities = checkedCapacities(options.capacities)
  const sampler = new Sampler(rate, maxKeys, seed)
  const lines = [...contendersIn(strategies)].map(([strategy, make]) => ({
    strategy,
    miniatures: capacities.map((capacity) => new Miniature(make, capacity, rate)),
    replays: compare ? capacities.map((c) => new Run(strategy, c, make({ capacity: c }))) : [],
  }))
  const miniatures = lines.flatMap((line) => line.miniatures)
  const replays = lines.flatMap((line) => line.replays)
  let requests = 0
  const complete = await eachBlock(traffic, signal, (block) => {
    sampler.sift(
      block.keys,
      (sampled) => {
        for (const miniature of miniatures) miniature.replay(sampled, sampler.rate)
      },
      () => {
        for (const miniature of miniatures) miniature.shrink(sampler)
      },
    )
    for (const replay of replays) replay.replay(block)
    requests += block.keys.length
    onProgress?.({ stage: "replay", requests, total: undefined })
  })
  return {
    requests,
    uniqueKeys: sampler.uniqueKeys,
    rate: sampler.rate,
    complete,
    curves: lines.map((line) => curveOf(line, requests)),
  }
}

function curveOf(
  { strategy, miniatures, replays }: { strategy: string; miniatures: Miniature[]; replays: Run[] },
  requests: number,
): MissRatioCurve {
  const points = miniatures.map((miniature, i) => {
    const replayed = replays[i]?.result(undefined)
    return {
      capacity: miniature.capacity,
      missRatio: Math.min(1, ratioOf(miniature.misses, requests)),
      room: miniature.room,
      exact: replayed && ratioOf(replayed.misses, requests),
    }
  })
  const errors = points.flatMap(({ missRatio, exact }) =>
    exact === undefined ? [] : [Math.abs(missRatio - exact)],
  )
  const error = errors.reduce((sum, error) => sum + error, 0) / errors.length
  return { strategy, points, error: errors.length === 0 ? undefined : error }
}

function ratioOf(misses: number, requests: number): number {
  return requests === 0 ? 0 : misses / requests
}
