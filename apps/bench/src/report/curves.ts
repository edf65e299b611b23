import { dataTable, figure, type PageElement } from "@evictionary/report/page"
import { curvePanels } from "@evictionary/report/plots"
import type { CurvesReport, TrafficCurves } from "../curves/command.ts"
import { sizeOf } from "../curves/page.ts"
import { integer } from "../numbers.ts"
import type { Group, Part } from "./section.ts"

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

function trafficGroup(each: TrafficCurves): Group {
  const { traffic, meaning, capacities, curves } = each
  const min = curves.find(({ strategy }) => strategy === "min")
  const strategies = curves.filter((curve) => curve !== min)
  return {
    title: traffic,
    about: `${meaning === undefined ? "" : `${meaning}; `}${sizeOf(each)}.`,
    small: true,
    panels: curvePanels({ capacities, curves: strategies, min }, traffic).map(
      ({ caption, options }) => figure(caption, options),
    ),
    tables: [curvesTable(each)],
  }
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
