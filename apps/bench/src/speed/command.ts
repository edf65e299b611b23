import type { FeatureName } from "../features/features.ts"
import type { Host } from "../host.ts"
import type { Examined } from "../marks.ts"
import { type Case, inTurn, type Summary } from "../rounds.ts"
import { type Contest, contests, type Figure, type Standing, standings } from "../standings.ts"
import type { Examination, Setting } from "../stores/examine.ts"
import { doesTheJob, type FaultName } from "../stores/faults.ts"
import {
  featuredImplementations,
  type Implementation,
  implementations,
} from "../stores/implementations.ts"
import type { KeyKind } from "../stores/keys.ts"
import type { FoundStrategy } from "../strategies.ts"
import { suitable, type WorkloadName } from "./workloads.ts"

export interface SpeedOptions {
  capacities: number[]
  keys: KeyKind[]
  workloads: WorkloadName[]
  strategies: FoundStrategy[]
  /** Their names. */
  rivals: string[]
  rounds: number
  /** What all caches are made with, beside a capacity. */
  feature?: FeatureName
}

export interface SpeedRow extends Setting {
  implementation: string
  workload: WorkloadName
  /** Nanoseconds for one operation. */
  time: Summary
  /** Time of lru-cache ÷ this one, if it was measured. */
  timesAsFast?: number
  hitRatio: number
}

export interface SpeedReport {
  command: "speed"
  machine: string
  capacities: number[]
  keys: KeyKind[]
  workloads: WorkloadName[]
  rounds: number
  rows: SpeedRow[]
  /** What each does otherwise than the others. */
  examined: (Examined & { faults: FaultName[] })[]
  /** What could not be measured, because the results are wrong, or too long in coming. */
  wrong: (Setting & { implementation: string; because: string })[]
  /** Ours against the rivals that do the whole job. */
  contests: Contest[]
  standings: Standing[]
}

/** What the others are measured by. */
export const BASE = "lru-cache"

/** Examines everybody, which checks the results; then times them in turn. */
export async function measureSpeed(options: SpeedOptions, host: Host): Promise<SpeedReport> {
  const { capacities, keys, workloads, rounds, strategies, rivals, feature } = options
  const everybody =
    feature === undefined
      ? implementations(strategies, rivals)
      : featuredImplementations(feature, strategies, rivals)
  const settings = keys.flatMap((keys) => capacities.map((capacity) => ({ keys, capacity })))
  const progress = host.startProgress(everybody.length)
  try {
    const examinations: Examination[] = []
    for (const implementation of everybody) {
      progress.step(`${implementation.name}, examining`)
      examinations.push(await host.ask("examineStore", { implementation, settings }))
    }
    const cases = everybody.flatMap((implementation, i) =>
      settings
        .filter((setting) => !isWrong(setting, examinations[i]!))
        .flatMap((setting) => speedCases(implementation, setting, workloads, host)),
    )
    progress.announce(cases.length * rounds)
    const rows = withRatios(cases, await inTurn(cases, rounds, progress))
    const examined = everybody.map(({ name }, i) => ({ name, faults: examinations[i]!.faults }))
    const figures = comparable(rows, everybody, examined, options)
    return {
      command: "speed",
      machine: host.machine,
      capacities,
      keys,
      workloads,
      rounds,
      rows,
      examined,
      wrong: everybody.flatMap(({ name }, i) =>
        examinations[i]!.wrong.map((each) => ({ implementation: name, ...each })),
      ),
      contests: contests(figures),
      standings: standings(figures),
    }
  } finally {
    progress.stop()
  }
}

function isWrong({ keys, capacity }: Setting, { wrong }: Examination): boolean {
  return wrong.some((each) => each.keys === keys && each.capacity === capacity)
}

interface SpeedCase extends Case {
  row: Omit<SpeedRow, "time" | "timesAsFast" | "hitRatio">
  /** As it was in the last process: it is the same in all. */
  hitRatio(): number
}

/** One case for each workload that suits the implementation. */
function speedCases(
  implementation: Implementation,
  setting: Setting,
  workloads: readonly WorkloadName[],
  host: Host,
): SpeedCase[] {
  const { name } = implementation
  return suitable(workloads, implementation).map((workload) => {
    let hitRatio = Number.NaN
    return {
      name: `${name}, ${workload}, ${setting.keys}, ${setting.capacity}`,
      row: { implementation: name, workload, ...setting },
      hitRatio: () => hitRatio,
      async measure() {
        const answer = await host.ask("timeStore", { implementation, workload, ...setting })
        hitRatio = answer.hitRatio
        return answer.ns
      },
    }
  })
}

function withRatios(cases: readonly SpeedCase[], times: readonly Summary[]): SpeedRow[] {
  return cases.map(({ row, hitRatio }, i) => {
    const base = cases.findIndex(
      (each) =>
        each.row.implementation === BASE &&
        each.row.workload === row.workload &&
        each.row.keys === row.keys &&
        each.row.capacity === row.capacity,
    )
    return {
      ...row,
      time: times[i]!,
      ...(base >= 0 && { timesAsFast: times[base]!.median / times[i]!.median }),
      hitRatio: hitRatio(),
    }
  })
}

/** The times of ours, as they come, and of the rivals that do the whole job. */
function comparable(
  rows: readonly SpeedRow[],
  everybody: readonly Implementation[],
  examined: SpeedReport["examined"],
  { capacities, keys, workloads }: SpeedOptions,
): Figure[] {
  const asTheyCome = everybody.filter(({ perTurn }) => !perTurn)
  const ours = asTheyCome.filter(({ strategy }) => strategy !== undefined).map(({ name }) => name)
  const able = examined.filter(({ faults }) => doesTheJob(faults)).map(({ name }) => name)
  const rivals = asTheyCome.filter(({ name, strategy }) => !strategy && able.includes(name))
  const measured = [...ours, ...rivals.map(({ name }) => name)]
  const contestOf = ({ keys, workload, capacity }: SpeedCase["row"]) =>
    `${keys} ${workload}${capacities.length > 1 ? `, ${capacity}` : ""}`
  const order = capacities.flatMap((capacity) =>
    keys.flatMap((keys) =>
      workloads.map((workload) => contestOf({ implementation: "", keys, workload, capacity })),
    ),
  )
  return rows
    .filter(({ implementation }) => measured.includes(implementation))
    .map((row) => ({
      contest: contestOf(row),
      name: row.implementation,
      ours: ours.includes(row.implementation),
      value: row.time.median,
    }))
    .sort((a, b) => order.indexOf(a.contest) - order.indexOf(b.contest))
}
