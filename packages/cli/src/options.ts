import type { Encoding, OnBadLine, TraceFormat } from "@evictionary/simulator"
import { Option } from "commander"
import { closest } from "fastest-levenshtein"
import { InputError } from "./input-error.ts"

/** Says what is wrong with a value: what it is the value of, what that must be, and what it is. */
export function wrong(name: string, must: string, received: string): InputError {
  return new InputError(`${name} must be ${must}, received ${JSON.stringify(received)}`)
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9 }

/** Reads `1000`, `1_000`, `1k` or `2.5M`; `undefined` if it is no such count. */
export function countIn(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^(\d+(?:_\d+)*(?:\.\d+)?)([kmg]?)$/i.exec(text) ?? []
  // Rounded, since 1.005k is 1004.9999999999999 to a computer.
  const count = Number((Number(digits.replaceAll("_", "")) * UNITS[unit.toLowerCase()]!).toFixed(6))
  return digits !== "" && Number.isSafeInteger(count) ? count : undefined
}

/** Reads the value of what is called `name`: a positive count. */
export function positive(name: string): (text: string) => number {
  return (text) => {
    const count = countIn(text)
    if (count !== undefined && count > 0) return count
    throw wrong(name, "a positive integer such as 1000, 10k or 2M", text)
  }
}

/** Reads the value of what is called `name`: an integer. */
export function integer(name: string): (text: string) => number {
  return (text) => {
    const [, minus, digits = ""] = /^(-?)(.*)$/.exec(text) ?? []
    const count = countIn(digits)
    if (count !== undefined) return minus && count > 0 ? -count : count
    throw wrong(name, "an integer", text)
  }
}

/** Reads the value of what is called `name`: a number from `least` to `most`, or a percentage. */
export function number(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const [, digits, sign] = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text) ?? []
    const value = Number(digits) / (sign === "%" ? 100 : 1)
    if (value >= least && value <= most) return value
    const must =
      most === Infinity ? `a number from ${least} on` : `a number from ${least} to ${most}`
    throw wrong(name, must, text)
  }
}

/** Reads the share of the keys to sample. */
export function rateIn(text: string): number {
  const rate = number("--rate", 0, 1)(text)
  if (rate > 0) return rate
  throw wrong("--rate", "a number above 0, up to 1", text)
}

/** Reads the value of what is called `name`: one of the `known` words. */
export function oneOf<Word extends string>(
  name: string,
  known: readonly Word[],
): (text: string) => Word {
  return (text) => {
    if (known.includes(text as Word)) return text as Word
    const hint = text === "" ? "" : ` (did you mean ${closest(text, known)}?)`
    throw new InputError(wrong(name, `one of ${known.join(", ")}`, text).message + hint)
  }
}

/** The formats of traces. */
export const FORMATS = Object.keys({
  arc: true,
  csv: true,
  jsonl: true,
  keys: true,
  lirs: true,
  log: true,
  oracleGeneral: true,
  "sized-keys": true,
  tsv: true,
} satisfies Record<TraceFormat, true>) as TraceFormat[]

/** How traces are read. */
export interface TraceOptions {
  readonly format?: TraceFormat
  readonly column?: number | string
  readonly sizeColumn?: number | string
  readonly encoding?: Encoding
  readonly badLines: OnBadLine & string
  readonly limit?: number
}

/** The options that tell {@link TraceOptions}. */
export function traceOptions(): Option[] {
  return [
    new Option("--format <format>", `${FORMATS.join(", ")} (default: by the name)`).argParser(
      oneOf("--format", FORMATS),
    ),
    new Option(
      "--column <column>",
      'where the key is in csv, tsv, jsonl: a name, or a number from 1 on (default: "key")',
    ).argParser(columnIn),
    new Option("--size-column <column>", "where the size in bytes is").argParser(columnIn),
    new Option("--encoding <name>", "of the text: utf-8, or latin1, in which a byte is a character")
      .default("utf-8")
      .argParser(oneOf("--encoding", ["utf-8", "latin1"] as const)),
    new Option("--bad-lines <what>", "skip them and say so, or refuse the trace")
      .default("skip")
      .argParser(oneOf("--bad-lines", ["skip", "refuse"] as const)),
    new Option("--limit <count>", "only the first requests").argParser(positive("--limit")),
  ]
}

function columnIn(text: string): number | string {
  return /^[1-9]\d*$/.test(text) ? Number(text) : text
}

/** In which form results are printed. */
export interface OutputOptions {
  readonly json?: boolean
  readonly csv?: boolean
  /** Where to write a page with plots and tables as well. */
  readonly report?: string
}

/** The options that tell {@link OutputOptions}. */
export function outputOptions(): Option[] {
  return [
    new Option("--json", "print one JSON document").conflicts("csv"),
    new Option("--csv", "print rows for a spreadsheet"),
    new Option("--report <file>", "write a page with plots and tables as well, in HTML"),
  ]
}
