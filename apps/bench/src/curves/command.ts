import { type CacheMaker, missRatioCurve, simulate } from "@evictionary/simulator"
import type { Host } from "../host.ts"
import type { FoundStrategy } from "../strategies.ts"
import { countKeys, sharesOf } from "../traffic/capacities.ts"
import { makersOf } from "../traffic/makers.ts"
import { tracesIn } from "../traffic/traces.ts"
import { type NamedTraffic, workloads } from "../traffic/workloads.ts"

export interface CurvesOptions {
  /** Of each workload. */
  requests: number
  /** A folder, to draw instead of the workloads. */
  traces?: string
  strategies: FoundStrategy[]
}

/** The miss ratios of every strategy, by capacity. */
export interface TrafficCurves {
  traffic: string
  meaning?: string
  requests: number
  uniqueKeys: number
  /** The share of the keys from which they are estimated; 1 if they are exact. */
  rate: number
  capacities: number[]
  /** At each of the capacities, from 0 to 1. At the end is `min`, the best possible. */
  curves: { strategy: string; missRatios: number[] }[]
}

export interface CurvesReport {
  command: "curves"
  traffics: TrafficCurves[]
}

/** Ten shares of the keys in equal ratios: from 1%, which a sample still says something of, to all. */
const SHARES = Array.from({ length: 10 }, (_, i) => 100 ** (i / 9 - 1))

/** Draws the curves of every strategy for all traffic. */
export async function drawCurves(options: CurvesOptions, host: Host): Promise<CurvesReport> {
  const { requests, traces } = options
  const everything = traces === undefined ? workloads(requests) : await tracesIn(traces)
  const strategies = await makersOf(options.strategies)
  const progress = host.startProgress(everything.length)
  const traffics: TrafficCurves[] = []
  try {
    for (const each of everything) {
      progress.step(each.name)
      traffics.push(await curvesOf(each, strategies))
    }
  } finally {
    progress.stop()
  }
  return { command: "curves", traffics }
}

async function curvesOf(
  { name, meaning, traffic }: NamedTraffic,
  strategies: Record<string, CacheMaker>,
): Promise<TrafficCurves> {
  const uniqueKeys = await countKeys(traffic)
  const capacities = sharesOf(uniqueKeys, SHARES)
  const { requests, rate, curves } = await missRatioCurve(traffic, { strategies, capacities })
  const best = await simulate(traffic, { strategies: {}, capacities })
  const bound = best.results.flatMap(({ strategy, hitRatio }) =>
    strategy === "min" ? 1 - hitRatio : [],
  )
  return {
    traffic: name,
    ...(meaning !== undefined && { meaning }),
    requests,
    uniqueKeys,
    rate,
    capacities,
    curves: [
      ...curves.map(({ strategy, points }) => ({
        strategy,
        missRatios: points.map(({ missRatio }) => missRatio),
      })),
      { strategy: "min", missRatios: bound },
    ],
  }
}
