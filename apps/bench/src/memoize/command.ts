import type { Host } from "../host.ts"
import type { Examined } from "../marks.ts"
import { inTurn, type Summary } from "../rounds.ts"
import { type Contest, contests, type Figure, type Standing, standings } from "../standings.ts"
import type { FoundStrategy } from "../strategies.ts"
import { type Calls, callKinds, signatures } from "./calls.ts"
import type { MemoizerExamination } from "./examine.ts"
import { doesTheWholeJob, type MemoizerFault } from "./faults.ts"
import { type Memoizer, memoizers } from "./memoizers.ts"

export interface MemoizeOptions {
  rounds: number
  strategies: FoundStrategy[]
  /** Their names. */
  rivals: string[]
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
  /** What each does otherwise than the others. */
  examined: (Examined & { faults: MemoizerFault[] })[]
  /** What could not be measured, because the results are wrong. */
  wrong: { memoizer: string; calls: Calls; because: string }[]
  /** Ours against the rivals that do the whole job. */
  contests: Contest[]
  standings: Standing[]
}

/** Examines everybody, which checks the results; then times them in turn. */
export async function measureMemoize(options: MemoizeOptions, host: Host): Promise<MemoizeReport> {
  const { rounds, strategies, rivals } = options
  const everybody = memoizers(strategies, rivals)
  const baseStrategy = strategies.find(({ neverEvicts }) => !neverEvicts) ?? strategies[0]
  const base = everybody.find(({ strategy }) => strategy === baseStrategy)!.name
  const progress = host.startProgress(everybody.length)
  try {
    const examinations: MemoizerExamination[] = []
    for (const memoizer of everybody) {
      progress.step(`${memoizer.name}, examining`)
      examinations.push(await host.ask("examineMemoizer", { memoizer }))
    }
    const cases = everybody.flatMap((memoizer, i) =>
      callKinds
        .filter((calls) => !isWrong(calls, examinations[i]!))
        .map((calls) => ({
          name: `${memoizer.name}, ${signatures[calls.arity]}, ${calls.live} live`,
          memoizer: memoizer.name,
          calls,
          measure: async () => (await host.ask("timeMemoized", { memoizer, calls })).ns,
        })),
    )
    progress.announce(cases.length * rounds)
    const times = await inTurn(cases, rounds, progress)
    const rows = cases.map(({ memoizer, calls }, i) => {
      const ours = cases.findIndex((each) => each.memoizer === base && each.calls === calls)
      const timesOurs = times[i]!.median / times[ours]!.median
      return { memoizer, calls, time: times[i]!, timesOurs }
    })
    const examined = everybody.map(({ name }, i) => ({ name, faults: examinations[i]!.faults }))
    const figures = comparable(rows, everybody, examined)
    return {
      command: "memoize",
      machine: host.machine,
      rounds,
      base,
      rows,
      examined,
      wrong: everybody.flatMap(({ name }, i) =>
        examinations[i]!.wrong.map((each) => ({ memoizer: name, ...each })),
      ),
      contests: contests(figures),
      standings: standings(figures),
    }
  } finally {
    progress.stop()
  }
}

function isWrong({ arity, live }: Calls, { wrong }: MemoizerExamination): boolean {
  return wrong.some(({ calls }) => calls.arity === arity && calls.live === live)
}

/** The times of ours, and of the rivals that do the whole job. */
function comparable(
  rows: readonly MemoizeRow[],
  everybody: readonly Memoizer[],
  examined: MemoizeReport["examined"],
): Figure[] {
  const ours = everybody.filter(({ strategy }) => strategy !== undefined).map(({ name }) => name)
  const able = examined.filter(({ faults }) => doesTheWholeJob(faults)).map(({ name }) => name)
  return rows
    .filter(({ memoizer: name }) => ours.includes(name) || able.includes(name))
    .map(({ memoizer: name, calls, time }) => ({
      contest: `${signatures[calls.arity]}, ${calls.live} live`,
      name,
      ours: ours.includes(name),
      value: time.median,
    }))
}
