import type { Colors } from "picocolors/types.js"
import { count, percent } from "../numbers.ts"
import { fitted, legend, page, paragraph } from "../page.ts"
import { type Column, table } from "../table.ts"
import type { CurvesReport, TrafficCurves } from "./command.ts"

export function curvesPage({ traffics }: CurvesReport, colors: Colors): string {
  return page(
    colors.bold("Misses in 100 requests, by capacity"),
    ...traffics.map((each) => trafficTable(each, colors)),
    legend(
      [
        ["min", "the best possible: Bélády's MIN, which knows what will be asked for"],
        [
          "sample",
          "where there are many keys, a share of them goes through caches that are as much " +
            "smaller; min is exact all the same",
        ],
      ],
      colors,
    ),
  )
}

/** There is no room for more beside ten capacities. */
const LONGEST_NAME = 10

function trafficTable(each: TrafficCurves, colors: Colors): string {
  const { traffic, meaning, capacities, curves } = each
  const columns: Column[] = [
    { head: "capacity", align: "left" },
    ...capacities.map((capacity): Column => ({ head: count(capacity), align: "right" })),
  ]
  const rows = curves.map(({ strategy, missRatios }) => [
    (strategy === "min" ? colors.dim : colors.bold)(fitted(strategy, LONGEST_NAME)),
    ...missRatios.map((ratio) => (100 * ratio).toFixed(1)),
  ])
  const about = paragraph(`${meaning === undefined ? "" : `${meaning}; `}${sizeOf(each)}`)
  return `${colors.bold(traffic)}\n${colors.dim(about)}\n\n${table(columns, rows, colors)}`
}

/** How much was replayed, and whether it was a sample. */
export function sizeOf({ requests, uniqueKeys, rate }: TrafficCurves): string {
  const size = `${count(requests)} requests for ${count(uniqueKeys)} keys`
  return rate === 1 ? size : `${size}, from a sample of ${percent(rate)}`
}
