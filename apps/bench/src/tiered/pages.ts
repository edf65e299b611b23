import type { Colors } from "picocolors/types.js"
import { count, duration, integer } from "../numbers.ts"
import { legend, page, title } from "../page.ts"
import { type Column, heading, table } from "../table.ts"
import type { TieredCostReport } from "./cost.ts"
import type { TieredFailuresReport } from "./failures.ts"
import type { TieredSoakReport } from "./soak.ts"
import { PHASES } from "./time.ts"

const right = (head: string): Column => ({ head, align: "right" })
const COST: Column[] = [
  { head: "", align: "left" },
  ...["client", "server", "wall", "median", "p99"].map(right),
]

export function costPage({ rows, rounds, machine }: TieredCostReport, colors: Colors): string {
  const processes = [...new Set(rows.map((row) => row.processes))]
  const body = PHASES.flatMap((phase) =>
    processes.flatMap((each) => [
      heading(`${phase}, ${each === 1 ? "one process" : `${each} processes`}`, COST),
      ...rows
        .filter((row) => row.phase === phase && row.processes === each)
        .map((row) => [
          `  ${row.contender.startsWith("ours") ? colors.bold(row.contender) : row.contender}`,
          duration(row.cpu * 1_000),
          row.server > 0 ? duration(row.server * 1_000) : "",
          duration(row.wall * 1_000),
          duration(row.median * 1_000),
          duration(row.p99 * 1_000),
        ]),
    ]),
  )
  return page(
    title("What a call costs", machine, colors),
    table(COST, body, colors),
    legend(
      [
        ["client", "processor time in the process that calls"],
        ["server", "processor time in the server"],
        ["wall", "time for a call, 50 at once in each process (first tier: one at a time)"],
        ["measured", `${rounds} rounds, everybody in turn, the medians`],
      ],
      colors,
    ),
  )
}

const FAILURES: Column[] = [
  { head: "", align: "left" },
  ...["calls", "loads", "wrong", "p99", "most", "healed"].map(right),
]

export function failuresPage({ rows, machine }: TieredFailuresReport, colors: Colors): string {
  const body = rows.map(({ title, calls, loads, faults, p99, max, healed }) => [
    title,
    count(calls),
    count(loads),
    faults === 0 ? colors.green("0") : colors.red(integer(faults)),
    duration(p99 * 1e6),
    duration(max * 1e6),
    duration(healed * 1e6),
  ])
  return page(
    title("What failures do to callers", machine, colors),
    table(FAILURES, body, colors),
    legend(
      [
        ["calls", "in two seconds, 20 at once, half of them for keys that nobody has"],
        ["wrong", "values that were wrong, and errors that callers got"],
        ["healed", "from the end of the fault until it is linked, and stores again"],
      ],
      colors,
    ),
  )
}

export function tieredSoakPage(report: TieredSoakReport, colors: Colors): string {
  const { minutes, threads, machine, faults, counts } = report
  const { reads, changes, late, loads, hits, violations } = counts
  const rows: [string, string][] = [
    ["reads", integer(reads)],
    ["loads", integer(loads)],
    ["changes", integer(changes)],
    ["  not taken at once", integer(late)],
    ...Object.entries(hits).map(([state, n]): [string, string] => [
      `hits while ${state}`,
      integer(n),
    ]),
    ...Object.entries(faults).map(([fault, n]): [string, string] => [fault, `${n} times`]),
    [
      "promises broken",
      violations.length === 0 ? colors.green("0") : colors.red(integer(violations.length)),
    ],
  ]
  return page(
    title(`${minutes} minutes of ${threads} caches`, machine, colors),
    table([{ head: "", align: "left" }, right("")], rows, colors),
    ...violations.slice(0, 20),
  )
}
