import { percent, rounded, size } from "@evictionary/report"
import type { MissRatioCurve, MissRatioPoint, Unit } from "@evictionary/simulator"
import type { Colors } from "picocolors/types.js"
import { fitted, page, paragraph, table, title } from "../page.ts"
import type { Forms } from "../report.ts"
import type { CurveReport } from "./command.ts"

/** Of so many points there is room for the numbers. */
const COLUMNS = 4

/** There is no room for more beside the curve and the columns. */
const LONGEST_NAME = 12

/** An estimate from a cache with less room says little. */
const LEAST_ROOM = 50

const BLOCKS = "▁▂▃▄▅▆▇█"

export const curveForms: Forms<CurveReport> = {
  page: (report, colors) =>
    page(title(report, colors), ...curves(report, colors), paragraph(colors.dim(terms(report)))),
  rows: ({ curves }) => [
    ["strategy", ...FIELDS],
    ...curves.flatMap(({ strategy, points }) =>
      points.map((point) => [strategy, ...FIELDS.map((field) => point[field])]),
    ),
  ],
}

const FIELDS = ["capacity", "missRatio", "byteMissRatio", "exact", "exactBytes", "room"] as const

/** Which ratio a table is about. */
export interface Measure {
  readonly name: string
  readonly estimate: "byteMissRatio" | "missRatio"
  readonly exact: "exact" | "exactBytes"
  readonly error: "byteError" | "error"
}

export const MISSES: Measure = {
  name: "miss ratio",
  estimate: "missRatio",
  exact: "exact",
  error: "error",
}
const BYTES: Measure = {
  name: "byte miss ratio",
  estimate: "byteMissRatio",
  exact: "exactBytes",
  error: "byteError",
}

/** A table for each ratio that there is. */
function curves(report: CurveReport, colors: Colors): string[] {
  if (report.curves.length === 0) return []
  return measuresOf(report.by).map((measure) => drawn(report, measure, colors))
}

/** The ratios that there are. */
export function measuresOf(by: Unit): Measure[] {
  return by === "bytes" ? [MISSES, BYTES] : [MISSES]
}

function drawn({ curves, rate, by }: CurveReport, measure: Measure, colors: Colors): string {
  const { points, [measure.error]: error } = curves[0]!
  const shown = [...new Set(evenly(points.length))]
  const head = by === "bytes" ? size : rounded
  return table(
    [
      "",
      measure.name,
      ...shown.map((i) => head(points[i]!.capacity)),
      ...(error === undefined ? [] : ["error"]),
    ],
    curves.map((curve) => {
      const { [measure.error]: error } = curve
      return [
        fitted(curve.strategy, LONGEST_NAME),
        colors.cyan(plot(curve, measure)),
        ...shown.map((i) => ratio(curve.points[i]!, measure, rate)),
        ...(error === undefined ? [] : [percent(error, 2)]),
      ]
    }),
    colors,
  )
}

/** The places of some points, the first and the last among them. */
function evenly(points: number): number[] {
  return Array.from({ length: COLUMNS }, (_, i) => Math.round((i * (points - 1)) / (COLUMNS - 1)))
}

/** A block for each point, which is full where everything misses. */
function plot({ points }: MissRatioCurve, measure: Measure): string {
  return points
    .map((point) => BLOCKS[Math.round(best(point, measure) * (BLOCKS.length - 1))])
    .join("")
}

/** The most that is known of it. */
export function best(point: MissRatioPoint, { exact, estimate }: Measure): number {
  return point[exact] ?? point[estimate] ?? 0
}

/** As a number, with a mark where it says little. */
function ratio(point: MissRatioPoint, measure: Measure, rate: number): string {
  const little = rate < 1 && point.exact === undefined && point.room < LEAST_ROOM
  return `${little ? "~" : ""}${percent(best(point, measure), 1)}`
}

/** Where the numbers are from. */
export function terms({ rate, curves }: CurveReport): string {
  const sample = `${percent(rate)} of the keys`
  if (curves.some(({ error }) => error !== undefined)) {
    return `From full replays. Error: how far estimates from ${sample} are off, on average.`
  }
  if (rate === 1) return "From full replays, since all keys are in the sample."
  return `Estimates from ${sample}. A ~ is before those from caches of less than ${LEAST_ROOM} entries.`
}
