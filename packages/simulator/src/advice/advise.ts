import { type CacheMaker, type Contenders, contendersIn } from "../contenders.ts"
import { scaled } from "../miniature.ts"
import { pause } from "../platform.ts"
import { request } from "../run.ts"
import { capacitiesFor, capacityFor, kneeOf, type RatioPoint } from "./curve.ts"
import type { RecordedTraffic, Recording } from "./record.ts"
import { summaryOf } from "./summary.ts"

export interface AdviseOptions {
  strategies: Contenders
}

/** What a cache's own traffic says of it. Hit ratios are from 0 to 1. */
export interface Advice {
  /** The cache as it is: its strategy, its capacity, and what share of the lookups hit. */
  readonly present: {
    readonly strategy: string
    readonly capacity: number
    readonly hitRatio: number
  }
  /** Lookups that all hit ratios here are of. */
  readonly lookups: number
  /** How many of those were recorded. */
  readonly samples: number
  /** Different keys that were looked up, by estimate. */
  readonly uniqueKeys: number
  /** What each strategy would do, the one with the most hits at the present capacity first. */
  readonly strategies: readonly StrategyAdvice[]
  /** The same for people, in lines of at most 80 characters. */
  toString(): string
}

/** What a strategy would do with the traffic of a cache, by estimate. */
export interface StrategyAdvice {
  readonly strategy: string
  /** At the present capacity. */
  readonly hitRatio: number
  /** With twice the present capacity. */
  readonly doubledHitRatio: number
  /** The least capacity that has the present hit ratio, `undefined` if none has. */
  readonly sufficientCapacity: number | undefined
  /**
   * Where more room begins to bring less: the point of the curve that is highest above the straight
   * line from no capacity to the highest one. `undefined` if nothing ever hits.
   */
  readonly knee: RatioPoint | undefined
  readonly curve: readonly RatioPoint[]
}

/** The share of what was recorded with which caches are filled before anything is counted. */
const WARM_UP = 1 / 3

/**
 * Tells from the recorded traffic of a cache what strategies would have made of it: the hit ratio of
 * each at the present capacity, the smallest capacity with which it has the present hit ratio, and
 * the knee of its curve. Each runs on the recorded share of the keys, in caches that are as much
 * smaller; the first third fills them, and the rest is counted.
 *
 * By how much the sample is wrong about the cache as it is, which is known, by so much all hit ratios
 * are corrected. It takes about as long as 25 replays of the recording for each strategy, with pauses
 * for other work in between.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option.
 */
export async function advise(
  recording: Recording | RecordedTraffic,
  { strategies }: AdviseOptions,
): Promise<Advice> {
  const makers = contendersIn(strategies)
  const traffic = "snapshot" in recording ? recording.snapshot() : recording
  const begin = Math.floor(traffic.keys.length * WARM_UP)
  const warmUp = [...traffic.keys.subarray(0, begin)]
  const counted = [...traffic.keys.subarray(begin)]
  const lookups = sumOf(traffic.lookups.subarray(begin))
  const hitRatio = lookups === 0 ? 0 : sumOf(traffic.hits.subarray(begin)) / lookups
  const misses = counted.length - sumOf(traffic.outcomes.subarray(begin))
  const { strategy, capacity, rate } = traffic
  const uniqueKeys = Math.round(differentIn(traffic.keys) / rate)

  async function hitRatioOf(make: CacheMaker, capacity: number): Promise<number> {
    await pause()
    const cache = make({ capacity: scaled(capacity, rate) })
    request(cache, warmUp)
    const more = counted.length - request(cache, counted) - misses
    return lookups === 0 ? 0 : Math.min(1, Math.max(0, hitRatio - more / rate / lookups))
  }

  const advised: StrategyAdvice[] = []
  for (const [name, make] of makers) {
    const curve: RatioPoint[] = []
    for (const at of capacitiesFor(uniqueKeys, capacity, rate)) {
      curve.push({ capacity: at, hitRatio: await hitRatioOf(make, at) })
    }
    advised.push({
      strategy: name,
      hitRatio: curve.find((point) => point.capacity === capacity)!.hitRatio,
      doubledHitRatio: await hitRatioOf(make, 2 * capacity),
      sufficientCapacity: capacityFor(hitRatio, curve),
      knee: kneeOf(curve),
      curve,
    })
  }
  const advice = {
    present: { strategy, capacity, hitRatio },
    lookups,
    samples: counted.length,
    uniqueKeys,
    strategies: advised.sort((a, b) => b.hitRatio - a.hitRatio),
  }
  return { ...advice, toString: () => summaryOf(advice) }
}

/** How many different ones there are; a set could not hold more than 2^24. */
function differentIn(hashes: Int32Array): number {
  const sorted = hashes.slice().sort()
  return sorted.filter((hash, i) => i === 0 || hash !== sorted[i - 1]).length
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}
