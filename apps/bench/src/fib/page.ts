import type { Colors } from "picocolors/types.js"
import { count, duration, integer, percent, times } from "../numbers.ts"
import { deviation, fitted, legend, origin, page, paragraph } from "../page.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import type { FibReport, FibRow } from "./command.ts"
import { plainCalls } from "./functions.ts"

/** The second part of the page; the first one is printed while it is counted (`view.ts`). */
export function fibPage(report: FibReport, colors: Colors): string {
  const { n, rows, python } = report
  const parts = page(
    colors.bold(`Time of one fib(${n})`),
    comparison(rows, "version" in python ? python.version : "", colors),
    terms(report, colors),
    paragraph(headline(report, colors)),
  )
  // The first part ends with a blank line.
  return parts.slice(1)
}

const COLUMNS: Column[] = [
  { head: "", align: "left" },
  { head: "time", align: "right", also: 1 },
  { head: "times\nfaster", align: "right" },
  { head: "body\ncalls", align: "right" },
  { head: "hits", align: "right" },
  { head: "misses", align: "right" },
  { head: "evicted", align: "right" },
  { head: "hit\nratio", align: "right" },
]

/** The rows that are known, and those of Python under their own heading. */
export function comparison(rows: readonly FibRow[], python: string, colors: Colors): string {
  const [node, others] = [rows.filter(isOurs), rows.filter((row) => !isOurs(row))]
  return table(
    COLUMNS,
    [
      ...node.map((row) => cells(row, colors)),
      ...(others.length > 0 ? [heading(colors.dim(python), COLUMNS)] : []),
      ...others.map((row) => cells(row, colors)),
    ],
    colors,
  )
}

/** There is no room for more beside the widest numbers. */
const LONGEST_NAME = 16

const isOurs = ({ runtime }: FibRow): boolean => runtime === "node"

function cells(row: FibRow, colors: Colors): Cell[] {
  const { name, runtime, strategy, time, timedAt, timesFaster, calls } = row
  const paint = strategy === undefined || runtime === "python" ? String : colors.green
  return [
    runtime === "node" ? colors.bold(fitted(name, LONGEST_NAME)) : name,
    `${timedAt === undefined ? "" : "≈"}${duration(time.median)}`,
    colors.dim(deviation(time)),
    paint(times(timesFaster)),
    count(calls),
    ...(strategy === undefined
      ? ["–", "–", "–", "–"].map(colors.dim)
      : [count(row.hits), count(row.misses), count(row.evictions), percent(row.hitRatio)]),
  ]
}

function terms({ n, rounds, rows }: FibReport, colors: Colors): string {
  return legend(
    [
      [
        "time",
        `${origin(rounds)} ± is half their interquartile range. Before each run the cache is ` +
          "cleared, as Python's is; that is part of the time.",
      ],
      ...reckoned(n, rows),
      ["faster", "than no cache in Node.js."],
      ["body calls", "and what is right of them: of one run, counted apart from the timed ones."],
    ],
    colors,
  )
}

/** What is said of times that are not those of `fib(n)` itself. */
export function reckoned(n: number, rows: readonly FibRow[]): [term: string, meaning: string][] {
  const timed = new Set(rows.flatMap(({ timedAt }) => timedAt ?? []))
  return [...timed].map((less) => {
    const [most, least] = [plainCalls(n), plainCalls(less)].map(integer)
    return [
      "≈",
      `not timed itself: the time of fib(${less}), × ${most} ÷ ${least}, the calls that each of ` +
        "them makes.",
    ]
  })
}

/** Who computes it how much faster than whom, in a sentence. */
export function headline({ n, rows, python }: FibReport, colors: Colors): string {
  const ours = rows.filter((row) => isOurs(row) && row.strategy !== undefined)
  const best = ours.find(({ capacity }) => capacity !== undefined) ?? ours[0]!
  const theirs = rows.find(({ runtime, strategy }) => runtime === "python" && strategy)
  const than = (ratio: number, whom: string) =>
    ratio < 1
      ? `${colors.yellow(times(1 / ratio))} slower than ${whom}`
      : `${colors.green(times(ratio))} faster than ${whom}`
  return [
    `${colors.bold(best.name)} computes fib(${n}) ${than(best.timesFaster, "no cache")}`,
    theirs
      ? `, ${than(theirs.time.median / best.time.median, "CPython's functools.lru_cache")}`
      : "",
    `: ${integer(best.calls)} body calls instead of ${integer(rows[0]!.calls)}.`,
    "leftOut" in python ? ` Python was left out: ${python.leftOut}.` : "",
  ].join("")
}
