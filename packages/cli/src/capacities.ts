import type { Unit } from "@evictionary/simulator"
import { Option } from "commander"
import { InputError } from "./input-error.ts"
import { countIn, oneOf, wrong } from "./options.ts"

/** So many entries or bytes, or a share of the keys of a trace, or of their bytes. */
export interface Capacity {
  readonly count?: number
  /** From 0 to 1. */
  readonly share?: number
  /** How it is written, if that is in bytes. */
  readonly bytes?: string
}

/** What capacities are counted in. */
export interface UnitOptions {
  readonly by: Unit
}

const MUST =
  "entries such as 1000, 10k or 2M, bytes such as 64MB or 1GiB, or a percentage such as 1%"

/** An option that takes capacities, separated by commas or one at a time. */
export function capacitiesOption(description: string): Option {
  return new Option("--capacity <list>", description).argParser(
    (text: string, before: Capacity[] | undefined) => [
      ...(before ?? []),
      ...text.split(",").map((each) => capacityIn(each.trim())),
    ],
  )
}

/** The option that tells {@link UnitOptions}. */
export function unitOption(): Option {
  return new Option(
    "--by <unit>",
    "what capacities are counted in: entries, or bytes where sizes are known",
  )
    .default("entries")
    .argParser(oneOf("--by", ["entries", "bytes"] as const))
}

export function capacityIn(text: string): Capacity {
  if (text.endsWith("%")) {
    const share = /^(\d+(\.\d+)?|\.\d+)%$/.test(text) ? Number.parseFloat(text) / 100 : Number.NaN
    if (share > 0 && share <= 1) return { share }
    throw wrong("--capacity", MUST, text)
  }
  const [, number = "", unit] = /^(.*?)\s*((?:[kmgt]i?)?b)?$/i.exec(text) ?? []
  const count = unit === undefined ? countIn(number) : bytesIn(number, unit)
  if (count !== undefined && count > 0)
    return unit === undefined ? { count } : { count, bytes: text }
  throw wrong("--capacity", MUST, text)
}

/** `1.5` and `MB`, which are 1,500,000; an `i` between the letters makes it powers of 1024. */
function bytesIn(number: string, unit: string): number | undefined {
  const power = "bkmgt".indexOf(unit[0]!.toLowerCase())
  const base = /i/i.test(unit) ? 1024 : 1000
  const bytes = /^\d+(\.\d+)?$/.test(number)
    ? Math.round(Number(number) * base ** power)
    : Number.NaN
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** Throws if capacities are in bytes and it does not go by them. */
export function checkCapacities(capacities: readonly Capacity[], { by }: UnitOptions): void {
  const written = capacities.find(({ bytes }) => bytes !== undefined)?.bytes
  if (written === undefined || by === "bytes") return
  throw new InputError(`--capacity ${written} is in bytes, for which --by must be bytes`)
}

/** Whether it takes a look at the whole trace to say how much these are. */
export function needWhole(capacities: readonly Capacity[]): boolean {
  return capacities.some(({ share }) => share !== undefined)
}

/** How much they are of a whole: each once, the least first, and never nothing. */
export function amountsOf(capacities: readonly Capacity[], whole: number): number[] {
  const amounts = capacities.map(
    ({ count, share = 0 }) => count ?? Math.max(1, Math.round(share * whole)),
  )
  return [...new Set(amounts)].sort((a, b) => a - b)
}

/** All the room that a trace can take up, in the unit of capacities. */
export function wholeOf(
  counted: { readonly uniqueKeys: number; readonly uniqueBytes?: number | undefined } | undefined,
  { by }: UnitOptions,
): number {
  return (by === "bytes" ? counted?.uniqueBytes : counted?.uniqueKeys) ?? 0
}
