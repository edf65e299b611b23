import type { Host } from "../host.ts"
import type { Examined } from "../marks.ts"
import { type Contest, contests, type Figure, type Standing, standings } from "../standings.ts"
import { doesTheJob, type FaultName } from "../stores/faults.ts"
import { type Implementation, implementations } from "../stores/implementations.ts"
import type { KeyKind } from "../stores/keys.ts"
import type { FoundStrategy } from "../strategies.ts"

/** The kinds of keys that make a difference to memory. */
export const weighedKeys = ["int32", "string", "object"] as const satisfies readonly KeyKind[]
export type WeighedKeys = (typeof weighedKeys)[number]

export interface MemoryOptions {
  keys: WeighedKeys[]
  entries: number
  strategies: FoundStrategy[]
  /** Their names. */
  rivals: string[]
}

export interface MemoryRow {
  implementation: string
  /** Bytes of an empty one with a capacity of {@link LARGE}. */
  empty: number
  entries: {
    keys: WeighedKeys
    /** Bytes for each entry of the capacity, when it has just become full. */
    full: number
    /** The same after many more keys have come and gone; none where they do not go. */
    turned?: number
  }[]
}

export interface MemoryReport {
  command: "memory"
  machine: string
  keys: WeighedKeys[]
  entries: number
  rows: MemoryRow[]
  /** What each does otherwise than the others. */
  examined: (Examined & { faults: FaultName[] })[]
  /** What could not be weighed, because the results are wrong. */
  wrong: { implementation: string; keys: KeyKind; because: string }[]
  /** Ours against the rivals that do the whole job. */
  contests: Contest[]
  standings: Standing[]
}

/** The capacity of what is empty. */
export const LARGE = 1_000_000

/** Examines everybody, and weighs each of them empty and full, in processes of their own. */
export async function measureMemory(options: MemoryOptions, host: Host): Promise<MemoryReport> {
  const { keys, entries, strategies, rivals } = options
  const everybody = implementations(strategies, rivals)
  const progress = host.startProgress(everybody.length * (2 + keys.length))
  const report: MemoryReport = {
    command: "memory",
    machine: host.machine,
    keys,
    entries,
    rows: [],
    examined: [],
    wrong: [],
    contests: [],
    standings: [],
  }
  try {
    for (const implementation of everybody) {
      const { name } = implementation
      progress.step(`${name}, examining`)
      const settings = keys.map((keys) => ({ keys, capacity: 1_000 }))
      const { faults, wrong } = await host.ask("examineStore", { implementation, settings })
      report.examined.push({ name, faults })
      report.wrong.push(
        ...wrong.map(({ capacity: _, ...each }) => ({ implementation: name, ...each })),
      )
      progress.step(`${name}, empty`)
      const { bytes } = await host.ask("weighEmpty", { implementation, capacity: LARGE })
      const row: MemoryRow = { implementation: name, empty: bytes, entries: [] }
      for (const kind of keys) {
        progress.step(`${name}, ${kind}`)
        if (wrong.some(({ keys }) => keys === kind)) continue
        const { consumed: _, ...weight } = await host.ask("weighEntries", {
          implementation,
          keys: kind,
          entries,
        })
        row.entries.push({ keys: kind, ...weight })
      }
      report.rows.push(row)
    }
    const figures = comparable(report, everybody)
    return { ...report, contests: contests(figures), standings: standings(figures) }
  } finally {
    progress.stop()
  }
}

/** What ours weigh, and the rivals that do the whole job. */
function comparable(
  { rows, examined }: MemoryReport,
  everybody: readonly Implementation[],
): Figure[] {
  return rows.flatMap(({ implementation: name, empty, entries }, i) => {
    const ours = everybody[i]!.strategy !== undefined
    if (!ours && !doesTheJob(examined[i]!.faults)) return []
    return [
      ...entries.map(({ keys, full }) => ({ contest: keys, name, ours, value: full })),
      ...(everybody[i]!.bounded ? [{ contest: "empty", name, ours, value: empty }] : []),
    ]
  })
}
