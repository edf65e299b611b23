import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { CacheMaker } from "@evictionary/simulator"

/** What an independent implementation has of a trace. */
export interface GoldenRow {
  trace: string
  strategy: string
  capacity: number
  requests: number
  hits: number
}

/** Ours beside what independent implementations have. */
export interface GoldenCheck {
  rows: number
  compared: number
  different: (GoldenRow & { ours: { requests: number; hits: number } })[]
  /** How many rows are of what was not replayed, by their strategies. */
  left: Record<string, number>
}

/** What the rows of LIRS are of: a history without end, as in the program of its authors. */
const ENDLESS = "lirs ∞"

/** Our names for strategies that are called otherwise there. */
const OURS: Readonly<Record<string, string>> = { belady: "min", lirs: ENDLESS }

/**
 * The rows of `golden/hits.csv` in the folder that holds the folder of the traces; nothing if there
 * is no such file.
 */
export function readGolden(traces: string): GoldenRow[] | undefined {
  const path = join(traces, "../golden/hits.csv")
  if (!existsSync(path)) return undefined
  const [, ...lines] = readFileSync(path, "utf8").trim().split("\n")
  return lines.map((line) => {
    const [trace = "", strategy = "", capacity, requests, hits] = line.split(",")
    return {
      trace,
      strategy: OURS[strategy] ?? strategy,
      capacity: Number(capacity),
      requests: Number(requests),
      hits: Number(hits),
    }
  })
}

/** Compares every row of which there is one of ours. */
export function compare(rows: readonly GoldenRow[], ours: readonly GoldenRow[]): GoldenCheck {
  const check: GoldenCheck = { rows: rows.length, compared: 0, different: [], left: {} }
  const replayed = new Map(ours.map((row) => [keyOf(row), row]))
  for (const row of rows) {
    const own = replayed.get(keyOf(row))
    if (own === undefined) {
      check.left[row.strategy] = (check.left[row.strategy] ?? 0) + 1
      continue
    }
    check.compared++
    const { requests, hits } = own
    if (requests !== row.requests || hits !== row.hits) {
      check.different.push({ ...row, ours: { requests, hits } })
    }
  }
  return check
}

function keyOf({ trace, strategy, capacity }: GoldenRow): string {
  return JSON.stringify([trace, strategy, capacity])
}

/** The same, and beside LIRS, if it is there, LIRS as its rows have it. */
export function withEndless(makers: Record<string, CacheMaker>): Record<string, CacheMaker> {
  const { lirs } = makers
  if (lirs === undefined) return makers
  const options: object = { history: Infinity }
  return { ...makers, [ENDLESS]: ({ capacity }) => lirs({ capacity, ...options }) }
}
