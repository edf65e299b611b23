import type { Colors } from "picocolors/types.js"
import { integer, nanoseconds, times } from "../numbers.ts"
import { deviation, legend, origin, page, title } from "../page.ts"
import { type Cell, type Column, table } from "../table.ts"
import type { MemoizeReport, MemoizeRow } from "./command.ts"
import { callKinds } from "./time.ts"

export function memoizePage(report: MemoizeReport, colors: Colors): string {
  const { rows, machine } = report
  const columns: Column[] = [
    { head: "", align: "left" },
    ...callKinds.map(({ name, live }): Column => {
      return { head: `${name}\n${integer(live)} live`, align: "right", also: 2 }
    }),
  ]
  const names = [...new Set(rows.map(({ memoizer }) => memoizer))]
  const body = names.map((name) => [
    colors.bold(name),
    ...callKinds.flatMap(({ live }) =>
      cells(
        rows.find(({ memoizer, calls }) => memoizer === name && calls.live === live),
        colors,
      ),
    ),
  ])
  return page(
    title("Nanoseconds per memoized call, all of them hits", machine, colors),
    table(columns, body, colors),
    terms(report, colors),
  )
}

function cells(row: MemoizeRow | undefined, colors: Colors): Cell[] {
  if (row === undefined) return [colors.dim("–"), "", ""]
  const { time, timesOurs } = row
  const paint = timesOurs > 1 ? colors.green : timesOurs < 1 ? colors.yellow : colors.dim
  return [nanoseconds(time.median), colors.dim(deviation(time)), paint(times(timesOurs))]
}

function terms({ rounds, base }: MemoizeReport, colors: Colors): string {
  const room = callKinds.map(({ live, capacity }) => `${integer(capacity)} for ${integer(live)}`)
  return legend(
    [
      ["×", `the time of "${base}".`],
      ["live", `different calls, in random order; capacity ${room.join(", ")}.`],
      ["time", `${origin(rounds)} ± is half their interquartile range.`],
      ["memoize", "keeps everything, and tells calls apart by the first argument only (–)."],
    ],
    colors,
  )
}
