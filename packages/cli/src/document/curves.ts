import { amount, percent } from "@evictionary/report"
import { dataTable, details, element, figure, type PageElement } from "@evictionary/report/page"
import { curvePanels } from "@evictionary/report/plots"
import type { MissRatioCurve, Unit } from "@evictionary/simulator"
import type { CurveReport } from "../curve/command.ts"
import { best, MISSES, measuresOf, terms } from "../curve/page.ts"

/** Miss ratios by capacity, and where they are from. */
export function curvesSection(report: CurveReport): PageElement[] {
  const [section] = curveFigures(report)
  section?.append(element("p", { class: "about" }, terms(report)))
  return section === undefined ? [] : [section]
}

/** A small plot for each strategy, and the numbers behind it; nothing where there is no curve. */
export function curveFigures({
  curves,
  by,
}: {
  readonly curves: readonly MissRatioCurve[]
  readonly by: Unit
}): PageElement[] {
  const points = curves[0]?.points ?? []
  if (points.length < 2) return []
  const capacities = points.map(({ capacity }) => capacity)
  const groups = measuresOf(by).map((measure) => {
    const lines = curves.map(({ strategy, points }) => ({
      strategy,
      missRatios: points.map((point) => best(point, measure)),
    }))
    const panels = curvePanels({ capacities, curves: lines, format: (at) => amount(at, by) })
    return element(
      "div",
      { class: "group" },
      ...(measure === MISSES ? [] : [element("h3", {}, "Bytes")]),
      element(
        "div",
        { class: "panels small" },
        ...panels.map(({ caption, options }) => figure(caption, options)),
      ),
      details(
        "Numbers",
        dataTable(
          `${measure.name}, by capacity`,
          [{ head: "" }, ...capacities.map((capacity) => ({ head: amount(capacity, by) }))],
          lines.map(({ strategy, missRatios }) => [
            strategy,
            ...missRatios.map((ratio) => percent(ratio, 1)),
          ]),
        ),
      ),
    )
  })
  return [
    element(
      "section",
      {},
      element("h2", {}, "Miss-ratio curves"),
      element(
        "p",
        {},
        "How misses become fewer with room, in 100 requests; the strategy with the fewest comes first. The area is from the best to the worst of all.",
      ),
      ...groups,
    ),
  ]
}
