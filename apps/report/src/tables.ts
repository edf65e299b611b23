import { element, type PageElement } from "./elements.ts"

/** A column: what stands above it, and whether numbers stand in it. */
export interface Column {
  head: string
  text?: boolean
}

/** A table with names on its left; it scrolls by itself where there is little room. */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): PageElement {
  const cell = (text: string, i: number) =>
    i === 0
      ? element("th", { scope: "row" }, text)
      : element("td", columns[i]!.text ? { class: "text" } : {}, text)
  // A cell that heads nothing is no heading.
  const head = columns.map(({ head, text }) =>
    head === ""
      ? element("td")
      : element("th", { scope: "col", ...(text && { class: "text" }) }, head),
  )
  const table = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell)))),
  )
  return element("div", { class: "scroll", tabindex: "0" }, table)
}

/** What is not shown until it is asked for, or printed. */
export function details(summary: string, ...children: readonly PageElement[]): PageElement {
  return element("details", {}, element("summary", {}, summary), ...children)
}
