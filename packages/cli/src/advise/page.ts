import { adviceOf, amount, percent } from "@evictionary/report"
import type { Colors } from "picocolors/types.js"
import { boundOf, fitted, page, paragraph, ratio, table, title } from "../page.ts"
import type { Forms } from "../report.ts"
import type { AdviseReport } from "./command.ts"

export const adviseForms: Forms<AdviseReport> = {
  page: (report, colors) =>
    page(
      title(report, colors),
      paragraph(adviceOf(report, colors.bold)),
      strategies(report, colors),
    ),
  rows: ({ strategies, capacity, target, min, by }) => [
    [
      ...["capacity", "strategy", "hitRatio", "byteHitRatio"],
      ...[by === "bytes" ? "ofBeladySize" : "ofMin", "target", "sufficient"],
    ],
    ...strategies.map(({ strategy, hitRatio, byteHitRatio, sufficient }) => [
      ...[capacity, strategy, hitRatio, byteHitRatio],
      ...[shareOf(hitRatio, min?.hitRatio), target, sufficient?.room],
    ]),
  ],
}

function strategies(report: AdviseReport, colors: Colors): string {
  if (report.strategies.length === 0) return ""
  const rows = rowsOf(report).map(([name = "", ...cells]) => [fitted(name, 32), ...cells])
  return table(headsOf(report), rows, colors)
}

/** What stands above the columns of the table. */
export function headsOf({ capacity, target, by }: AdviseReport): string[] {
  return [
    capacity === undefined ? "" : `with room for ${amount(capacity, by)}`,
    "hit ratio",
    `of ${boundOf(by)}`,
    ...(by === "bytes" ? ["byte hits"] : []),
    `room for ${percent(target)}`,
  ]
}

/** A row of the table for each strategy, the best one first. */
export function rowsOf({ strategies, min, by }: AdviseReport): string[][] {
  return strategies.map(({ strategy, hitRatio, byteHitRatio, sufficient }) => [
    strategy,
    ratio(hitRatio),
    ratio(shareOf(hitRatio, min?.hitRatio)),
    ...(by === "bytes" ? [ratio(byteHitRatio)] : []),
    sufficient === undefined
      ? "–"
      : `${sufficient.atMost ? "≤" : "~"}${amount(sufficient.room, by)}`,
  ])
}

function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : part / whole
}
