import { integer, percent, plural, size } from "@evictionary/report"
import type { Unit } from "@evictionary/simulator"
import Table from "cli-table3"
import type { Colors } from "picocolors/types.js"
import wrapAnsi from "wrap-ansi"
import { printable } from "./printable.ts"
import type { Skipped } from "./traces.ts"

/** No line of any page is longer. */
export const WIDTH = 80

/** Text, broken into lines. */
export function paragraph(text: string): string {
  return wrapAnsi(text, WIDTH)
}

/** The parts of a page, with a blank line between them. */
export function page(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n")
}

/** Rows under their heads, the first column to the left and the others to the right. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string {
  const cells = new Table({
    chars: Object.fromEntries(FRAME.map((part) => [part, ""])),
    style: { "padding-left": 0, "padding-right": 2, head: [], compact: true },
    colAligns: heads.map((_, i) => (i === 0 ? "left" : "right")),
  })
  cells.push(heads.map(colors.dim), ...rows.map((row) => [...row]))
  return cells.toString().replaceAll(/ +$/gm, "")
}

const FRAME = [
  ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
  ...["bottom-right", "left", "left-mid", "right", "right-mid", "mid", "mid-mid", "middle"],
]

/** What was replayed. */
export interface Replayed {
  readonly traces: readonly string[]
  readonly requests: number
  readonly uniqueKeys: number
  /** Whether that is an estimate. */
  readonly estimated?: boolean
  readonly bytes?: number | undefined
  readonly uniqueBytes?: number | undefined
  /** What capacities are counted in. */
  readonly by: Unit
  /** Whether it was all that there is. */
  readonly complete: boolean
  readonly skipped: Skipped
}

/** What a page is about. */
export function title(replayed: Replayed, colors: Colors): string {
  const { traces, complete, skipped } = replayed
  return [
    paragraph(`${colors.bold(traces.map(printable).join(", "))}: ${extentOf(replayed)}`),
    ...(complete ? [] : [paragraph(colors.yellow(INCOMPLETE))]),
    ...(skipped.count === 0 ? [] : [paragraph(colors.yellow(warning(skipped)))]),
  ].join("\n")
}

/** How much that is. */
export function extentOf(replayed: Replayed): string {
  const { requests, uniqueKeys, estimated, bytes, uniqueBytes = 0, by } = replayed
  const keys = `${estimated ? "about " : ""}${plural(uniqueKeys, "key")}`
  if (by === "bytes") {
    return `${plural(requests, "request")} of ${size(bytes ?? 0)}, for ${keys} of ${size(uniqueBytes)}`
  }
  const asked = bytes === undefined ? "" : `, ${size(bytes)}`
  return `${plural(requests, "request")} for ${keys}${asked}`
}

/** What others are compared with, in the unit of capacities: see `simulate`. */
export function boundOf(by: Unit): string {
  return by === "bytes" ? "belady-size" : "MIN"
}

/** Said of a result that was cut short. */
export const INCOMPLETE = "Incomplete: it was interrupted, and this is what was known by then."

/** Which lines were skipped, and why. */
export function warning({ count, first }: Skipped): string {
  const several = new Set(first.map(({ trace }) => trace)).size > 1
  const told = first.map(({ trace, line, reason }) =>
    printable(`${several ? `${trace}, ` : ""}line ${integer(line)} ${reason}`),
  )
  const more = count > first.length ? "; …" : ""
  return `${plural(count, "bad line")} skipped: ${told.join("; ")}${more}`
}

/** A name that fits into a table. */
export function fitted(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`
}

/** A ratio of a result, or nothing where it is not known. */
export function ratio(share: number | undefined): string {
  return share === undefined ? "–" : percent(share)
}
