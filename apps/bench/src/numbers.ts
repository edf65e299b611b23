import { integer } from "@evictionary/report"

export { count, integer } from "@evictionary/report"

const threeDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 })

/** `63,100×`, `24.7×`, `3.14×` or `0.06×`: a ratio of two times, in the digits that matter. */
export function times(ratio: number): string {
  if (ratio < 99.95) return `${ratio.toFixed(ratio < 9.995 ? 2 : 1)}×`
  return `${threeDigits.format(ratio)}×`
}

/** `1.98 µs`, from nanoseconds. */
export function duration(ns: number): string {
  const rounded = Number(ns.toPrecision(3))
  for (const [unit, size] of UNITS) {
    if (rounded >= size) return `${(rounded / size).toPrecision(3)} ${unit}`
  }
  return `${rounded.toPrecision(3)} ns`
}

const UNITS = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
] as const

/** `, 2 min left`, when `done` steps took so many milliseconds and `left` remain; once it shows. */
export function timeLeft(milliseconds: number, done: number, left: number): string {
  if (done < 3) return ""
  const seconds = ((milliseconds / done) * left) / 1_000
  return `, ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`} left`
}

/** `28.4 MB`, `9.83 kB` or `512 B`. */
export function bytes(count: number): string {
  const rounded = Number(count.toPrecision(3))
  for (const [unit, size] of BYTE_UNITS) {
    if (rounded >= size) return `${(rounded / size).toPrecision(3)} ${unit}`
  }
  return `${Math.round(count)} B`
}

const BYTE_UNITS = [
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const

/** `5.9`, `172.3` or `2,161`: nanoseconds whose unit stands elsewhere. */
export function nanoseconds(ns: number): string {
  return ns < 999.95 ? ns.toFixed(1) : integer(Math.round(ns))
}

/** `47.9%`, from 0 to 1. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

/** `±2.3%` or `±12%`, from 0 on. */
export function plusMinus(share: number): string {
  return `±${share < 0.0995 ? percent(share) : `${Math.round(100 * share)}%`}`
}
