import {
  type Contenders,
  cacheWith,
  checkedCapacities,
  checkSizes,
  checkUnit,
  contendersIn,
  type Unit,
} from "./contenders.ts"
import { Miniature } from "./miniature.ts"
import { Run } from "./run.ts"
import { Sampler } from "./sampler.ts"
import { type Block, eachBlock, type PassOptions, type Traffic } from "./traffic.ts"

export interface MissRatioCurveOptions extends PassOptions {
  strategies: Contenders
  /** The capacities at which to draw the curves. */
  capacities: readonly number[]
  /** What capacities are counted in: `"entries"` by default. As in `simulate`. */
  by?: Unit | undefined
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
  /** Bytes that were asked for; `undefined` if not all sizes are known. */
  readonly bytes: number | undefined
  /** Bytes of the different keys, by estimate. */
  readonly uniqueBytes: number | undefined
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
  /** The mean of what miss ratios are off by, from 0 to 1; `undefined` without `compare`. */
  readonly error: number | undefined
  /** The same of byte miss ratios; `undefined` as well if not all sizes are known. */
  readonly byteError: number | undefined
}

export interface MissRatioPoint {
  readonly capacity: number
  /** Misses ÷ requests, from 0 to 1, by estimate. */
  readonly missRatio: number
  /** Bytes that misses asked for ÷ bytes asked for, by estimate, if all sizes are known. */
  readonly byteMissRatio: number | undefined
  /**
   * Entries of the cache from which it is estimated: below about 50 it says little. By bytes, those
   * that there are at the end; what is larger than that cache, though not than the whole one, misses.
   */
  readonly room: number
  /** The miss ratio of a full replay; `undefined` without `compare`. */
  readonly exact: number | undefined
  /** The byte miss ratio of a full replay. */
  readonly exactBytes: number | undefined
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
 * @throws {CacheError} `INVALID_OPTION` for an option; `INVALID_ARGUMENT` for traffic without sizes,
 * by bytes.
 */
export async function missRatioCurve(
  traffic: Traffic,
  options: MissRatioCurveOptions,
): Promise<MissRatioCurves> {
  const { strategies, by = "entries", rate = 1, maxKeys = 2 ** 14, seed = 0 } = options
  const { compare = false, signal, onProgress } = options
  const capacities = checkedCapacities(options.capacities)
  checkUnit(by)
  const sampler = new Sampler(rate, maxKeys, seed)
  const lines = [...contendersIn(strategies)].map(([strategy, make]) => ({
    strategy,
    miniatures: capacities.map((capacity) => new Miniature(make, capacity, by, rate)),
    replays: compare ? capacities.map((c) => new Run(strategy, c, cacheWith(make, c, by))) : [],
  }))
  const miniatures = lines.flatMap((line) => line.miniatures)
  const replays = lines.flatMap((line) => line.replays)
  let requests = 0
  let bytes: number | undefined = 0
  const complete = await eachBlock(traffic, signal, (block) => {
    checkSizes(block, by)
    sampler.sift(
      block,
      (sampled) => {
        for (const miniature of miniatures) miniature.replay(sampled, sampler.rate)
      },
      () => {
        for (const miniature of miniatures) miniature.shrink(sampler)
      },
    )
    for (const replay of replays) replay.replay(block)
    requests += block.keys.length
    bytes = bytesWith(bytes, block)
    onProgress?.({ stage: "replay", requests, total: undefined })
  })
  return {
    requests,
    uniqueKeys: sampler.uniqueKeys,
    bytes,
    uniqueBytes: bytes === undefined ? undefined : sampler.uniqueBytes,
    rate: sampler.rate,
    complete,
    curves: lines.map((line) => curveOf(line, requests, bytes)),
  }
}

function curveOf(
  { strategy, miniatures, replays }: { strategy: string; miniatures: Miniature[]; replays: Run[] },
  requests: number,
  bytes: number | undefined,
): MissRatioCurve {
  const points = miniatures.map((miniature, i) => {
    const replayed = replays[i]?.result(bytes)
    return {
      capacity: miniature.capacity,
      missRatio: Math.min(1, ratioOf(miniature.misses, requests)),
      byteMissRatio:
        bytes === undefined ? undefined : Math.min(1, ratioOf(miniature.missBytes, bytes)),
      room: miniature.room,
      exact: replayed && ratioOf(replayed.misses, requests),
      exactBytes: replayed?.byteHitRatio === undefined ? undefined : 1 - replayed.byteHitRatio,
    }
  })
  return {
    strategy,
    points,
    error: meanError(points.map(({ missRatio, exact }) => [missRatio, exact])),
    byteError: meanError(
      points.map(({ byteMissRatio, exactBytes }) => [byteMissRatio, exactBytes]),
    ),
  }
}

/** The mean of what estimates are off by, where both are known. */
function meanError(points: readonly (readonly [number | undefined, number | undefined])[]) {
  const errors = points.flatMap(([estimate, exact]) =>
    estimate === undefined || exact === undefined ? [] : [Math.abs(estimate - exact)],
  )
  const sum = errors.reduce((sum, error) => sum + error, 0)
  return errors.length === 0 ? undefined : sum / errors.length
}

/** The bytes that were asked for, with a block more; `undefined` as soon as a size is not known. */
function bytesWith(bytes: number | undefined, { keys, sizes }: Block): number | undefined {
  if (bytes === undefined || (sizes === undefined && keys.length > 0)) return undefined
  return (sizes ?? []).reduce((sum, size) => sum + size, bytes)
}

function ratioOf(misses: number, requests: number): number {
  return requests === 0 ? 0 : misses / requests
}
