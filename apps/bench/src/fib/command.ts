import type { Host } from "../host.ts"
import { inTurn, type Summary } from "../rounds.ts"
import type { FoundStrategy } from "../strategies.ts"
import { type Contender, type FibOptions, type Group, ours, pythons } from "./contenders.ts"
import type { FibCounts, LittleRoom } from "./count.ts"
import { expectedFib } from "./functions.ts"
import { NoPython } from "./python.ts"

/** Who computed fib, in what time, and what happened meanwhile. */
export interface FibRow
  extends Pick<Contender, "name" | "runtime" | "strategy" | "capacity" | "timedAt">,
    FibCounts {
  /** In nanoseconds. */
  time: Summary
  /** Than no cache in Node. */
  timesFaster: number
}

export interface Sweep extends LittleRoom {
  rows: SweepRow[]
}

export interface SweepRow {
  strategy: string
  /** Body calls for each of the capacities; `null` where they are more than the limit. */
  calls: (number | null)[]
}

export interface FibReport {
  command: "fib"
  machine: string
  n: number
  result: number
  rounds: number
  rows: FibRow[]
  python: FoundPython
  sweep: Sweep
}

type FoundPython = { version: string } | { leftOut: string }

/** Shows what is known before everything is. */
export interface FibView {
  /** Of somebody who has as many body calls at any capacity. */
  counted(name: string, calls: number): void
  swept(row: SweepRow): void
  /** All is counted. */
  ended(): void
  /** The times after some of the measurements, as text. */
  sketch(rows: readonly FibRow[]): string
}

/** Who needs a million calls has shown that there is too little room. */
export const LITTLE_ROOM: LittleRoom = { capacities: [1, 2, 3, 4, 5, 6, 7, 8], limit: 1_000_000 }

/** So many processes count side by side. */
const AT_ONCE = 2

/** Counts everybody, which checks the results; then times them in turn. */
export async function measureFib(
  options: FibOptions,
  host: Host,
  view?: FibView,
): Promise<FibReport> {
  const { n, rounds } = options
  const groups = ours(options, host)
  const { sweep, ...own } = await count(groups, n, host, view)
  const { python, ...others } = await findPython(options, host)
  const everybody = [...groups.flatMap(({ contenders }) => contenders), ...others.contenders]
  const counts = [...own.counts, ...others.counts]
  const rowsOf = (times: readonly (Summary | undefined)[]) =>
    everybody.flatMap((each, i) => (times[i] ? row(each, counts[i]!, times[i], times[0]!) : []))
  const progress = host.startProgress(everybody.length * rounds)
  try {
    const times = await inTurn(
      everybody,
      rounds,
      progress,
      view && ((times) => view.sketch(rowsOf(times))),
    )
    return {
      command: "fib",
      machine: host.machine,
      n,
      result: expectedFib(n),
      rounds,
      rows: rowsOf(times),
      python,
      sweep,
    }
  } finally {
    progress.stop()
  }
}

async function count(groups: readonly Group[], n: number, host: Host, view?: FibView) {
  const counts: FibCounts[] = []
  const sweep: Sweep = { ...LITTLE_ROOM, rows: [] }
  const progress = host.startProgress(groups.length, "rows")
  try {
    // Nothing is timed meanwhile, so processes may count side by side.
    for (let i = 0; i < groups.length; i += AT_ONCE) {
      const some = groups.slice(i, i + AT_ONCE)
      const found = await Promise.all(
        some.map((group) => {
          progress.step(`${group.contenders[0]!.name}, counting`)
          return countGroup(group, n, host)
        }),
      )
      for (const [j, { strategy, contenders }] of some.entries()) {
        const { counts: each, littleRoom: calls } = found[j]!
        counts.push(...each)
        if (evicts(strategy)) {
          const row = { strategy: strategy.strategyName, calls }
          sweep.rows.push(row)
          view?.swept(row)
        } else {
          view?.counted(contenders[0]!.name, each[0]!.calls)
        }
      }
    }
    view?.ended()
  } finally {
    progress.stop()
  }
  return { counts, sweep }
}

function countGroup({ strategy, capacities }: Group, n: number, host: Host) {
  return host.ask("countFib", {
    n,
    capacities,
    ...(strategy && { strategy }),
    ...(evicts(strategy) && { littleRoom: LITTLE_ROOM }),
  })
}

function evicts(strategy: FoundStrategy | undefined): strategy is FoundStrategy {
  return strategy !== undefined && !strategy.neverEvicts
}

async function findPython(options: FibOptions, host: Host) {
  try {
    const counts = await host.python.count(options.n, options.capacity)
    const python: FoundPython = { version: counts.version }
    return { python, ...pythons(options, counts, host) }
  } catch (error) {
    if (!(error instanceof NoPython)) throw error
    const python: FoundPython = { leftOut: error.message }
    return { python, contenders: [], counts: [] }
  }
}

function row(each: Contender, counts: FibCounts, time: Summary, noCache: Summary): FibRow {
  const { name, runtime, strategy, capacity, timedAt } = each
  return {
    name,
    runtime,
    ...(strategy !== undefined && { strategy }),
    ...(capacity !== undefined && { capacity }),
    ...(timedAt !== undefined && { timedAt }),
    time,
    timesFaster: noCache.median / time.median,
    ...counts,
  }
}
