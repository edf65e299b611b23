import type { CacheResult } from "@evictionary/simulator"
import type { Colors } from "picocolors/types.js"
import { integer, percent } from "../numbers.ts"
import { fitted, page, ratio, table, title } from "../page.ts"
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

function results({ results, requests, uniqueKeys, bytes }: SimulateReport, colors: Colors): string {
  // MIN that was interrupted is about less than the others.
  const whole = results.filter((result) => result.requests === requests)
  const sized = bytes !== undefined
  const heads = ["", "hit ratio", "of MIN", ...(sized ? ["byte hits"] : []), "hits", "evictions"]
  const groups = [...new Set(whole.map(({ capacity }) => capacity))].map((capacity) => {
    const group = whole.filter((result) => result.capacity === capacity).sort(byHitRatio)
    const min = group.find(({ strategy }) => strategy === "min")
    return [
      [colors.bold(headingOf(capacity, uniqueKeys)), ...heads.slice(1).map(() => "")],
      ...group.map((result) => cells(result, min, sized, colors)),
    ]
  })
  return table(heads, groups.flat(), colors)
}

/** The best one first; MIN is above those that do as well. */
function byHitRatio(a: CacheResult, b: CacheResult): number {
  return b.hits - a.hits || Number(b.strategy === "min") - Number(a.strategy === "min")
}

function headingOf(capacity: number, uniqueKeys: number): string {
  if (capacity === Infinity) return "no bound"
  const share = uniqueKeys === 0 ? "" : `, ${percent(capacity / uniqueKeys)} of keys`
  return `${integer(capacity)}${share}`
}

function cells(
  { strategy, hits, hitRatio, byteHitRatio, evictions }: CacheResult,
  min: CacheResult | undefined,
  sized: boolean,
  colors: Colors,
): string[] {
  const isBound = strategy === "min" || strategy === "unbounded"
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
