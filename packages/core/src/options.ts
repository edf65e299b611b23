import type { EntryTerms, ExpiryTerms } from "./cache.ts"
import type { DumpedEntry } from "./dump.ts"
import {
  CacheError,
  checkCost,
  checkCount,
  checkDuration,
  checkFunction,
  checkObject,
  checkShare,
  checkWeight,
  type InvalidCode,
  invalid,
} from "./errors.ts"
import type { RemovalListener } from "./listeners.ts"
import type { StrategyTraits } from "./strategy.ts"

/** Tells the time in milliseconds, from any beginning. */
export interface Clock {
  now(): number
}

/** What every cache can be made with. */
export interface CacheOptions<K, V> {
  /**
   * Time to live: milliseconds from storing a value until it expires, or a function that tells
   * them. An entry is there when `ttl - 1` have passed, and gone when `ttl` have, so with 0 nothing
   * is stored. `Infinity`, the default, means for ever.
   */
  ttl?: number | ((value: V, key: K) => number) | undefined
  /** Milliseconds from the last hit, or from storing, until an entry expires. 0 stores nothing. */
  idle?: number | undefined
  /**
   * From 0 to 1: each time to live is shortened by a random share of up to this much, so that what
   * was stored at once does not expire at once. 0 by default.
   */
  jitter?: number | undefined
  /** For `jitter`: returns numbers from 0 to 1. `Math.random` by default. */
  random?: (() => number) | undefined
  /** `performance` by default, which never goes backwards; `Date` where there is none. */
  clock?: Clock | undefined
  /**
   * When expired entries are removed: `"lazy"`, the default, in passing, as `Cache` tells;
   * `"timer"` promptly as well, by one timer for the whole cache that does not keep a program
   * running.
   */
  purge?: "lazy" | "timer" | undefined
  /** What an entry weighs, a non-negative integer in a unit of yours. 1 by default. */
  weigher?: ((value: V, key: K) => number) | undefined
  /**
   * What it costs to have an entry again once it has left, 0 to 2^53 - 1 in a unit of yours: the
   * milliseconds that loading took, say. 1 by default. For strategies that decide by it, such as
   * `gdsf`.
   */
  cost?: ((value: V, key: K) => number) | undefined
  /**
   * Told of each entry that leaves, and why, after the cache is consistent again; it may use the
   * cache. Overwriting a value with itself (`Object.is`) removes nothing.
   */
  onRemoval?: RemovalListener<K, V> | undefined
  /**
   * Gets what listeners throw, and what the promises that they return reject with. By default it is
   * reported to the host: by `reportError` in browsers and wherever else that ends no process, else
   * as a warning, at most one in a minute for each cache.
   */
  onListenerError?: ((error: unknown) => unknown) | undefined
}

/** What a cache with a bound is made with: one of the two bounds, or both. */
export type BoundedOptions<K, V> = CacheOptions<K, V> & (CapacityBound | WeightBound)

interface CapacityBound {
  /** The most entries: a non-negative integer or `Infinity`. Memory is taken as entries arrive. */
  capacity: number
  /** The most weight: a non-negative integer or `Infinity`, in the unit of `weigher`. */
  maxWeight?: number | undefined
}

interface WeightBound {
  /** The most entries: a non-negative integer or `Infinity`. Memory is taken as entries arrive. */
  capacity?: number | undefined
  /** The most weight: a non-negative integer or `Infinity`, in the unit of `weigher`. */
  maxWeight: number
}

/** All options that a cache may have been made with. */
export type AnyOptions<K, V> = CacheOptions<K, V> & {
  capacity?: number | undefined
  maxWeight?: number | undefined
}

type Check = (code: InvalidCode, name: string, value: unknown) => void
type Checks<Members> = Readonly<Record<keyof Members, Check>>

/** What can be told of one entry, and of all, and what a dump tells. */
const OF_ENTRY: Checks<EntryTerms> = { ttl: checkDuration, weight: checkWeight }
export const OF_ALL: Checks<ExpiryTerms<unknown, unknown>> = { ttl: checkTtl, idle: checkDuration }
export const OF_DUMPED: Checks<Omit<DumpedEntry<unknown, unknown>, "key" | "value">> = {
  weight: checkWeight,
  cost: checkCost,
  age: checkDuration,
  ttl: checkDuration,
  idle: checkDuration,
}

