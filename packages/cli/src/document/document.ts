import { element, htmlDocument, type PageElement } from "@evictionary/report/page"
import type { Pictured } from "../html.ts"
import { extentOf, INCOMPLETE, warning } from "../page.ts"
import { printable } from "../printable.ts"
import { adviceSection } from "./advice.ts"
import { curvesSection } from "./curves.ts"
import { hitsSection } from "./hits.ts"

/** One HTML page that needs nothing else: what has been computed, in plots and tables. */
export function documentOf(result: Pictured, args: readonly string[]): string {
  const { traces, complete, skipped } = result
  const title = traces.map(printable).join(", ")
  return htmlDocument(
    `Evictionary: ${title}`,
    element(
      "header",
      {},
      element("h1", {}, title),
      element("p", {}, `${extentOf(result)}.`),
      ...(complete ? [] : [element("p", {}, INCOMPLETE)]),
      ...(skipped.count === 0 ? [] : [element("p", {}, warning(skipped))]),
    ),
    element("main", {}, ...sectionsOf(result), origin(args)),
  )
}

function sectionsOf(result: Pictured): PageElement[] {
  switch (result.command) {
    case "advise":
      return adviceSection(result)
    case "curve":
      return curvesSection(result)
    case "simulate":
      return hitsSection(result)
  }
}

/** How to have the same again. */
function origin(args: readonly string[]): PageElement {
  const words = ["evictionary", ...args].map((word) =>
    /^[\w./:=,%@+-]+$/.test(word) ? word : JSON.stringify(word),
  )
  return element(
    "section",
    {},
    element("p", { class: "origin" }, "The same again:"),
    element("pre", { tabindex: "0" }, element("code", {}, printable(words.join(" ")))),
  )
}
