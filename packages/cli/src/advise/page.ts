import type { Colors } from "picocolors/types.js"
import { wholeOf } from "../capacities.ts"
import { percent } from "../numbers.ts"
import { amount, boundOf, fitted, page, paragraph, ratio, table, title } from "../page.ts"
import type { Forms } from "../report.ts"
import type { AdviseReport } from "./command.ts"

/** Which strategy others are measured by, since it is what most caches do. */
const USUAL = "lru"

export const adviseForms: Forms<AdviseReport> = {
  page: (report, colors) =>
    page(title(report, colors), paragraph(words(report, colors)), strategies(report, colors)),
  rows: ({ strategies, capacity, target, min, by }) => [
    [
      ...["capacity", "strategy", "hitRatio", "byteHitRatio"],
      ...[by === "bytes" ? "ofBeladySize" : "ofMin", "target", "sufficient"],
    ],
    ...strategies.map(({ strategy, hitRatio, byteHitRatio, sufficient }) => [
      ...[capacity, strategy, hitRatio, byteHitRatio],
      ...[shareOf(hitRatio, min?.hitRatio), target, sufficient?.room],
    ]),
  ],
}

/** The advice itself. */
function words(report: AdviseReport, colors: Colors): string {
  const { best, given, target, possible, complete, by } = report
  if (best === undefined) {
    return complete
      ? `No room is enough for ${percent(target)} hits: with room for all keys, it is ${percent(possible)}.`
      : ""
  }
  const name = colors.bold(best.strategy)
  const hits = colors.bold(percent(best.hitRatio))
  const share = `${percent(best.capacity / wholeOf(report, report))} of the ${by === "bytes" ? "bytes" : "keys"}`
  const room = `room for ${colors.bold(amount(best.capacity, by))} (${share})`
  const advice =
    given === "target"
      ? `For ${percent(target)} hits, take ${name} with ${room}: it has ${hits}`
      : `With ${room}, take ${name}: it has ${hits} hits`
  return `${advice}, and with room for all it is ${percent(possible)}.${usual(report)}`
}

function usual({ best, target, strategies, by }: AdviseReport): string {
  const lru = strategies.find(({ strategy }) => strategy === USUAL)
  if (lru?.hitRatio === undefined || best?.strategy === USUAL) return ""
  const { hitRatio, sufficient } = lru
  const there = ` ${USUAL} has ${percent(hitRatio)} there`
  if (hitRatio >= target || sufficient === undefined) return `${there}.`
  return `${there}, and needs room for ${sufficient.atMost ? "at most" : "about"} ${amount(sufficient.room, by)} to reach ${percent(target)}.`
}

function strategies(report: AdviseReport, colors: Colors): string {
  const { strategies, capacity, target, min, by } = report
  if (strategies.length === 0) return ""
  const heads = [
    capacity === undefined ? "" : `with room for ${amount(capacity, by)}`,
    "hit ratio",
    `of ${boundOf(by)}`,
    ...(by === "bytes" ? ["byte hits"] : []),
    `room for ${percent(target)}`,
  ]
  const rows = strategies.map(({ strategy, hitRatio, byteHitRatio, sufficient }) => [
    fitted(strategy, 32),
    ratio(hitRatio),
    ratio(shareOf(hitRatio, min?.hitRatio)),
    ...(by === "bytes" ? [ratio(byteHitRatio)] : []),
    sufficient === undefined
      ? "–"
      : `${sufficient.atMost ? "≤" : "~"}${amount(sufficient.room, by)}`,
  ])
  return table(heads, rows, colors)
}

function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || !whole ? undefined : part / whole
}
