import parseDuration from "parse-duration"

/** Numbers with units: `250ms`, `5m`, `1h30m`, `1.5h`. */
export const DURATION: RegExp = /^(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+$/

const UNITS = [
  ["w", 7 * 24 * 60 * 60_000],
  ["d", 24 * 60 * 60_000],
  ["h", 60 * 60_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const

/** The milliseconds of a text that looks like {@link DURATION}. */
export function millisecondsOf(text: string): number {
  return parseDuration(text) ?? Number.NaN
}

/** Milliseconds with the largest unit that leaves no fraction. */
export function formatDuration(milliseconds: number): string {
  const unit = UNITS.find(([, size]) => milliseconds % size === 0)
  const exact = unit !== undefined && milliseconds > 0 && Number.isSafeInteger(milliseconds)
  return exact ? `${milliseconds / unit[1]}${unit[0]}` : String(milliseconds)
}
