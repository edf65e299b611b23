import type { Host } from "../host.ts"
import { inTurn, measurements, type Summary } from "../rounds.ts"
import { type Contender, contenders, type FibOptions, pythonContenders } from "./contenders.ts"
import type { FibCounts } from "./count.ts"
import { expectedFib } from "./functions.ts"
import { NoPython } from "./python.ts"

/** Who computed fib, in what time, and what happened meanwhile. */
export interface FibRow
  extends Pick<Contender, "name" | "runtime" | "strategy" | "capacity">,
    FibCounts {
  /** In nanoseconds. */
  time: Summary
  /** Than no cache in Node. */
  timesFaster: number
}

export interface Sweep {
  capacities: number[]
  limit: number
  /** Body calls for each of the capacities; `null` where there are more than `limit`. */
  rows: { strategy: string; calls: (number | null)[] }[]
}

export interface FibReport {
  command: "fib"
  machine: string
  n: number
  result: number
  rounds: number
  rows: FibRow[]
  python: Python
  sweep: Sweep
}

type Python = { version: string } | { leftOut: string }

const CAPACITIES = [1, 2, 3, 4, 5, 6, 7, 8]
const LIMIT = 100_000_000

/** Counts everybody, which checks the results; then times them in turn. */
export async function measureFib(options: FibOptions, host: Host): Promise<FibReport> {
  const { n, rounds } = options
  const { python, everybody } = await assemble(options, host)
  const bounded = options.strategies.filter(({ neverEvicts }) => !neverEvicts)
  const progress = host.startProgress(
    everybody.length + measurements(everybody, rounds) + bounded.length,
  )
  try {
    const counts: FibCounts[] = []
    for (const each of everybody) {
      progress.step(`${each.name}, counting`)
      counts.push(await each.count())
    }
    const times = await inTurn(everybody, rounds, progress)
    const rows = everybody.map((each, i) => row(each, counts[i]!, times[i]!, times[0]!))
    const sweep: Sweep = { capacities: CAPACITIES, limit: LIMIT, rows: [] }
    for (const strategy of bounded) {
      progress.step(`${strategy.strategyName}, counting with little room`)
      const calls = await host.ask("countCalls", { n, strategy, ...sweep })
      sweep.rows.push({ strategy: strategy.strategyName, calls })
    }
    return {
      command: "fib",
      machine: host.machine,
      n,
      result: expectedFib(n),
      rounds,
      rows,
      python,
      sweep,
    }
  } finally {
    progress.stop()
  }
}

async function assemble(
  options: FibOptions,
  host: Host,
): Promise<{ python: Python; everybody: Contender[] }> {
  const ours = contenders(options, host)
  try {
    const { version, contenders } = await pythonContenders(options, host)
    return { python: { version }, everybody: [...ours, ...contenders] }
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    return { python: { leftOut: error.message }, everybody: ours }
  }
}

function row(each: Contender, counts: FibCounts, time: Summary, noCache: Summary): FibRow {
  const { name, runtime, strategy, capacity } = each
  return {
    name,
    runtime,
    ...(strategy !== undefined && { strategy }),
    ...(capacity !== undefined && { capacity }),
    time,
    timesFaster: noCache.median / time.median,
    ...counts,
  }
}
