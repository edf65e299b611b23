import { adviceOf, configurationOf } from "@evictionary/report"
import { dataTable, element, type PageElement } from "@evictionary/report/page"
import type { AdviseReport } from "../advise/command.ts"
import { headsOf, rowsOf } from "../advise/page.ts"
import { curveFigures } from "./curves.ts"

/** The advice, the curves from which it came, and the table behind it. */
export function adviceSection(report: AdviseReport): PageElement[] {
  const { best, by, strategies } = report
  const configuration =
    best === undefined
      ? []
      : [element("code", {}, configurationOf(best.strategy, best.capacity, by))]
  return [
    element(
      "section",
      {},
      element("h2", {}, "Advice"),
      element("p", { class: "lead" }, adviceOf(report)),
      ...configuration.map((code) => element("pre", { tabindex: "0" }, code)),
      ...(strategies.length === 0
        ? []
        : [
            dataTable(
              "What each strategy has",
              headsOf(report).map((head) => ({ head })),
              rowsOf(report),
            ),
          ]),
    ),
    ...curveFigures(report),
  ]
}
