import type { Colors } from "picocolors/types.js"
import { type Marks, marks } from "../marks.ts"
import { integer, nanoseconds, percent, plusMinus, times } from "../numbers.ts"
import { fitted, legend, origin, page, title } from "../page.ts"
import { spread, WIDE } from "../rounds.ts"
import { summary } from "../standings-page.ts"
import { type Setting, wordFor, wordsFor } from "../stores/examine.ts"
import { faults } from "../stores/faults.ts"
import { PER_TURN } from "../stores/implementations.ts"
import { keyMeanings } from "../stores/keys.ts"
import { type Cell, type Column, heading, table } from "../table.ts"
import { BASE, type SpeedReport, type SpeedRow } from "./command.ts"
import { workloads } from "./workloads.ts"

const LONGEST_NAME = 30

export function speedPage(report: SpeedReport, colors: Colors): string {
  const marked = marks(report.examined, faults)
  return page(
    title(titleOf(report), report.machine, colors),
    speedTable(report, marked, colors),
    terms(report, marked.meanings, colors),
    summary(report.contests, report.standings, colors),
  )
}

/** A section for each setting, and a line for each implementation. */
export function speedTable(report: SpeedReport, marked: Marks, colors: Colors): string {
  const { capacities, keys } = report
  const columns = columnsOf(report)
  const settings = capacities.flatMap((capacity) => keys.map((keys) => ({ keys, capacity })))
  const body = settings.flatMap((setting) => [
    heading(colors.dim(nameOf(setting, report)), columns),
    ...section(report, setting, marked, colors),
  ])
  return table(columns, body, colors)
}

export function titleOf({ capacities, rows }: SpeedReport): string {
  const capacity = capacities.map(integer).join(" and ")
  return hasBase(rows)
    ? `Times as fast as ${BASE}, capacity ${capacity}`
    : `Nanoseconds per operation, capacity ${capacity}`
}

function nameOf({ keys, capacity }: Setting, { capacities }: SpeedReport): string {
  return capacities.length > 1 ? `${keys}, capacity ${integer(capacity)}` : keys
}

const hasBase = (rows: readonly SpeedRow[]) => rows.some((row) => row.timesAsFast !== undefined)

function columnsOf({ workloads }: SpeedReport): Column[] {
  return [
    { head: "", align: "left" },
    ...workloads.map((head): Column => ({ head, align: "right" })),
    ...(workloads.includes("zipf") ? [{ head: "hits", align: "right" } as const] : []),
  ]
}

/** The base in nanoseconds; then one line for each implementation. */
function section(report: SpeedReport, setting: Setting, marked: Marks, colors: Colors): Cell[][] {
  const line = (name: string, label: string, show: (row: SpeedRow, colors: Colors) => string) => {
    const cells = report.workloads.map((workload) => {
      const row = find(report, setting, name, workload)
      return row === undefined ? absent(report, setting, name, colors) : show(row, colors)
    })
    const { hitRatio } = find(report, setting, name, "zipf") ?? {}
    const hits = hitRatio === undefined ? colors.dim("–") : percent(hitRatio)
    return [`  ${label}`, ...cells, ...(report.workloads.includes("zipf") ? [hits] : [])]
  }
  const labelled = (name: string, letters: string) =>
    letters === "" ? name : `${name} ${colors.dim(letters)}`
  const based = report.rows.some(
    (row) => row.timesAsFast !== undefined && isIn(row, setting) && row.implementation === BASE,
  )
  return [
    ...(based ? [line(BASE, labelled(`${BASE}, ns`, marked.of(BASE)), inNanoseconds)] : []),
    ...report.examined
      .filter(({ name }) => !(based && name === BASE))
      .map(({ name }) => {
        const label = labelled(colors.bold(fitted(name, LONGEST_NAME)), marked.of(name))
        return line(name, label, based ? asRatio : inNanoseconds)
      }),
  ]
}

function find(
  { rows }: SpeedReport,
  setting: Setting,
  name: string,
  workload: string,
): SpeedRow | undefined {
  return rows.find(
    (row) => row.implementation === name && row.workload === workload && isIn(row, setting),
  )
}

function isIn(row: Setting, { keys, capacity }: Setting): boolean {
  return row.keys === keys && row.capacity === capacity
}

function absent({ wrong }: SpeedReport, setting: Setting, name: string, colors: Colors): string {
  const found = wrong.find((each) => each.implementation === name && isIn(each, setting))
  return found === undefined ? colors.dim("–") : colors.red(wordFor(found.because))
}

function inNanoseconds({ time }: SpeedRow): string {
  return `${unsure(time)}${nanoseconds(time.median)}`
}

function asRatio({ time, timesAsFast = 1 }: SpeedRow, colors: Colors): string {
  const paint = timesAsFast > 1 ? colors.green : timesAsFast < 1 ? colors.yellow : colors.dim
  return paint(`${unsure(time)}${times(timesAsFast)}`)
}

function unsure(time: SpeedRow["time"]): string {
  return spread(time) > WIDE ? "~" : ""
}

/** What the words of a table mean. */
export function terms(report: SpeedReport, meanings: Marks["meanings"], colors: Colors): string {
  const { rounds, rows, wrong } = report
  const widest = Math.max(0, ...rows.map(({ time }) => spread(time)))
  return legend(
    [
      ...(hasBase(rows) ? [["×", "its time ÷ that of the implementation"] as const] : []),
      ...report.workloads.map((name) => [name, workloads[name].meaning] as const),
      ...(report.workloads.includes("zipf") ? [["hits", "hit ratio under zipf"] as const] : []),
      ...report.keys.map((kind) => [kind, keyMeanings[kind]] as const),
      [
        "time",
        `${origin(rounds)} ~ marks where half their interquartile range is more than 10% of it; ` +
          `the widest is ${plusMinus(widest)}.`,
      ],
      ...(rows.some(({ implementation }) => implementation.endsWith(PER_TURN))
        ? [["per turn", "its clock is read once in each turn of the event loop"] as const]
        : []),
      ["–", "never evicts, or, under mixed, has no delete: it has no part in this"],
      ...wordsFor(wrong),
      ["a, b, …", "what each does otherwise, as found by examining it before anything was timed:"],
      ...meanings,
    ],
    colors,
  )
}
