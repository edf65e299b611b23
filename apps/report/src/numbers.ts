import type { Unit } from "@evictionary/simulator"

const exact = new Intl.NumberFormat("en-US")
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 })

/** `914,145`. */
export function integer(value: number): string {
  return exact.format(value)
}

/** `9,999`, but `288K` and `48.3M`: five characters at most. */
export function count(value: number): string {
  return value < 10_000 ? integer(value) : rounded(value)
}

/** `914K`. */
export function rounded(value: number): string {
  return short.format(value)
}

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB", "EB"]

/** `12.3 GB`. */
export function size(value: number): string {
  const rounded = Number(value.toPrecision(3))
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(rounded) / 3)))
  return `${Number((rounded / 1000 ** power).toPrecision(3))} ${UNITS[power]}`
}

/** `47.92%`, from 0 to 1. */
export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}%`
}

/** `1 request`, `914,145 requests`. */
export function plural(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? "" : "s"}`
}

/** `12 s`, `5 min`, `2.1 h`, from milliseconds: as much as one wants to know while waiting. */
export function span(milliseconds: number): string {
  const seconds = milliseconds / 1_000
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}

/** So many entries, or so many bytes, as text. */
export function amount(capacity: number, by: Unit): string {
  return by === "bytes" ? size(capacity) : integer(capacity)
}
