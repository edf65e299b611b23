import { details, element, type PageElement } from "@evictionary/report/page"
import { commandLine } from "../command-line.ts"
import type { Origin } from "../invocation.ts"

/** What a report says in plots and tables. */
export interface Part {
  title: string
  /** What came of it, in a sentence or two. */
  lead: string
  groups: readonly Group[]
  /** What its words mean. */
  notes: readonly (readonly [term: string, meaning: string])[]
}

/** Plots that belong together, and what they are drawn from; or tables alone. */
export interface Group {
  title?: string
  about?: string
  /** Many small ones instead of a few. */
  small?: boolean
  panels: readonly PageElement[]
  tables: readonly PageElement[]
}

/** A section of a page, with where it comes from; its heading is of this level. */
export function section(
  id: string,
  { title, lead, groups, notes }: Part,
  { date, words, machine }: Origin & { machine?: string },
  level: number,
): PageElement {
  const where = machine === undefined ? "" : ` on ${machine}`
  return element(
    "section",
    { "aria-labelledby": id },
    element(`h${level}`, { id }, title),
    element("p", { class: "lead" }, lead),
    ...groups.map((group) => groupOf(group, level + 1)),
    element(
      "dl",
      {},
      ...notes.flatMap(([term, meaning]) => [element("dt", {}, term), element("dd", {}, meaning)]),
    ),
    element(
      "p",
      { class: "origin" },
      `Made${where} on `,
      element("time", { datetime: date }, date.slice(0, 10)),
      ". The same again:",
    ),
    element("pre", { tabindex: "0" }, element("code", {}, commandLine(words))),
  )
}

function groupOf(
  { title, about, small = false, panels, tables }: Group,
  level: number,
): PageElement {
  return element(
    "div",
    { class: "group" },
    ...(title === undefined ? [] : [element(`h${level}`, {}, title)]),
    ...(about === undefined ? [] : [element("p", { class: "about" }, about)]),
    ...(panels.length === 0
      ? tables
      : [
          element("div", { class: small ? "panels small" : "panels" }, ...panels),
          details("Numbers", ...tables),
        ]),
  )
}
