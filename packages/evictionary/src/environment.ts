import { CacheError, invalid } from "@evictionary/core"
import { nearest } from "./nearest.ts"

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What `caches` can be told beside the configuration. */
export interface CachesOptions {
  /** Where to look for variables such as `EVICTIONARY_USERS`, which override: `process.env`. */
  readonly env?: Environment | undefined
  /**
   * The variables of caches, where they are not to follow from the names: `{ 用户: "USERS_CACHE" }`.
   * A name with other letters than ASCII has none by itself.
   */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined
}

const PREFIX = "EVICTIONARY_"

/** What an environment says of caches by name; nothing, if none is to be looked at. */
export class Overrides {
  private readonly env: Environment
  /** By the names of the caches. */
  private readonly variables: Map<string, string>

  /**
   * @throws {CacheError} `INVALID_OPTION` if two of the caches have the same variable, or if what is
   * told of them is none; `UNKNOWN_OPTION` if it is told of a cache that does not exist.
   */
  constructor(names: readonly string[], { env, variables }: CachesOptions) {
    this.env = env ?? {}
    this.variables = env === undefined ? new Map() : variablesOf(names, variables ?? {})
  }

  /** The variable of a cache and its text; `undefined` if nothing is said. */
  of(name: string): { variable: string; text: string } | undefined {
    const variable = this.variables.get(name)
    const text = variable === undefined ? undefined : this.env[variable]?.trim()
    return variable === undefined || !text ? undefined : { variable, text }
  }

  /** Throws if there is a variable for a cache that does not exist. */
  check(): void {
    const known = [...this.variables.values()]
    for (const variable of Object.keys(this.env)) {
      if (variable.startsWith(PREFIX) && !known.includes(variable)) {
        const message = `\`${variable}\` is the variable of no cache; there are ${known.join(", ") || "none"}`
        throw new CacheError("UNKNOWN_OPTION", message + nearest(variable, known))
      }
    }
  }
}

/** The variables by the names of the caches; `told` are those that do not follow from them. */
function variablesOf(names: readonly string[], told: Environment): Map<string, string> {
  checkTold(told, names)
  const variables = new Map<string, string>()
  const owners = new Map<string, string>()
  for (const name of names) {
    const variable = (Object.hasOwn(told, name) ? told[name] : undefined) ?? variableOf(name)
    if (variable === undefined) continue
    const owner = owners.get(variable)
    if (owner !== undefined) {
      const must = `one whose variable is not ${variable}, as that of ${owner} is; \`variables\` can tell another`
      throw invalid("INVALID_OPTION", "name", must, name)
    }
    owners.set(variable, name)
    variables.set(name, variable)
  }
  return variables
}

/**
 * The variable for the cache of that name: `EVICTIONARY_USER_PAGES` for `userPages` and `user-pages`.
 * There is none for a name with other letters: what would be left of it, may be left of others too.
 */
function variableOf(name: string): string | undefined {
  if (!/[A-Za-z0-9]/.test(name) || /[^ -~]/.test(name)) return undefined
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_")
  return PREFIX + words.toUpperCase()
}

function checkTold(told: Environment, names: readonly string[]): void {
  if (typeof told !== "object" || told === null) {
    throw invalid("INVALID_OPTION", "variables", "an object with names of variables", told)
  }
  for (const [name, variable] of Object.entries(told)) {
    if (!names.includes(name)) throw unknownCache(name, names)
    if (variable === undefined || (typeof variable === "string" && variable !== "")) continue
    throw invalid("INVALID_OPTION", "variables", "an object with names of variables", variable)
  }
}

/** The error that there is no cache of that name. */
export function unknownCache(name: string, names: readonly string[]): CacheError {
  const message = `\`${name}\` is not one of the caches; they are ${names.join(", ")}`
  return new CacheError("UNKNOWN_OPTION", message + nearest(name, names))
}
