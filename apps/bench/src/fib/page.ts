import type { Colors } from "picocolors/types.js"
import { count, duration, integer, percent, times } from "../numbers.ts"
import { deviation, fitted, legend, origin, page, paragraph, title } from "../page.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import type { FibReport, FibRow } from "./command.ts"

export function fibPage(report: FibReport, colors: Colors): string {
  const { n, result, machine } = report
  return page(
    title(`fib(${n}) = ${integer(result)}`, machine, colors),
    comparison(report, colors),
    terms(report, colors),
    sweep(report, colors),
    paragraph(headline(report, colors)),
  )
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

function comparison({ rows, python }: FibReport, colors: Colors): string {
  const [node, others] = [rows.filter(isOurs), rows.filter((row) => !isOurs(row))]
  const version = "version" in python ? python.version : ""
  return table(
    COLUMNS,
    [
      ...node.map((row) => cells(row, colors)),
      ...(others.length > 0 ? [heading(colors.dim(version), COLUMNS)] : []),
      ...others.map((row) => cells(row, colors)),
    ],
    colors,
  )
}

/** There is no room for more beside the widest numbers. */
const LONGEST_NAME = 16

const isOurs = ({ runtime }: FibRow): boolean => runtime === "node"

function cells(row: FibRow, colors: Colors): Cell[] {
  const { name, runtime, strategy, time, timesFaster, calls } = row
  const paint = strategy === undefined || runtime === "python" ? String : colors.green
  return [
    runtime === "node" ? colors.bold(fitted(name, LONGEST_NAME)) : name,
    duration(time.median),
    colors.dim(deviation(time)),
    paint(times(timesFaster)),
    count(calls),
    ...(strategy === undefined
      ? ["–", "–", "–", "–"].map(colors.dim)
      : [count(row.hits), count(row.misses), count(row.evictions), percent(row.hitRatio)]),
  ]
}

function terms({ rounds }: FibReport, colors: Colors): string {
  return legend(
    [
      [
        "time",
        `${origin(rounds)} ± is half their interquartile range. Before each run the cache is ` +
          "cleared, as Python's is; that is part of the time.",
      ],
      ["faster", "than no cache in Node.js."],
      ["body calls", "and what is right of them: of one run, counted apart from the timed ones."],
    ],
    colors,
  )
}

function sweep({ n, rows, sweep }: FibReport, colors: Colors): string {
  if (sweep.rows.length === 0) return ""
  const { capacities, limit } = sweep
  const columns: Column[] = [
    { head: "capacity", align: "left" },
    ...capacities.map((capacity): Column => ({ head: `${capacity}`, align: "right" })),
  ]
  const body = sweep.rows.map(({ strategy, calls }): Cell[] => [
    colors.bold(strategy),
    ...calls.map((each) => colored(each, n, limit, colors)),
  ])
  const references = rows
    .filter((row) => isOurs(row) && row.capacity === undefined)
    .map(({ name, calls }): Cell[] => [
      name,
      {
        content: `${integer(calls)} ${colors.dim("at any capacity")}`,
        colSpan: capacities.length,
        hAlign: "left",
      },
    ])
  return `${colors.bold(`Body calls for fib(${n}) with little room`)}\n\n${table(columns, [...body, ...references], colors)}`
}

function colored(calls: number | null, n: number, limit: number, colors: Colors): string {
  if (calls === null) return colors.red(`>${limit / 1e6}M`)
  return calls === n + 1 ? colors.green(count(calls)) : colors.yellow(count(calls))
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
