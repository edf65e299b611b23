import { amount, integer, percent } from "@evictionary/report"
import type { CacheResult } from "@evictionary/simulator"
import type { Colors } from "picocolors/types.js"
import { wholeOf } from "../capacities.ts"
import { boundOf, fitted, page, ratio, table, title } from "../page.ts"
import type { Forms } from "../report.ts"
import type { SimulateReport } from "./command.ts"

/** There is no room for more beside the widest numbers. */
const LONGEST_NAME = 24

export const simulateForms: Forms<SimulateReport> = {
  page: (report, colors) => page(title(report, colors), results(report, colors)),
  rows: ({ results }) => [
    [...FIELDS],
    ...results.map((result) => FIELDS.map((field) => result[field])),
  ],
}

const FIELDS = [
  "capacity",
  "strategy",
  "requests",
  "hits",
  "misses",
  "evictions",
  "hitRatio",
  "byteHitRatio",
] as const

/** What caches of one capacity did, the best one first. */
export interface Group {
  readonly capacity: number
  readonly results: readonly CacheResult[]
}

/** The results by capacity. MIN that was interrupted is left out: it is about less than the others. */
export function groupsOf({ results, requests }: SimulateReport): Group[] {
  const whole = results.filter((result) => result.requests === requests)
  return [...new Set(whole.map(({ capacity }) => capacity))].map((capacity) => ({
    capacity,
    results: whole.filter((result) => result.capacity === capacity).sort(byHitRatio),
  }))
}

/** What stands above the columns of the table. */
export function headsOf({ bytes, by }: SimulateReport): string[] {
  return [
    "",
    "hit ratio",
    `of ${boundOf(by)}`,
    ...(bytes === undefined ? [] : ["byte hits"]),
    "hits",
    "evictions",
  ]
}

/** A row of the table. */
export function rowOf(
  { strategy, hits, hitRatio, byteHitRatio, evictions }: CacheResult,
  { results }: Group,
  { bytes }: SimulateReport,
): string[] {
  const min = results.find(isBound)
  const share = min === undefined || min.hits === 0 ? undefined : hits / min.hits
  return [
    strategy,
    ratio(hitRatio),
    ratio(share),
    ...(bytes === undefined ? [] : [ratio(byteHitRatio)]),
    integer(hits),
    integer(evictions),
  ]
}

/** Whether it knows the future. */
export function isBound({ strategy }: CacheResult): boolean {
  return BOUNDS.includes(strategy)
}

const BOUNDS = ["min", "belady-size"]

function results(report: SimulateReport, colors: Colors): string {
  const heads = headsOf(report)
  const rows = groupsOf(report).map((group) => [
    [colors.bold(headingOf(group.capacity, report)), ...heads.slice(1).map(() => "")],
    ...group.results.map((result) => {
      const [name = "", ...cells] = rowOf(result, group, report)
      const dim = isBound(result) || name === "unbounded"
      return [`  ${dim ? colors.dim(name) : fitted(name, LONGEST_NAME)}`, ...cells]
    }),
  ])
  return table(heads, rows.flat(), colors)
}

/** The best one first; MIN is above those that do as well. */
function byHitRatio(a: CacheResult, b: CacheResult): number {
  return b.hits - a.hits || Number(isBound(b)) - Number(isBound(a))
}

/** How much room that is. */
export function headingOf(capacity: number, report: SimulateReport): string {
  if (capacity === Infinity) return "no bound"
  const whole = wholeOf(report, report)
  const share = whole === 0 ? "" : `, ${percent(capacity / whole)} of ${NAMES[report.by]}`
  return `${amount(capacity, report.by)}${share}`
}

const NAMES = { bytes: "bytes", entries: "keys" } as const
