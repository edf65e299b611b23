import type { Colors } from "picocolors/types.js"
import { integer, nanoseconds, percent, plusMinus, times } from "../numbers.ts"
import { legend, origin, page, title } from "../page.ts"
import { spread } from "../rounds.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import type { SpeedReport, SpeedRow } from "./command.ts"
import { keyKinds, keyMeanings } from "./keys.ts"
import { workloadNames, workloads } from "./workloads.ts"

/** From here on, a cell is marked as not to be relied upon. */
const WIDE = 0.1

export function speedPage(report: SpeedReport, colors: Colors): string {
  const body = keyKinds.flatMap((kind) => {
    const rows = report.rows.filter(({ keys }) => keys === kind)
    return [heading(colors.dim(kind), COLUMNS), ...section(rows, colors)]
  })
  return page(
    title(
      `Nanoseconds per operation, capacity ${integer(report.capacity)}`,
      report.machine,
      colors,
    ),
    table(COLUMNS, body, colors),
    terms(report, colors),
  )
}

const COLUMNS: Column[] = [
  { head: "", align: "left" },
  ...workloadNames.map((head): Column => ({ head, align: "right", also: 1 })),
  { head: "hits", align: "right" },
]

/** One line for each implementation. */
function section(rows: readonly SpeedRow[], colors: Colors): Cell[][] {
  const names = [...new Set(rows.map(({ implementation }) => implementation))]
  return names.map((name) => {
    const own = (wanted: string) =>
      rows.find(({ implementation, workload }) => implementation === name && workload === wanted)
    const hitRatio = own("zipf")?.hitRatio
    return [
      `  ${colors.bold(name)}`,
      ...workloadNames.flatMap((workload) => cells(own(workload), colors)),
      hitRatio === undefined ? colors.dim("–") : percent(hitRatio),
    ]
  })
}

function cells(row: SpeedRow | undefined, colors: Colors): Cell[] {
  if (row === undefined) return [colors.dim("–"), ""]
  const { time, timesAsFast } = row
  const paint = timesAsFast > 1 ? colors.green : timesAsFast < 1 ? colors.yellow : colors.dim
  return [`${spread(time) > WIDE ? "~" : ""}${nanoseconds(time.median)}`, paint(times(timesAsFast))]
}

function terms({ rounds, rows }: SpeedReport, colors: Colors): string {
  const widest = Math.max(...rows.map(({ time }) => spread(time)))
  return legend(
    [
      ["×", "times as fast as lru-cache"],
      ...workloadNames.map((name) => [name, workloads[name].meaning] as const),
      ["hits", "hit ratio under zipf"],
      ...keyKinds.map((kind) => [kind, keyMeanings[kind]] as const),
      [
        "time",
        `${origin(rounds)} ~ marks where half their interquartile range is more than 10% of it; ` +
          `the widest is ${plusMinus(widest)}.`,
      ],
      ["–", "never evicts, so it has no part in this"],
    ],
    colors,
  )
}
