import type { Colors } from "picocolors/types.js"
import { type Marks, marks } from "../marks.ts"
import { count, integer, nanoseconds, times } from "../numbers.ts"
import { fitted, legend, origin, page, title } from "../page.ts"
import { spread, WIDE } from "../rounds.ts"
import { summary } from "../standings-page.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import { type Calls, callKinds, signatures } from "./calls.ts"
import type { MemoizeReport, MemoizeRow } from "./command.ts"
import { SLOW } from "./examine.ts"
import { memoizerFaults } from "./faults.ts"

/** There is no room for more beside the widest numbers. */
const LONGEST_NAME = 20

export function memoizePage(report: MemoizeReport, colors: Colors): string {
  const marked = marks(report.examined, memoizerFaults)
  const columns: Column[] = [
    { head: "", align: "left" },
    ...callKinds
      .filter(({ arity }) => arity === 1)
      .map(({ live }): Column => ({ head: `${count(live)} live`, align: "right", also: 1 })),
  ]
  const body = ([1, 2] as const).flatMap((arity) => {
    const kinds = callKinds.filter((calls) => calls.arity === arity)
    return [
      heading(colors.dim(signatures[arity]), columns),
      ...report.examined.map(({ name }) => line(report, name, kinds, marked, colors)),
    ]
  })
  return page(
    title("Nanoseconds per memoized call, all of them hits", report.machine, colors),
    table(columns, body, colors),
    terms(report, marked, colors),
    summary(report.contests, report.standings, colors),
  )
}

function line(
  { rows, wrong }: MemoizeReport,
  name: string,
  kinds: readonly Calls[],
  marked: Marks,
  colors: Colors,
): Cell[] {
  const letters = marked.of(name)
  return [
    `  ${colors.bold(fitted(name, LONGEST_NAME))}${letters && ` ${colors.dim(letters)}`}`,
    ...kinds.flatMap(({ arity, live }) =>
      cells(
        rows.find(isFor(name, arity, live)),
        wrong.find(isFor(name, arity, live))?.because,
        colors,
      ),
    ),
  ]
}

function isFor(name: string, arity: number, live: number) {
  return ({ memoizer, calls }: { memoizer: string; calls: Calls }): boolean =>
    memoizer === name && calls.arity === arity && calls.live === live
}

function cells(row: MemoizeRow | undefined, because: string | undefined, colors: Colors): Cell[] {
  if (row === undefined) return [colors.red(because === SLOW ? "slow" : "wrong"), ""]
  const { time, timesOurs } = row
  const paint = timesOurs > 1 ? colors.green : timesOurs < 1 ? colors.yellow : colors.dim
  return [`${spread(time) > WIDE ? "~" : ""}${nanoseconds(time.median)}`, paint(times(timesOurs))]
}

function terms({ rounds, base, wrong }: MemoizeReport, marked: Marks, colors: Colors): string {
  const room = callKinds
    .filter(({ arity }) => arity === 1)
    .map(({ live, capacity }) => `${integer(capacity)} for ${count(live)}`)
  const reasons = new Set(wrong.map(({ because }) => because))
  const isSlow = reasons.delete(SLOW)
  return legend(
    [
      ["×", `the time of "${base}".`],
      ["live", `different calls, in random order; capacity ${room.join(", ")}.`],
      [
        "time",
        `${origin(rounds)} ~ marks where half their interquartile range is more than 10% of it.`,
      ],
      ...(reasons.size > 0 ? [["wrong", [...reasons].join("; or ")] as const] : []),
      ...(isSlow ? [["slow", `${SLOW}; not measured.`] as const] : []),
      ...marked.meanings,
    ],
    colors,
  )
}
