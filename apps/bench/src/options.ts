import { Option } from "commander"
import { closest } from "fastest-levenshtein"
import { integer } from "./numbers.ts"
import { rivals, usualRivals } from "./stores/rivals.ts"
import type { FoundStrategy } from "./strategies.ts"

/** The command line cannot be carried out as it is. The message is one line. */
export class UsageError extends Error {}

/** An option that takes an integer from `least` to `most`. */
export function integerOption(
  flag: string,
  description: string,
  [least, most]: readonly [number, number],
  fallback: number,
): Option {
  return new Option(`${flag} <integer>`, description)
    .default(fallback)
    .argParser(integerParser(flag, least, most))
}

/** Reads an integer from `least` to `most`, the value of what is called `name`. */
export function integerParser(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new UsageError(
      `${name} must be an integer from ${integer(least)} to ${integer(most)}, received ${JSON.stringify(text)}`,
    )
  }
}

/** An option that takes integers from `least` to `most`, separated by commas. */
export function integersOption(
  flag: string,
  description: string,
  [least, most]: readonly [number, number],
  fallback?: number[],
): Option {
  const parse = integerParser(flag, least, most)
  return new Option(`${flag} <integers>`, description)
    .default(fallback, fallback?.join(","))
    .argParser((text) => [...new Set(text.split(",").map((each) => parse(each.trim())))])
}

/** An option that takes some of the `known` names, separated by commas. */
export function namesOption<Name extends string>(
  flag: string,
  description: string,
  known: readonly Name[],
  fallback: readonly Name[],
): Option {
  return new Option(`${flag} <names>`, description)
    .default(fallback, fallback.length === known.length ? "all" : fallback.map(typed).join(","))
    .argParser((text) => chosen(flag, known, text))
}

/** The names as they are typed: without a space. */
export function typed(name: string): string {
  return name.replaceAll(" ", "-")
}

/** Those of `known` that a list names, in the order of `known`. */
function chosen<Name extends string>(flag: string, known: readonly Name[], list: string): Name[] {
  const wanted = list.split(",").map((name) => typed(name.trim()))
  const names = known.map(typed)
  for (const name of wanted) {
    if (names.includes(name)) continue
    throw new UsageError(
      `${flag} must be names from ${names.join(", ")}, received ${JSON.stringify(name)}` +
        nearest(name, names),
    )
  }
  return known.filter((name) => wanted.includes(typed(name)))
}

/** Those of `known` that `--strategies` names; all, if it is not given. */
export function chosenStrategies(
  known: FoundStrategy[],
  list: string | undefined,
): FoundStrategy[] {
  if (list === undefined) return known
  const names = known.map(({ strategyName }) => strategyName)
  const wanted = chosen("--strategies", names, list)
  return known.filter(({ strategyName }) => wanted.includes(strategyName))
}

/** An option that takes some of the rivals, or `none`; the `usual` ones, if it is not given. */
export function rivalsOption(known: readonly string[], usual = known): Option {
  const option = namesOption("--rivals", "only these, separated by commas, or none", known, known)
  const parse = option.parseArg!
  option.default(usual, "all")
  return option.argParser((text, previous: unknown) =>
    text === "none" ? [] : parse(text, previous as never),
  )
}

/** The same, of caches. */
export function cachesOption(): Option {
  return rivalsOption(
    rivals.map(({ name }) => name),
    usualRivals.map(({ name }) => name),
  )
}

/** ` (did you mean lru?)`, or nothing where there is no name to come near to. */
export function nearest(name: string, names: readonly string[]): string {
  return name === "" || names.length === 0 ? "" : ` (did you mean ${closest(name, names)}?)`
}

export function capacityOption(fallback: number, most: number): Option {
  return integerOption("--capacity", "of every cache that has one", [1, most], fallback)
}

export function roundsOption(fallback: number): Option {
  return integerOption("--rounds", "how often to measure everything", [1, 100], fallback)
}

export function strategiesOption(fallback?: string, flag = "--strategies"): Option {
  const option = new Option(`${flag} <names>`, "only these, separated by commas")
  return fallback === undefined ? option : option.default(fallback)
}

export function requestsOption(): Option {
  return integerOption("--requests", "of each workload", [1_000, 10_000_000], 200_000)
}

export function tracesOption(): Option {
  return new Option("--traces <folder>", "replay the traces in it, and no workloads")
}

export function jsonOption(): Option {
  return new Option("--json", "print one JSON document")
}
