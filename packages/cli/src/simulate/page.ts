import type { CacheResult } from "@evictionary/simulator"
import type { Colors } from "picocolors/types.js"
import { wholeOf } from "../capacities.ts"
import { integer, percent } from "../numbers.ts"
import { amount, boundOf, fitted, page, ratio, table, title } from "../page.ts"
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

function results(report: SimulateReport, colors: Colors): string {
  const { results, requests, bytes, by } = report
  // MIN that was interrupted is about less than the others.
  const whole = results.filter((result) => result.requests === requests)
  const sized = bytes !== undefined
  const heads = [
    "",
    "hit ratio",
    `of ${boundOf(by)}`,
    ...(sized ? ["byte hits"] : []),
    "hits",
    "evictions",
  ]
  const groups = [...new Set(whole.map(({ capacity }) => capacity))].map((capacity) => {
    const group = whole.filter((result) => result.capacity === capacity).sort(byHitRatio)
    const min = group.find(({ strategy }) => BOUNDS.includes(strategy))
    return [
      [colors.bold(headingOf(capacity, report)), ...heads.slice(1).map(() => "")],
      ...group.map((result) => cells(result, min, sized, colors)),
    ]
  })
  return table(heads, groups.flat(), colors)
}

/** What knows the future. */
const BOUNDS = ["min", "belady-size"]

/** The best one first; MIN is above those that do as well. */
function byHitRatio(a: CacheResult, b: CacheResult): number {
  const isBound = ({ strategy }: CacheResult) => Number(BOUNDS.includes(strategy))
  return b.hits - a.hits || isBound(b) - isBound(a)
}

function headingOf(capacity: number, report: SimulateReport): string {
  if (capacity === Infinity) return "no bound"
  const whole = wholeOf(report, report)
  const share = whole === 0 ? "" : `, ${percent(capacity / whole)} of ${NAMES[report.by]}`
  return `${amount(capacity, report.by)}${share}`
}

const NAMES = { bytes: "bytes", entries: "keys" } as const

function cells(
  { strategy, hits, hitRatio, byteHitRatio, evictions }: CacheResult,
  min: CacheResult | undefined,
  sized: boolean,
  colors: Colors,
): string[] {
  const isBound = strategy === "unbounded" || BOUNDS.includes(strategy)
  const share = min === undefined || min.hits === 0 ? undefined : hits / min.hits
  return [
    `  ${isBound ? colors.dim(strategy) : fitted(strategy, LONGEST_NAME)}`,
    ratio(hitRatio),
    ratio(share),
    ...(sized ? [ratio(byteHitRatio)] : []),
    integer(hits),
    integer(evictions),
  ]
}
