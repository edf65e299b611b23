import { Option } from "commander"
import { closest } from "fastest-levenshtein"
import { integer } from "./numbers.ts"
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

/** Those of `known` that `--strategies` names, in the order of `known`; all, if it is not given. */
export function chosenStrategies(
  known: FoundStrategy[],
  list: string | undefined,
): FoundStrategy[] {
  if (list === undefined) return known
  const names = known.map(({ strategyName }) => strategyName)
  const wanted = list.split(",").map((name) => name.trim())
  for (const name of wanted) {
    if (!names.includes(name)) {
      throw new UsageError(
        `--strategies must be names from ${names.join(", ")}, received ${JSON.stringify(name)}` +
          nearest(name, names),
      )
    }
  }
  return known.filter(({ strategyName }) => wanted.includes(strategyName))
}

/** ` (did you mean lru?)`, or nothing where there is no name to come near to. */
export function nearest(name: string, names: readonly string[]): string {
  return name === "" || names.length === 0 ? "" : ` (did you mean ${closest(name, names)}?)`
}
