import { CacheError, invalid } from "@evictionary/core"
import { formatDuration } from "./duration.ts"

const NUMBER = /^[+-]?(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i

/**
 * Takes a text apart: `name, option=value, …`. Values are numbers (`10_000`, `1e6`, `Infinity`),
 * `true` and `false`, else words; white space is free. The name may be left out.
 */
export function parseText(text: string): Record<string, unknown> {
  const [first = "", ...others] = text.split(",").map((part) => part.trim())
  const [name, parts] = first.includes("=") ? [[], [first, ...others]] : [[first], others]
  const options = new Map<string, unknown>(name.map((name) => ["strategy", name]))
  for (const part of parts) {
    const [option, value] = optionFrom(part)
    if (options.has(option)) {
      throw new CacheError("INVALID_OPTION", `\`${option}\` must be given once`)
    }
    options.set(option, value)
  }
  return Object.fromEntries(options)
}

/**
 * The text of a strategy's name and options.
 *
 * @throws {CacheError} `UNSUPPORTED` if there is something in it that has no text.
 */
export function formatText(strategy: string, options: object): string {
  const parts = Object.entries(options).map(([name, value]) => `${name}=${wordOf(name, value)}`)
  return [strategy, ...parts].join(", ")
}

function optionFrom(part: string): [name: string, value: unknown] {
  const equals = part.indexOf("=")
  const name = (equals < 0 ? part : part.slice(0, equals)).trim()
  const word = equals < 0 ? "" : part.slice(equals + 1).trim()
  if (part === "" || equals === 0) {
    throw invalid("INVALID_OPTION", "option", "written as option=value after each comma", part)
  }
  if (/\s/.test(name) && equals > 0) {
    throw invalid("INVALID_OPTION", "option", "separated from what is before it by a comma", part)
  }
  if (word === "") {
    throw invalid("INVALID_OPTION", name, `written as ${name}=value`, part)
  }
  return [name, valueFrom(word)]
}

function valueFrom(word: string): unknown {
  const number = NUMBER.test(word) ? Number(word.replaceAll("_", "")) : Number.NaN
  // One that is too large is no number that was meant.
  if (Number.isFinite(number)) return number
  if (word === "Infinity") return Infinity
  return word === "true" || word === "false" ? word === "true" : word
}

function wordOf(name: string, value: unknown): string {
  const span = (name === "ttl" || name === "idle") && typeof value === "number"
  const word = span ? formatDuration(value) : String(value)
  if (!span && (valueFrom(word) !== value || /,|^\s|\s$|^$/.test(word))) {
    throw new CacheError("UNSUPPORTED", `\`${name}\` has a value that cannot be written in a text`)
  }
  return word
}
