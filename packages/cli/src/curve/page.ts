import type { MissRatioCurve, MissRatioPoint } from "@evictionary/simulator"
import type { Colors } from "picocolors/types.js"
import { percent, rounded } from "../numbers.ts"
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
    page(title(report, colors), curves(report, colors), paragraph(colors.dim(terms(report)))),
  rows: ({ curves }) => [
    ["strategy", "capacity", "missRatio", "exact", "room"],
    ...curves.flatMap(({ strategy, points }) =>
      points.map(({ capacity, missRatio, exact, room }) => [
        strategy,
        capacity,
        missRatio,
        exact,
        room,
      ]),
    ),
  ],
}

function curves({ curves, rate }: CurveReport, colors: Colors): string {
  const [first] = curves
  if (first === undefined) return ""
  const shown = [...new Set(evenly(first.points.length))]
  const compared = first.error !== undefined
  return table(
    [
      "",
      "miss ratio",
      ...shown.map((i) => rounded(first.points[i]!.capacity)),
      ...(compared ? ["error"] : []),
    ],
    curves.map((curve) => [
      fitted(curve.strategy, LONGEST_NAME),
      colors.cyan(plot(curve)),
      ...shown.map((i) => ratio(curve.points[i]!, rate)),
      ...(curve.error === undefined ? [] : [percent(curve.error, 2)]),
    ]),
    colors,
  )
}

/** The places of some points, the first and the last among them. */
function evenly(points: number): number[] {
  return Array.from({ length: COLUMNS }, (_, i) => Math.round((i * (points - 1)) / (COLUMNS - 1)))
}

/** A block for each point, which is full where everything misses. */
function plot({ points }: MissRatioCurve): string {
  return points.map((point) => BLOCKS[Math.round(best(point) * (BLOCKS.length - 1))]).join("")
}

/** The most that is known of it. */
function best({ exact, missRatio }: MissRatioPoint): number {
  return exact ?? missRatio
}

/** As a number, with a mark where it says little. */
function ratio(point: MissRatioPoint, rate: number): string {
  const little = rate < 1 && point.exact === undefined && point.room < LEAST_ROOM
  return `${little ? "~" : ""}${percent(best(point), 1)}`
}

function terms({ rate, curves }: CurveReport): string {
  const sample = `${percent(rate)} of the keys`
  if (curves.some(({ error }) => error !== undefined)) {
    return `From full replays. Error: how far estimates from ${sample} are off, on average.`
  }
  if (rate === 1) return "From full replays, since all keys are in the sample."
  return `Estimates from ${sample}. A ~ is before those from caches of less than ${LEAST_ROOM} entries.`
}
