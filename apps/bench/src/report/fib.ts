import { dataTable, dots, figure, type PageElement } from "@evictionary/report/page"
import { widthOf } from "@evictionary/report/plots"
import * as Plot from "@observablehq/plot"
import picocolors from "picocolors"
import type { FibReport, FibRow } from "../fib/command.ts"
import { headline, reckoned } from "../fib/page.ts"
import { count, duration, integer, percent, times } from "../numbers.ts"
import { deviation, origin } from "../page.ts"
import type { Part } from "./section.ts"

/** The Fibonacci comparison: what a cache buys. */
export function fibPart(report: FibReport): Part {
  const { n, rounds, sweep } = report
  const swept = sweep.rows.length > 0
  return {
    title: "Fibonacci",
    lead: headline(report, picocolors.createColors(false)),
    groups: [
      {
        panels: [timePanel(report), ...(swept ? [sweepPanel(report)] : [])],
        tables: [rowsTable(report), ...(swept ? [sweepTable(report)] : [])],
      },
    ],
    notes: [
      ["time", `of one fib(${n}), the cache being cleared before each: ${origin(rounds)}`],
      ...reckoned(n, report.rows),
      ["grey bar", "from the lower to the upper quartile of the rounds."],
      ["body calls", "how often the body of the function ran, counted apart."],
    ],
  }
}

function timePanel({ n, rows }: FibReport): PageElement {
  const all = rows
    .toSorted((a, b) => a.time.median - b.time.median)
    .map((row) => ({
      name: nameOf(row),
      ours: row.runtime === "node" && row.strategy !== undefined,
      value: row.time.median,
      between: row.time.quartiles,
      text: `${times(row.timesFaster)}`,
    }))
  const title = `Time of fib(${n}), times faster than no cache`
  const description = `${all[0]!.name} is the fastest, ${all.at(-1)!.name} the slowest.`
  return dots({ title, description }, all, {
    label: "time, logarithmic",
    format: roundDuration,
    log: true,
  })
}

/** `10 µs` on an axis. */
function roundDuration(ns: number): string {
  return duration(ns).replace(/\.0+(?= )/, "")
}

function nameOf({ name, runtime }: FibRow): string {
  return runtime === "python" ? `${name}, Python` : name
}

/** Body calls as numbers in a grid, the more the darker. */
function sweepPanel({ n, sweep }: FibReport): PageElement {
  const { capacities, limit, rows } = sweep
  const cells = rows.flatMap(({ strategy, calls }) =>
    calls.map((number, i) => ({
      strategy,
      capacity: capacities[i]!,
      number: number ?? limit,
      text: number === null ? `>${count(limit)}` : count(number),
    })),
  )
  const order = rows.toSorted((a, b) => total(a.calls, limit) - total(b.calls, limit))
  const title = `Body calls of fib(${n}) with little room`
  const description = `Numbers by strategy and capacity; ${order[0]!.strategy} needs the fewest.`
  return figure(
    { title, description },
    {
      width: 360,
      height: rows.length * 20 + 46,
      marginTop: 40,
      marginBottom: 6,
      marginRight: 0,
      marginLeft: Math.max(...rows.map(({ strategy }) => widthOf(strategy) + 10)),
      padding: 0.06,
      x: {
        type: "band",
        axis: "top",
        label: "capacity",
        labelAnchor: "center",
        labelArrow: "none",
        tickSize: 0,
      },
      y: { type: "band", domain: order.map(({ strategy }) => strategy), label: null, tickSize: 0 },
      marks: [
        Plot.cell(cells, {
          x: "capacity",
          y: "strategy",
          fill: "var(--accent)",
          fillOpacity: ({ number }: { number: number }) => shade(number, n, limit),
        }),
        Plot.text(cells, { x: "capacity", y: "strategy", text: "text", fontSize: 9.5 }),
      ],
    },
  )
}

function total(calls: readonly (number | null)[], limit: number): number {
  return calls.reduce<number>((sum, each) => sum + Math.log(each ?? limit), 0)
}

/** So little that what is written on it can be read: from none at the least possible to a third. */
function shade(calls: number, n: number, limit: number): number {
  return Math.max(0, Math.log(calls / (n + 1)) / Math.log(limit / (n + 1))) * 0.35
}

function rowsTable({ n, rows }: FibReport): PageElement {
  return dataTable(
    `fib(${n})`,
    ["", "time", "±", "times faster", "body calls", "hits", "misses", "evicted", "hit ratio"].map(
      (head) => ({ head }),
    ),
    rows.map((row) => [
      nameOf(row),
      `${row.timedAt === undefined ? "" : "≈"}${duration(row.time.median)}`,
      deviation(row.time),
      times(row.timesFaster),
      integer(row.calls),
      ...(row.strategy === undefined
        ? ["–", "–", "–", "–"]
        : [...[row.hits, row.misses, row.evictions].map(integer), percent(row.hitRatio)]),
    ]),
  )
}

function sweepTable({ n, sweep }: FibReport): PageElement {
  return dataTable(
    `Body calls of fib(${n}) by capacity`,
    [{ head: "" }, ...sweep.capacities.map((capacity) => ({ head: integer(capacity) }))],
    sweep.rows.map(({ strategy, calls }) => [
      strategy,
      ...calls.map((each) => (each === null ? `>${integer(sweep.limit)}` : integer(each))),
    ]),
  )
}
