import { Option } from "commander"
import { countIn, wrong } from "./options.ts"

/** A number of entries, or a share of the keys of a trace. */
export interface Capacity {
  readonly entries?: number
  /** From 0 to 1. */
  readonly ofKeys?: number
}

const MUST = "entries such as 1000, 10k or 2M, or a percentage of the keys such as 1%"

/** An option that takes capacities, separated by commas or one at a time. */
export function capacitiesOption(description: string): Option {
  return new Option("--capacity <list>", description).argParser(
    (text: string, before: Capacity[] | undefined) => [
      ...(before ?? []),
      ...text.split(",").map((each) => capacityIn(each.trim())),
    ],
  )
}

export function capacityIn(text: string): Capacity {
  if (!text.endsWith("%")) {
    const entries = countIn(text)
    if (entries !== undefined && entries > 0) return { entries }
    throw wrong("--capacity", MUST, text)
  }
  const ofKeys = /^(\d+(\.\d+)?|\.\d+)%$/.test(text) ? Number.parseFloat(text) / 100 : Number.NaN
  if (ofKeys > 0 && ofKeys <= 1) return { ofKeys }
  throw wrong("--capacity", MUST, text)
}

/** Whether it takes the number of keys to say how many entries these are. */
export function needKeys(capacities: readonly Capacity[]): boolean {
  return capacities.some(({ ofKeys }) => ofKeys !== undefined)
}

/** The entries, for a trace with so many keys: each once, the fewest first, and never none. */
export function entriesOf(capacities: readonly Capacity[], uniqueKeys: number): number[] {
  const counts = capacities.map(
    ({ entries, ofKeys = 0 }) => entries ?? Math.max(1, Math.round(ofKeys * uniqueKeys)),
  )
  return [...new Set(counts)].sort((a, b) => a - b)
}

/** So many capacities in equal ratios, up to room for every key. */
export function spread(uniqueKeys: number, points: number): number[] {
  const ratio = Math.min(uniqueKeys, WIDEST) ** (1 / (points - 1))
  const capacities = Array.from({ length: points }, (_, i) =>
    Math.max(1, Math.round(uniqueKeys / ratio ** (points - 1 - i))),
  )
  return [...new Set(capacities)]
}

/** The largest of them is at the most so many times the smallest. */
const WIDEST = 10_000
