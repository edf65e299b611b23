import { CacheError, invalid } from "@evictionary/core"
import { nearest } from "./nearest.ts"

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

const PREFIX = "EVICTIONARY_"

/** The variable for the cache of that name: `EVICTIONARY_USER_PAGES` for `userPages` and `user-pages`. */
export function variableOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_")
  return PREFIX + words.toUpperCase()
}

/** The variables of the caches, by the caches' names. */
export function variablesOf(names: readonly string[]): Map<string, string> {
  const variables = new Map<string, string>()
  for (const name of names) {
    const variable = variableOf(name)
    if ([...variables.values()].includes(variable)) {
      throw invalid("INVALID_OPTION", "name", `one whose variable is not ${variable} too`, name)
    }
    variables.set(name, variable)
  }
  return variables
}

/** Throws if there is a variable for a cache that does not exist. */
export function checkEnvironment(environment: Environment, variables: readonly string[]): void {
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith(PREFIX) && !variables.includes(variable)) {
      const message = `\`${variable}\` is the variable of no cache; there are ${variables.join(", ")}`
      throw new CacheError("UNKNOWN_OPTION", message + nearest(variable, variables))
    }
  }
}
