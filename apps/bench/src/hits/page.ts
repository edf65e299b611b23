import type { Colors } from "picocolors/types.js"
import { count, integer } from "../numbers.ts"
import { fitted, legend, page, paragraph, WIDTH } from "../page.ts"
import { type Cell, type Column, table } from "../table.ts"
import type { HitsReport, TrafficHits } from "./command.ts"
import type { GoldenCheck } from "./golden.ts"
import { isStrategy } from "./standings.ts"

export function hitsPage(report: HitsReport, colors: Colors): string {
  return page(
    colors.bold("Hits in 100 requests, by traffic and capacity"),
    ...bands(report.traffics).map((band) => bandTable(band, colors)),
    terms(report, colors),
    summary(report, colors),
    goldenParagraph(report.golden, colors),
  )
}

/** Characters of a cell with what is between it and the next, of a strategy, and of traffic. */
const [CELL, LONGEST_NAME, LONGEST_TRAFFIC] = [7, 10, 22]

/** As many capacities have room beside the longest name. */
const MOST = Math.floor((WIDTH - LONGEST_NAME) / CELL)

/** What stands side by side, as much of it as there is room for. */
function bands(traffics: readonly TrafficHits[]): TrafficHits[][] {
  const room = WIDTH - LONGEST_NAME
  const found: { width: number; band: TrafficHits[] }[] = []
  for (const each of traffics.flatMap(pieces)) {
    const name = fitted(each.traffic, LONGEST_TRAFFIC)
    const width = Math.max(each.capacities.length * CELL, name.length + 2)
    const last = found.at(-1)
    if (last !== undefined && last.width + width <= room) {
      last.width += width
      last.band.push(each)
    } else {
      found.push({ width, band: [each] })
    }
  }
  return found.map(({ band }) => band)
}

/** Traffic at no more capacities than there is room for. */
function pieces({ capacities, rows, ...rest }: TrafficHits): TrafficHits[] {
  const begins = [...capacities.keys()].filter((i) => i % MOST === 0)
  return begins.map((begin) => ({
    ...rest,
    capacities: capacities.slice(begin, begin + MOST),
    rows: rows.map(({ strategy, hits }) => ({ strategy, hits: hits.slice(begin, begin + MOST) })),
  }))
}

function bandTable(band: readonly TrafficHits[], colors: Colors): string {
  const columns: Column[] = [
    { head: "", align: "left" },
    ...band.map(
      ({ traffic, capacities }): Column => ({
        head: fitted(traffic, LONGEST_TRAFFIC),
        align: "right",
        also: capacities.length - 1,
      }),
    ),
  ]
  const size = (name: string, of: (each: TrafficHits) => number): Cell[] => [
    colors.dim(name),
    ...band.map((each) => ({
      content: colors.dim(count(of(each))),
      colSpan: each.capacities.length,
      hAlign: "right" as const,
    })),
  ]
  const capacities = band.flatMap((each) => each.capacities.map((room) => colors.dim(count(room))))
  const rows = band[0]!.rows.map(({ strategy }, row): Cell[] => [
    colors.bold(fitted(strategy, LONGEST_NAME)),
    ...band.flatMap((each) => ratios(each, row, colors)),
  ])
  const head = [
    size("requests", ({ requests }) => requests),
    size("keys", ({ uniqueKeys }) => uniqueKeys),
    [colors.dim("capacity"), ...capacities],
  ]
  return table(columns, [...head, ...rows], colors)
}

function ratios({ requests, rows }: TrafficHits, row: number, colors: Colors): string[] {
  const own = rows[row]!
  const others = rows.filter(isStrategy)
  return own.hits.map((hits, i) => {
    const text = ((100 * hits) / Math.max(1, requests)).toFixed(1)
    if (!isStrategy(own)) return colors.dim(text)
    return others.every((other) => other.hits[i]! <= hits) ? colors.green(text) : text
  })
}

function terms({ traffics, golden }: HitsReport, colors: Colors): string {
  return legend(
    [
      ...traffics.flatMap(({ traffic, meaning }) =>
        meaning === undefined ? [] : [[traffic, meaning] as const],
      ),
      ["min", "the best possible: Bélády's MIN, which knows what will be asked for"],
      ["unbounded", "without a bound: each key is missed once"],
      ...(golden
        ? [["lirs ∞", "lirs that forgets nothing, as its authors' program does"] as const]
        : []),
    ],
    colors,
  )
}

function summary({ standings }: HitsReport, colors: Colors): string {
  const columns: Column[] = [
    { head: "", align: "left" },
    { head: "share of\nmin's hits", align: "right" },
    { head: "at\nleast", align: "right" },
    { head: "which is", align: "left" },
    { head: "first\nin", align: "right" },
  ]
  const rows = standings.map(({ strategy, share, least, first, replays }) => [
    colors.bold(fitted(strategy, 2 * LONGEST_NAME)),
    (100 * share).toFixed(1),
    (100 * least.share).toFixed(1),
    `${fitted(least.traffic, LONGEST_TRAFFIC)}, ${integer(least.capacity)}`,
    `${first} of ${replays}`,
  ])
  return table(columns, rows, colors)
}

function goldenParagraph(golden: GoldenCheck | undefined, colors: Colors): string {
  if (golden === undefined) return ""
  const paint = golden.different.length === 0 ? colors.green : colors.red
  const wrong = golden.different.map(
    ({ trace, strategy, capacity, requests, hits, ours }) =>
      `${strategy} on ${trace}, ${integer(capacity)}: ${integer(ours.hits)} of ` +
      `${integer(ours.requests)} instead of ${integer(hits)} of ${integer(requests)}.`,
  )
  return [paragraph(`${paint(verdict(golden))}${leftOut(golden)}`), ...wrong.map(paragraph)].join(
    "\n",
  )
}

/** What came of the comparison, in a sentence. */
export function verdict({ rows, compared, different }: GoldenCheck): string {
  const equal = compared - different.length
  return (
    `Of ${integer(rows)} hit counts of independent implementations, ${integer(compared)} were ` +
    `compared: ${equal === compared ? "all" : integer(equal)} are equal to the last hit.`
  )
}

/** Whose rows were not compared. */
export function leftOut({ left }: GoldenCheck): string {
  const names = Object.entries(left).map(([strategy, rows]) => `${integer(rows)} of ${strategy}`)
  return names.length === 0 ? "" : ` The others are of what was not replayed: ${names.join(", ")}.`
}
