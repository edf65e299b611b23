import type { Host } from "../host.ts"
import { type Case, inTurn, type Summary } from "../rounds.ts"
import { suitable, type WorkloadName } from "../speed/workloads.ts"
import type { Setting } from "../stores/examine.ts"
import { implementations } from "../stores/implementations.ts"
import type { KeyKind } from "../stores/keys.ts"
import type { FoundStrategy } from "../strategies.ts"

export interface PolymorphicOptions {
  capacities: number[]
  keys: KeyKind[]
  workloads: WorkloadName[]
  /** Those to measure. */
  strategies: FoundStrategy[]
  /** Those that are warm besides. */
  everyStrategy: FoundStrategy[]
  rounds: number
}

export interface PolymorphicRow extends Setting {
  strategy: string
  workload: WorkloadName
  /** Nanoseconds for one operation, in a process that has seen no other strategy. */
  alone: Summary
  /** The same after all strategies have gone through the workload. */
  together: Summary
  /** Together ÷ alone. */
  ratio: number
}

export interface PolymorphicReport {
  command: "speed"
  polymorphic: true
  machine: string
  capacities: number[]
  keys: KeyKind[]
  workloads: WorkloadName[]
  rounds: number
  /** What has been warm. */
  warm: string[]
  rows: PolymorphicRow[]
}

/** Times each strategy by itself, and in a process in which all of them are warm. */
export async function measurePolymorphic(
  options: PolymorphicOptions,
  host: Host,
): Promise<PolymorphicReport> {
  const { capacities, keys, workloads, rounds, strategies, everyStrategy } = options
  const all = implementations(everyStrategy, [])
  const pairs = implementations(strategies, []).flatMap((implementation) =>
    keys.flatMap((keys) =>
      capacities.flatMap((capacity) =>
        suitable(workloads, implementation).map((workload) => {
          const warm = all.filter((each) => suitable([workload], each).length > 0)
          const question = { implementation, workload, keys, capacity }
          const name = `${implementation.name}, ${workload}, ${keys}, ${capacity}`
          const alone: Case = {
            name: `${name}, alone`,
            measure: async () => (await host.ask("timeStore", question)).ns,
          }
          const together: Case = {
            name: `${name}, all warm`,
            measure: async () => (await host.ask("timeStore", { ...question, warm })).ns,
          }
          const row = { strategy: implementation.name, workload, keys, capacity }
          return { row, cases: [alone, together] }
        }),
      ),
    ),
  )
  const cases = pairs.flatMap((pair) => pair.cases)
  const progress = host.startProgress(cases.length * rounds)
  try {
    const times = await inTurn(cases, rounds, progress)
    const rows = pairs.map(({ row }, i): PolymorphicRow => {
      const [alone, together] = [times[2 * i]!, times[2 * i + 1]!]
      return { ...row, alone, together, ratio: together.median / alone.median }
    })
    return {
      command: "speed",
      polymorphic: true,
      machine: host.machine,
      capacities,
      keys,
      workloads,
      rounds,
      warm: all.map(({ name }) => name),
      rows,
    }
  } finally {
    progress.stop()
  }
}
