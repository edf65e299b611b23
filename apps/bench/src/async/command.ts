import type { Host } from "../host.ts"
import { inTurn, type Summary } from "../rounds.ts"
import { type Contest, contests, type Standing, standings } from "../standings.ts"
import type { FoundStrategy } from "../strategies.ts"
import { type AsyncKind, asyncKinds } from "./calls.ts"
import { type AsyncMemoizer, asyncMemoizers, RESOLVED } from "./memoizers.ts"

export interface AsyncOptions {
  rounds: number
  strategies: FoundStrategy[]
  /** Their names. */
  rivals: string[]
}

export interface AsyncRow {
  memoizer: string
  kind: AsyncKind
  /** Nanoseconds for one call. */
  time: Summary
  /** The time of this one ÷ that of ours with the first strategy. */
  timesOurs?: number
}

export interface AsyncReport {
  command: "memoize"
  async: true
  machine: string
  rounds: number
  /** What `timesOurs` refers to. */
  base: string
  /** The first is that of a resolved promise, which is awaited as a hit is. */
  rows: AsyncRow[]
  names: string[]
  /** What could not be measured, because it does not do the job. */
  wrong: { memoizer: string; kind: AsyncKind; because: string }[]
  contests: Contest[]
  standings: Standing[]
}

/** Examines everybody, then times them in turn. */
export async function measureAsync(options: AsyncOptions, host: Host): Promise<AsyncReport> {
  const { rounds, strategies, rivals } = options
  const everybody = asyncMemoizers(strategies, rivals)
  const progress = host.startProgress(everybody.length)
  try {
    const wrong: AsyncReport["wrong"] = []
    for (const memoizer of everybody) {
      progress.step(`${memoizer.name}, examining`)
      const found = await host.ask("examineAsync", { memoizer })
      wrong.push(...found.map((each) => ({ memoizer: memoizer.name, ...each })))
    }
    const isWrong = (memoizer: AsyncMemoizer, kind: AsyncKind) =>
      wrong.some((each) => each.memoizer === memoizer.name && each.kind === kind)
    const pairs = [
      { memoizer: RESOLVED, kind: "hit" as const },
      ...everybody.flatMap((memoizer) =>
        asyncKinds.filter((kind) => !isWrong(memoizer, kind)).map((kind) => ({ memoizer, kind })),
      ),
    ]
    const cases = pairs.map(({ memoizer, kind }) => ({
      name: `${memoizer.name}, ${kind}`,
      measure: async () => (await host.ask("timeAsync", { memoizer, kind })).ns,
    }))
    progress.announce(cases.length * rounds)
    const times = await inTurn(cases, rounds, progress)
    const base = everybody.find(({ strategy }) => strategy !== undefined)?.name ?? ""
    const rows = pairs.map(({ memoizer, kind }, i): AsyncRow => {
      const ours = pairs.findIndex((each) => each.memoizer.name === base && each.kind === kind)
      const time = times[i]!
      const timesOurs = ours >= 0 && { timesOurs: time.median / times[ours]!.median }
      return { memoizer: memoizer.name, kind, time, ...timesOurs }
    })
    const figures = rows.slice(1).map(({ memoizer, kind, time }) => ({
      contest: kind,
      name: memoizer,
      ours: everybody.some(({ name, strategy }) => name === memoizer && strategy !== undefined),
      value: time.median,
    }))
    return {
      command: "memoize",
      async: true,
      machine: host.machine,
      rounds,
      base,
      rows,
      names: everybody.map(({ name }) => name),
      wrong,
      contests: contests(figures),
      standings: standings(figures),
    }
  } finally {
    progress.stop()
  }
}