/** What each option must be; the bounds come first. */
const CHECKS: Checks<AnyOptions<unknown, unknown>> = {
  capacity: checkCount,
  maxWeight: checkCount,
  ttl: checkTtl,
  idle: checkDuration,
  jitter: checkShare,
  random: checkFunction,
  clock(code, name, value) {
    if (typeof (value as Clock | null)?.now !== "function") {
      throw invalid(code, name, "an object with a method `now`", value)
    }
  },
  purge(code, name, value) {
    if (value !== "lazy" && value !== "timer") {
      throw invalid(code, name, '"lazy" or "timer"', value)
    }
  },
  weigher: checkFunction,
  cost: checkFunction,
  onRemoval: checkFunction,
  onListenerError: checkFunction,
}

function checkTtl(code: InvalidCode, name: string, value: unknown): void {
  if (typeof value !== "function") checkDuration(code, name, value)
}

/** Throws if a strategy calls an option of its own by a name that means something for all caches. */
export function checkOwn(names: readonly string[]): void {
  for (const name of names) {
    if (Object.hasOwn(CHECKS, name)) {
      throw invalid("INVALID_ARGUMENT", "options", "names that no other option has", name)
    }
  }
}

/** What a cache of the strategy is to be made with, read and found right. */
export function readOptions<K, V>(
  options: AnyOptions<K, V>,
  { neverEvicts, options: own }: StrategyTraits,
): AnyOptions<K, V> {
  const common = (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).slice(neverEvicts ? 2 : 0)
  const all = [...common, ...own] as typeof common
  const read = readMembers("INVALID_OPTION", "options", options, all)
  const needed = neverEvicts || read.maxWeight !== undefined ? "" : "capacity"
  for (const name of common) {
    if (read[name] !== undefined || name === needed)
      CHECKS[name]("INVALID_OPTION", name, read[name])
  }
  return read
}

/** What a method is told, read and found right by those checks. */
export function readTerms<Terms extends object>(terms: Terms, checks: Checks<Terms>): Terms {
  const names = Object.keys(checks) as (keyof Terms & string)[]
  const read = readMembers("INVALID_ARGUMENT", "terms", terms, names)
  checkTerms("", read, checks)
  return read
}

/** The same of what is told of one entry, which is often. */
export function readEntryTerms(terms: EntryTerms): EntryTerms {
  checkObject("INVALID_ARGUMENT", "terms", terms)
  for (const member in terms) {
    if (member !== "ttl" && member !== "weight") return readTerms(terms, OF_ENTRY)
  }
  const { ttl, weight } = terms
  if (ttl !== undefined) checkDuration("INVALID_ARGUMENT", "ttl", ttl)
  if (weight !== undefined) checkWeight("INVALID_ARGUMENT", "weight", weight)
  return { ttl, weight }
}

/** Throws if one of them is there and wrong; `of` comes before its name. */
export function checkTerms<Terms extends object>(
  of: string,
  terms: Terms,
  checks: Checks<Terms>,
): void {
  for (const name in checks) {
    if (terms[name] !== undefined) checks[name]("INVALID_ARGUMENT", of + name, terms[name])
  }
}

/**
 * The members of `value` that are `known` and not `undefined`, own or inherited, each read once:
 * what becomes of `value` later does not matter. Throws if it is no object, or has others.
 */
export function readMembers<T extends object>(
  code: InvalidCode,
  name: string,
  value: T,
  known: readonly (keyof T & string)[],
): T {
  checkObject(code, name, value)
  const names: readonly string[] = known
  for (const member in value) {
    if (names.includes(member)) continue
    // What somebody has given to every object is not meant.
    if (!Object.hasOwn(value, member) && member in Object.prototype) continue
    throw unknownName(member, "option", names)
  }
  const members = {} as T
  for (const member of known) {
    const read = value[member]
    if (read !== undefined) members[member] = read
  }
  return members
}

/** The error that says that there is no option, or event, of that name. */
export function unknownName(
  name: string,
  what: "event" | "option",
  known: readonly string[],
): CacheError {
  const those = known.join(", ") || "none"
  return new CacheError(
    "UNKNOWN_OPTION",
    `\`${name}\` is not an ${what}; the ${what}s are ${those}`,
  )
}
