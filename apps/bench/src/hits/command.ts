import { type CacheMaker, simulate } from "@evictionary/simulator"
import type { Host } from "../host.ts"
import type { FoundStrategy } from "../strategies.ts"
import { countKeys, sharesOf } from "../traffic/capacities.ts"
import { makersOf } from "../traffic/makers.ts"
import { tracesIn } from "../traffic/traces.ts"
import { type NamedTraffic, workloads } from "../traffic/workloads.ts"
import { compare, type GoldenCheck, type GoldenRow, readGolden, withEndless } from "./golden.ts"
import { type HitsStanding, standingsOf } from "./standings.ts"

export interface HitsOptions {
  /** Of each workload. */
  requests: number
  /** A folder, to replay instead of the workloads. */
  traces?: string
  /** Those of `golden/hits.csv`, or shares of the keys, unless given. */
  capacities?: number[]
  strategies: FoundStrategy[]
}

/** What every strategy makes of the same requests. */
export interface TrafficHits {
  traffic: string
  meaning?: string
  requests: number
  uniqueKeys: number
  capacities: number[]
  /** Hits with each of the capacities. At the end are `min`, the best possible, and `unbounded`. */
  rows: { strategy: string; hits: number[] }[]
}

export interface HitsReport {
  command: "hits"
  traffics: TrafficHits[]
  standings: HitsStanding[]
  /** None where there is nothing to compare with. */
  golden?: GoldenCheck
}

const SHARES = [0.01, 0.05, 0.2]

/** Replays all traffic through every strategy, with little room and with more. */
export async function replayHits(options: HitsOptions, host: Host): Promise<HitsReport> {
  const { requests, traces, capacities } = options
  const everything = traces === undefined ? workloads(requests) : await tracesIn(traces)
  const golden = traces === undefined ? undefined : readGolden(traces)
  const ours = await makersOf(options.strategies)
  const makers = golden === undefined ? ours : withEndless(ours)
  const progress = host.startProgress(everything.length)
  const traffics: TrafficHits[] = []
  try {
    for (const each of everything) {
      progress.step(each.name)
      traffics.push(await replay(each, makers, capacities ?? recorded(golden, each.name)))
    }
  } finally {
    progress.stop()
  }
  return {
    command: "hits",
    traffics,
    standings: standingsOf(traffics),
    ...(golden && { golden: compare(golden, traffics.flatMap(rowsOf)) }),
  }
}

/** The capacities at which others have replayed a trace, the smallest first. */
function recorded(golden: readonly GoldenRow[] | undefined, trace: string): number[] | undefined {
  const own = new Set(golden?.filter((row) => row.trace === trace).map(({ capacity }) => capacity))
  return own.size === 0 ? undefined : [...own].sort((a, b) => a - b)
}

async function replay(
  { name, meaning, traffic }: NamedTraffic,
  strategies: Record<string, CacheMaker>,
  given: number[] | undefined,
): Promise<TrafficHits> {
  const capacities = given ?? sharesOf(await countKeys(traffic), SHARES)
  const { requests, uniqueKeys, results } = await simulate(traffic, { strategies, capacities })
  const hitsOf = (strategy: string) =>
    results.flatMap((result) => (result.strategy === strategy ? result.hits : []))
  return {
    traffic: name,
    ...(meaning !== undefined && { meaning }),
    requests,
    uniqueKeys,
    capacities,
    rows: [
      ...[...Object.keys(strategies), "min"].map((strategy) => ({
        strategy,
        hits: hitsOf(strategy),
      })),
      { strategy: "unbounded", hits: capacities.map(() => requests - uniqueKeys) },
    ],
  }
}

function rowsOf({ traffic, requests, capacities, rows }: TrafficHits): GoldenRow[] {
  return rows.flatMap(({ strategy, hits }) =>
    capacities.map((capacity, i) => ({
      trace: traffic,
      strategy,
      capacity,
      requests,
      hits: hits[i]!,
    })),
  )
}
