import type { Host } from "../host.ts"
import { type Case, inTurn, type Summary } from "../rounds.ts"
import type { FoundStrategy } from "../strategies.ts"
import { type Implementation, implementations } from "./implementations.ts"
import { type KeyKind, keyKinds } from "./keys.ts"
import { type WorkloadName, workloadNames, workloads } from "./workloads.ts"

export interface SpeedOptions {
  capacity: number
  rounds: number
  strategies: FoundStrategy[]
}

export interface SpeedRow {
  implementation: string
  workload: WorkloadName
  keys: KeyKind
  /** Nanoseconds for one operation. */
  time: Summary
  /** Time of lru-cache ÷ this one. */
  timesAsFast: number
  hitRatio: number
}

export interface SpeedReport {
  command: "speed"
  machine: string
  capacity: number
  rounds: number
  rows: SpeedRow[]
}

/** What the others are measured by. */
const BASE = "lru-cache"

export async function measureSpeed(options: SpeedOptions, host: Host): Promise<SpeedReport> {
  const { capacity, rounds, strategies } = options
  const cases = implementations(strategies).flatMap((each) => speedCases(each, capacity, host))
  const progress = host.startProgress(cases.length * rounds)
  try {
    const times = await inTurn(cases, rounds, progress)
    const rows = cases.map(({ row, hitRatio }, i) => {
      const base = cases.findIndex(({ row: { implementation, workload, keys } }) => {
        return implementation === BASE && workload === row.workload && keys === row.keys
      })
      const timesAsFast = times[base]!.median / times[i]!.median
      return { ...row, time: times[i]!, timesAsFast, hitRatio: hitRatio() }
    })
    return { command: "speed", machine: host.machine, capacity, rounds, rows }
  } finally {
    progress.stop()
  }
}

interface SpeedCase extends Case {
  row: Pick<SpeedRow, "implementation" | "workload" | "keys">
  /** As it was in the last process: it is the same in all. */
  hitRatio(): number
}

/** One case for each kind of keys and each workload that suits the implementation. */
function speedCases(implementation: Implementation, capacity: number, host: Host): SpeedCase[] {
  const { name, bounded } = implementation
  const suitable = workloadNames.filter((workload) => bounded || !workloads[workload].evicts)
  return keyKinds.flatMap((keyKind) =>
    suitable.map((workload) => {
      let hitRatio = Number.NaN
      return {
        name: `${name}, ${workload}, ${keyKind}`,
        row: { implementation: name, workload, keys: keyKind },
        hitRatio: () => hitRatio,
        async measure() {
          const question = { implementation, workload, keyKind, capacity }
          const answer = await host.ask("timeStore", question)
          hitRatio = answer.hitRatio
          return answer.ns
        },
      }
    }),
  )
}
