import type { Colors } from "picocolors/types.js"
import { integer, plusMinus, times } from "../numbers.ts"
import { legend, origin, page, paragraph, title } from "../page.ts"
import { spread } from "../rounds.ts"
import { type WorkloadName, workloads } from "../speed/workloads.ts"
import { keyMeanings } from "../stores/keys.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import type { PolymorphicReport, PolymorphicRow } from "./command.ts"

/** How much slower it may be in company: hits, and what makes entries leave. */
const [AIM_HITTING, AIM_EVICTING] = [1.25, 1.5]

export function polymorphicPage(report: PolymorphicReport, colors: Colors): string {
  const { capacities, keys, workloads } = report
  const columns: Column[] = [
    { head: "", align: "left" },
    ...workloads.map((head): Column => ({ head, align: "right" })),
  ]
  const body = capacities.flatMap((capacity) =>
    keys.flatMap((kind) => {
      const own = report.rows.filter((row) => row.keys === kind && row.capacity === capacity)
      const name = capacities.length > 1 ? `${kind}, capacity ${integer(capacity)}` : kind
      return [heading(colors.dim(name), columns), ...section(own, workloads, colors)]
    }),
  )
  const capacity = capacities.map(integer).join(" and ")
  return page(
    title(`Time with all strategies warm ÷ alone, capacity ${capacity}`, report.machine, colors),
    table(columns, body, colors),
    terms(report, colors),
    paragraph(verdict(report, colors)),
  )
}

/** One line for each strategy. */
function section(
  rows: readonly PolymorphicRow[],
  names: readonly WorkloadName[],
  colors: Colors,
): Cell[][] {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))]
  return strategies.map((strategy) => [
    `  ${colors.bold(strategy)}`,
    ...names.map((workload) => {
      const row = rows.find((row) => row.strategy === strategy && row.workload === workload)
      if (row === undefined) return colors.dim("–")
      return (isWithin(row) ? colors.green : colors.yellow)(times(row.ratio))
    }),
  ])
}

function isWithin({ workload, ratio }: PolymorphicRow): boolean {
  return ratio <= (workloads[workload].evicts ? AIM_EVICTING : AIM_HITTING)
}

function terms({ rounds, rows, keys, workloads: names, warm }: PolymorphicReport, colors: Colors) {
  const widest = Math.max(
    0,
    ...rows.flatMap(({ alone, together }) => [alone, together].map(spread)),
  )
  return legend(
    [
      ["×", "the time in a process in which all strategies are warm ÷ alone in one"],
      ["warm", `${warm.join(", ")}: each has gone through the same workload before, in turn`],
      ...names.map((name) => [name, workloads[name].meaning] as const),
      ...keys.map((kind) => [kind, keyMeanings[kind]] as const),
      [
        "time",
        `${origin(rounds)} Half their interquartile range is at most ${plusMinus(widest)} of it.`,
      ],
      ["–", "never evicts, so it has no part in this"],
    ],
    colors,
  )
}

function verdict({ rows }: PolymorphicReport, colors: Colors): string {
  const within = rows.filter(isWithin).length
  const paint = within === rows.length ? colors.green : colors.yellow
  return (
    `${paint(`${within} of ${rows.length}`)} are within the aim: ${AIM_HITTING} times for hit and ` +
    `update, ${AIM_EVICTING} times where entries leave.`
  )
}
