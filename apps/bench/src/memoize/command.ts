import type { Host } from "../host.ts"
import { inTurn, type Summary } from "../rounds.ts"
import type { FoundStrategy } from "../strategies.ts"
import { memoizers } from "./implementations.ts"
import { type Calls, callKinds } from "./time.ts"

export interface MemoizeOptions {
  rounds: number
  strategies: FoundStrategy[]
}

export interface MemoizeRow {
  memoizer: string
  calls: Calls
  /** Nanoseconds for one call. */
  time: Summary
  /** The time of this one ÷ that of ours with the first strategy that evicts. */
  timesOurs: number
}

export interface MemoizeReport {
  command: "memoize"
  machine: string
  rounds: number
  /** What `timesOurs` refers to. */
  base: string
  rows: MemoizeRow[]
}

export async function measureMemoize(options: MemoizeOptions, host: Host): Promise<MemoizeReport> {
  const { rounds, strategies } = options
  const everybody = memoizers(strategies)
  const baseStrategy = strategies.find(({ neverEvicts }) => !neverEvicts) ?? strategies[0]
  const base = everybody.find(({ strategy }) => strategy === baseStrategy)!.name
  const cases = everybody.flatMap((memoizer) =>
    callKinds
      .filter(({ arity }) => arity <= memoizer.most)
      .map((calls) => ({
        name: `${memoizer.name}, ${calls.name}, ${calls.live} live`,
        memoizer: memoizer.name,
        calls,
        measure: async () => (await host.ask("timeMemoized", { memoizer, calls })).ns,
      })),
  )
  const progress = host.startProgress(cases.length * rounds)
  try {
    const times = await inTurn(cases, rounds, progress)
    const rows = cases.map(({ memoizer, calls }, i) => {
      const ours = cases.findIndex((each) => each.memoizer === base && each.calls === calls)
      const timesOurs = times[i]!.median / times[ours]!.median
      return { memoizer, calls, time: times[i]!, timesOurs }
    })
    return { command: "memoize", machine: host.machine, rounds, base, rows }
  } finally {
    progress.stop()
  }
}
