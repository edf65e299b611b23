import type { Colors } from "picocolors/types.js"
import { integer, percent } from "../numbers.ts"
import { fitted, page, paragraph, ratio, table, title } from "../page.ts"
import type { Forms } from "../report.ts"
import type { AdviseReport } from "./command.ts"

/** Which strategy others are measured by, since it is what most caches do. */
const USUAL = "lru"

export const adviseForms: Forms<AdviseReport> = {
  page: (report, colors) =>
    page(title(report, colors), paragraph(words(report, colors)), strategies(report, colors)),
  rows: ({ strategies, capacity, target, min }) => [
    ["capacity", "strategy", "hitRatio", "ofMin", "target", "sufficient"],
    ...strategies.map(({ strategy, hitRatio, sufficient }) => [
      capacity,
      strategy,
      hitRatio,
      shareOf(hitRatio, min?.hitRatio),
      target,
      sufficient?.entries,
    ]),
  ],
}

/** The advice itself. */
function words(report: AdviseReport, colors: Colors): string {
  const { best, given, target, possible, uniqueKeys, complete } = report
  if (best === undefined) {
    return complete
      ? `No room is enough for ${percent(target)} hits: with room for all keys, it is ${percent(possible)}.`
      : ""
  }
  const name = colors.bold(best.strategy)
  const hits = colors.bold(percent(best.hitRatio))
  const room = `room for ${colors.bold(integer(best.capacity))} (${percent(best.capacity / uniqueKeys)} of the keys)`
  const advice =
    given === "target"
      ? `For ${percent(target)} hits, take ${name} with ${room}: it has ${hits}`
      : `With ${room}, take ${name}: it has ${hits} hits`
  return `${advice}, and with room for all it is ${percent(possible)}.${usual(report)}`
}

function usual({ best, target, strategies }: AdviseReport): string {
  const lru = strategies.find(({ strategy }) => strategy === USUAL)
  if (lru?.hitRatio === undefined || best?.strategy === USUAL) return ""
  const { hitRatio, sufficient } = lru
  const there = ` ${USUAL} has ${percent(hitRatio)} there`
  if (hitRatio >= target || sufficient === undefined) return `${there}.`
  return `${there}, and needs room for ${sufficient.atMost ? "at most" : "about"} ${integer(sufficient.entries)} to reach ${percent(target)}.`
}

function strategies({ strategies, capacity, target, min }: AdviseReport, colors: Colors): string {
  if (strategies.length === 0) return ""
  const heads = [
    capacity === undefined ? "" : `with room for ${integer(capacity)}`,
    "hit ratio",
    "of MIN",
    `room for ${percent(target)}`,
  ]
  const rows = strategies.map(({ strategy, hitRatio, sufficient }) => [
    fitted(strategy, 32),
    ratio(hitRatio),
    ratio(shareOf(hitRatio, min?.hitRatio)),
    sufficient === undefined
      ? "–"
      : `${sufficient.atMost ? "≤" : "~"}${integer(sufficient.entries)}`,
  ])
  return table(heads, rows, colors)
}

function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : part / whole
}
