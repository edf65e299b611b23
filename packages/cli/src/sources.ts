import { fstatSync, type Stats, statSync } from "node:fs"
import type { TraceFormat } from "@evictionary/simulator"
import { readTraceFile } from "@evictionary/simulator/node"
import { InputError } from "./input-error.ts"
import { FORMATS } from "./options.ts"
import { reasonOf } from "./reason.ts"

/** The name by which standard input is meant. */
const STDIN = "-"

/** Where a trace comes from. */
export interface Source {
  /** As it is shown. */
  readonly name: string
  /** `undefined` for standard input. */
  readonly path: string | undefined
  readonly format: TraceFormat
  /** Its length; `undefined` for what can be read only once: all but regular files. */
  readonly bytes: number | undefined
}

/**
 * What names stand for. Pipes, terminals and devices pass by once, as standard input does, whatever
 * they are called.
 *
 * @throws {InputError} if something is not there, is in a format that nobody told, or passes by only
 * once and is named twice.
 */
export function sourcesOf(names: readonly string[], format: TraceFormat | undefined): Source[] {
  const seen: Stats[] = []
  return names.map((name) => {
    const stats = name === STDIN ? fstatSync(0) : statsOf(name)
    if (stats.isDirectory()) throw new InputError(`${name}: is a directory`)
    if (name !== STDIN && stats.isFile()) {
      return { name, path: name, format: format ?? formatOf(name), bytes: stats.size }
    }
    const isStdin = name === STDIN || isSame(stats, fstatSync(0))
    const shown = isStdin ? "standard input" : name
    if (seen.some((other) => isSame(stats, other))) {
      throw new InputError(
        `${JSON.stringify(name)}, ${isStdin ? shown : "which passes by"}, must be given once`,
      )
    }
    seen.push(stats)
    const path = isStdin ? undefined : name
    return { name: shown, path, format: format ?? formatTold(name) ?? "keys", bytes: undefined }
  })
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

function formatOf(name: string): TraceFormat {
  const format = formatTold(name)
  if (format !== undefined) return format
  const must = `--format must be one of ${FORMATS.join(", ")}`
  throw new InputError(`${must}, since the name ${JSON.stringify(name)} does not tell it`)
}

/** The format that a name tells, if it does. */
function formatTold(name: string): TraceFormat | undefined {
  try {
    return readTraceFile(name).format
  } catch {
    return undefined
  }
}

function statsOf(name: string): Stats {
  try {
    return statSync(name)
  } catch (error) {
    throw new InputError(`${name}: ${reasonOf(error)}`)
  }
}
