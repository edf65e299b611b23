import { percent } from "@evictionary/report"
import { dataTable, details, dots, element, type PageElement } from "@evictionary/report/page"
import type { SimulateReport } from "../simulate/command.ts"
import { groupsOf, headingOf, headsOf, isBound, rowOf } from "../simulate/page.ts"

/** Hit ratios with each capacity, beside what is best possible. */
export function hitsSection(report: SimulateReport): PageElement[] {
  const groups = groupsOf(report)
  const bounded = groups.filter(({ capacity }) => capacity < Infinity)
  return [
    element(
      "section",
      {},
      element("h2", {}, "Hit ratios"),
      element(
        "div",
        { class: "panels" },
        ...bounded.map((group) => {
          const best = group.results.find((result) => !isBound(result))
          const min = group.results.find(isBound)
          return dots(
            {
              title: headingOf(group.capacity, report),
              description:
                best === undefined
                  ? "nothing was compared"
                  : `${best.strategy} has the most hits, ${percent(best.hitRatio)}`,
            },
            group.results.map((result) => ({
              name: result.strategy,
              ours: !isBound(result),
              value: 100 * result.hitRatio,
              text: percent(result.hitRatio, 1),
            })),
            {
              label: "hits in 100 requests",
              format: (value) => String(value),
              ...(min !== undefined && { line: 100 * min.hitRatio }),
            },
          )
        }),
      ),
      details(
        "Numbers",
        ...groups.map((group) =>
          dataTable(
            headingOf(group.capacity, report),
            headsOf(report).map((head) => ({ head })),
            group.results.map((result) => rowOf(result, group, report)),
          ),
        ),
      ),
    ),
  ]
}
