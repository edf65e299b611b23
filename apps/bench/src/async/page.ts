import type { Colors } from "picocolors/types.js"
import { integer, nanoseconds, times } from "../numbers.ts"
import { fitted, legend, origin, page, title } from "../page.ts"
import { spread, WIDE } from "../rounds.ts"
import { summary } from "../standings-page.ts"
import { type Cell, type Column, table } from "../table.ts"
import { ASYNC_CAPACITY, asyncKinds, asyncMeanings } from "./calls.ts"
import type { AsyncReport } from "./command.ts"
import { RESOLVED } from "./memoizers.ts"

/** There is no room for more beside the widest numbers. */
const LONGEST_NAME = 22

export function asyncPage(report: AsyncReport, colors: Colors): string {
  const columns: Column[] = [
    { head: "", align: "left" },
    ...asyncKinds.map((head): Column => ({ head, align: "right", also: 1 })),
  ]
  return page(
    title("Nanoseconds per call of a memoized async function", report.machine, colors),
    table(
      columns,
      [RESOLVED.name, ...report.names].map((name) => line(report, name, colors)),
      colors,
    ),
    terms(report, colors),
    summary(report.contests, report.standings, colors),
  )
}

function line({ rows, wrong }: AsyncReport, name: string, colors: Colors): Cell[] {
  const cells = asyncKinds.flatMap((kind) => {
    const row = rows.find((row) => row.memoizer === name && row.kind === kind)
    if (row === undefined) {
      const isWrong = wrong.some((each) => each.memoizer === name && each.kind === kind)
      return [isWrong ? colors.red("wrong") : colors.dim("–"), ""]
    }
    const { time, timesOurs } = row
    const unsure = spread(time) > WIDE ? "~" : ""
    const ratio = timesOurs === undefined ? "" : painted(timesOurs, colors)
    return [`${unsure}${nanoseconds(time.median)}`, ratio]
  })
  return [colors.bold(fitted(name, LONGEST_NAME)), ...cells]
}

function painted(ratio: number, colors: Colors): string {
  const paint = ratio > 1 ? colors.green : ratio < 1 ? colors.yellow : colors.dim
  return paint(times(ratio))
}

function terms({ rounds, base, wrong }: AsyncReport, colors: Colors): string {
  const reasons = [...new Set(wrong.map(({ because }) => because))].join("; or ")
  return legend(
    [
      ...(base === "" ? [] : [["×", `the time of "${base}".`] as const]),
      ...asyncKinds.map((kind) => [kind, `${asyncMeanings[kind]}.`] as const),
      ["Promise", "a function that returns a resolved promise: no hit can take less."],
      ["capacity", `${integer(ASYNC_CAPACITY)}, and as many results are hit.`],
      [
        "time",
        `${origin(rounds)} ~ marks where half their interquartile range is more than 10% of it.`,
      ],
      ...(reasons === "" ? [] : [["wrong", `${reasons}.`] as const]),
    ],
    colors,
  )
}
