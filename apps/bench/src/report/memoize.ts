import { dataTable } from "@evictionary/report/page"
import { asyncKinds, asyncMeanings } from "../async/calls.ts"
import type { AsyncReport } from "../async/command.ts"
import { RESOLVED } from "../async/memoizers.ts"
import { marks } from "../marks.ts"
import { callKinds, signatures } from "../memoize/calls.ts"
import type { MemoizeReport } from "../memoize/command.ts"
import { memoizerFaults } from "../memoize/faults.ts"
import { integer, nanoseconds, times } from "../numbers.ts"
import { origin } from "../page.ts"
import type { Summary } from "../rounds.ts"
import type { Part } from "./section.ts"
import { contestsGroup, leading } from "./standings.ts"

/** Time per memoized call that is cached. */
export function memoizePart(report: MemoizeReport): Part {
  const { rounds, base, rows, examined, wrong } = report
  const marked = marks(examined, memoizerFaults)
  const table = ([1, 2] as const).map((arity) => {
    const kinds = callKinds.filter((calls) => calls.arity === arity)
    return dataTable(
      `Nanoseconds per call of ${signatures[arity]}, and times the time of "${base}"`,
      [
        { head: "" },
        ...kinds.flatMap(({ live }) => [{ head: `${integer(live)} live` }, { head: "×" }]),
      ],
      examined.map(({ name }) => [
        [name, marked.of(name)].filter(Boolean).join(" "),
        ...kinds.flatMap(({ live }) =>
          cells(
            rows.find(
              ({ memoizer, calls }) =>
                memoizer === name && calls.arity === arity && calls.live === live,
            ),
          ),
        ),
      ]),
    )
  })
  return {
    title: "Memoized calls",
    lead: leading(report.contests, report.standings),
    groups: [{ panels: [], tables: table }, ...contestsGroup(report.contests)],
    notes: [
      ["live", "different calls, all cached, in random order."],
      ["time", origin(rounds)],
      ...reasons(wrong),
      ...marked.meanings.map(([letter, meaning]) => [letter, `${meaning}.`] as const),
    ],
  }
}

/** Time per call of a memoized function that returns a promise. */
export function asyncPart(report: AsyncReport): Part {
  const { rounds, base, rows, names, wrong } = report
  const table = dataTable(
    `Nanoseconds per call, and times the time of "${base}"`,
    [{ head: "" }, ...asyncKinds.flatMap((head) => [{ head }, { head: "×" }])],
    [RESOLVED.name, ...names].map((name) => [
      name,
      ...asyncKinds.flatMap((kind) =>
        cells(rows.find((row) => row.memoizer === name && row.kind === kind)),
      ),
    ]),
  )
  return {
    title: "Memoized promises",
    lead: leading(report.contests, report.standings),
    groups: [{ panels: [], tables: [table] }, ...contestsGroup(report.contests)],
    notes: [
      ...asyncKinds.map((kind) => [kind, `${asyncMeanings[kind]}.`] as const),
      [RESOLVED.name, "a function that returns a resolved promise: no hit can take less."],
      ["time", origin(rounds)],
      ...reasons(wrong),
    ],
  }
}

/** Of a row that is not there, for it is wrong or has no part in it. */
function cells(row: { time: Summary; timesOurs?: number } | undefined): string[] {
  if (row === undefined) return ["–", ""]
  const { time, timesOurs } = row
  return [nanoseconds(time.median), timesOurs === undefined ? "" : times(timesOurs)]
}

function reasons(wrong: readonly { because: string }[]): [term: string, meaning: string][] {
  const all = [...new Set(wrong.map(({ because }) => because))].join("; or ")
  return all === "" ? [] : [["–", `not measured: ${all}.`]]
}
