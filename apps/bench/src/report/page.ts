import { element, htmlDocument, type PageElement } from "@evictionary/report/page"
import type { AsyncReport } from "../async/command.ts"
import type { CurvesReport } from "../curves/command.ts"
import type { FeaturesReport } from "../features/command.ts"
import type { FibReport } from "../fib/command.ts"
import type { HitsReport } from "../hits/command.ts"
import type { Saved } from "../invocation.ts"
import type { MemoizeReport } from "../memoize/command.ts"
import type { MemoryReport } from "../memory/command.ts"
import type { SpeedReport } from "../speed/command.ts"
import { curvesPart } from "./curves.ts"
import { featuresPart } from "./features.ts"
import { fibPart } from "./fib.ts"
import { hitsPart } from "./hits.ts"
import { asyncPart, memoizePart } from "./memoize.ts"
import { memoryPart } from "./memory.ts"
import { type Part, section } from "./section.ts"
import { speedPart } from "./speed.ts"

/** What there is a section for. */
export type Chapter =
  | AsyncReport
  | CurvesReport
  | FeaturesReport
  | FibReport
  | HitsReport
  | MemoizeReport
  | MemoryReport
  | SpeedReport

const TITLE = "Evictionary: what caching buys"

/** One HTML document that needs nothing else: sections in the order of `chapters`. */
export function htmlPage(chapters: readonly Saved<Chapter>[], date: string): string {
  const parts = partsOf(chapters)
  return htmlDocument(TITLE, header(parts, date), element("main", {}, ...sectionsOf(parts, 2)))
}

/** The sections of that page alone, for another one; their headings are of this level. */
export function htmlSections(chapters: readonly Saved<Chapter>[], level: number): string {
  return sectionsOf(partsOf(chapters), level)
    .map(({ outerHTML }) => outerHTML)
    .join("\n")
}

/** A chapter, as it is shown. */
interface Shown {
  readonly id: string
  readonly part: Part
  readonly chapter: Saved<Chapter>
}

function partsOf(chapters: readonly Saved<Chapter>[]): Shown[] {
  return chapters.map((chapter, i) => ({
    id: `${chapter.command}-${i + 1}`,
    part: partOf(chapter),
    chapter,
  }))
}

function sectionsOf(parts: readonly Shown[], level: number): PageElement[] {
  return parts.map(({ id, part, chapter }) => section(id, part, chapter, level))
}

function header(parts: readonly Shown[], date: string): PageElement {
  return element(
    "header",
    {},
    element("h1", {}, TITLE),
    element(
      "p",
      {},
      "Strategies of eviction, measured against each other, against other caches, and against the best possible. ",
      element("time", { datetime: date }, date.slice(0, 10)),
      ".",
    ),
    element(
      "nav",
      { "aria-label": "Sections" },
      ...parts.map(({ id, part }) => element("a", { href: `#${id}` }, part.title)),
    ),
  )
}

function partOf(chapter: Chapter): Part {
  switch (chapter.command) {
    case "fib":
      return fibPart(chapter)
    case "speed":
      return "with" in chapter ? featuresPart(chapter) : speedPart(chapter)
    case "memoize":
      return "async" in chapter ? asyncPart(chapter) : memoizePart(chapter)
    case "memory":
      return memoryPart(chapter)
    case "hits":
      return hitsPart(chapter)
    case "curves":
      return curvesPart(chapter)
  }
}
