import * as Plot from "@observablehq/plot"
import type { CurvesReport, TrafficCurves } from "../curves/command.ts"
import { sizeOf } from "../curves/page.ts"
import { count, integer } from "../numbers.ts"
import type { PageElement } from "./elements.ts"
import { figure } from "./plots.ts"
import type { Group, Part } from "./section.ts"
import { dataTable } from "./tables.ts"

/** Miss ratios by capacity: a small plot for each strategy, to one scale for the same traffic. */
export function curvesPart({ traffics }: CurvesReport): Part {
  return {
    title: "Miss-ratio curves",
    lead: "How misses become fewer with room: what one more entry is worth. The strategy with the fewest misses comes first.",
    groups: traffics.map(trafficGroup),
    notes: [
      ["line", "the strategy that stands above: its misses in 100 requests."],
      ["area", "from the best to the worst of all strategies."],
      ["dotted", "the best possible: Bélády's MIN, which knows what will be asked for."],
      ["capacity", "from one in a hundred of the keys to all, logarithmic."],
      [
        "sample",
        "where there are many keys, a share of them goes through caches that are as much smaller; the best possible is exact all the same.",
      ],
    ],
  }
}

interface Point {
  capacity: number
  misses: number
}

function trafficGroup(each: TrafficCurves): Group {
  const { traffic, meaning, capacities, curves } = each
  const lines = curves.map(({ strategy, missRatios }) => ({
    strategy,
    points: missRatios.map(
      (ratio, i): Point => ({ capacity: capacities[i]!, misses: 100 * ratio }),
    ),
  }))
  const min = lines.filter(({ strategy }) => strategy === "min").flatMap(({ points }) => points)
  const strategies = lines
    .filter(({ strategy }) => strategy !== "min")
    .sort((a, b) => total(a.points) - total(b.points))
  const range = capacities.map((capacity, i) => {
    const misses = strategies.map(({ points }) => points[i]!.misses)
    return { capacity, least: Math.min(...misses), most: Math.max(...misses) }
  })
  // From nothing on, so that half as high is half as many.
  const top = Math.max(10, 10 * Math.ceil(Math.max(...range.map(({ most }) => most)) / 10))
  const ticks = [0, top / 2, top]
  return {
    title: traffic,
    about: `${meaning === undefined ? "" : `${meaning}; `}${sizeOf(each)}.`,
    small: true,
    panels: strategies.map(({ strategy, points }) =>
      figure(
        {
          title: strategy,
          description: `of ${traffic}, ${Math.round(points[0]!.misses)} in 100 requests miss with room for ${integer(capacities[0]!)}, ${Math.round(points.at(-1)!.misses)} with room for ${integer(capacities.at(-1)!)}`,
        },
        {
          width: 180,
          height: 130,
          marginTop: 8,
          marginRight: 12,
          marginBottom: 24,
          marginLeft: 30,
          x: {
            type: "log",
            domain: [capacities[0]!, Math.max(capacities.at(-1)!, capacities[0]! + 1)],
          },
          y: { domain: [0, top] },
          marks: [
            Plot.gridY({ ticks }),
            Plot.axisY({ ticks, tickSize: 0, label: null }),
            Plot.axisX({ ticks: edges(capacities), text: count, tickSize: 3, label: null }),
            Plot.areaY(range, { x: "capacity", y1: "least", y2: "most", fillOpacity: 0.15 }),
            Plot.line(min, { x: "capacity", y: "misses", strokeDasharray: "1,3" }),
            Plot.line(points, {
              x: "capacity",
              y: "misses",
              stroke: "var(--accent)",
              strokeWidth: 2,
            }),
          ],
        },
      ),
    ),
    tables: [curvesTable(each)],
  }
}

function total(points: readonly Point[]): number {
  return points.reduce((sum, { misses }) => sum + misses, 0)
}

/** The first, the middle and the last. */
function edges(capacities: readonly number[]): number[] {
  return [...new Set([0, capacities.length >> 1, capacities.length - 1].map((i) => capacities[i]!))]
}

function curvesTable({ traffic, capacities, curves }: TrafficCurves): PageElement {
  return dataTable(
    `${traffic}: misses in 100 requests, by capacity`,
    [{ head: "" }, ...capacities.map((capacity) => ({ head: integer(capacity) }))],
    curves.map(({ strategy, missRatios }) => [
      strategy,
      ...missRatios.map((ratio) => (100 * ratio).toFixed(1)),
    ]),
  )
}
