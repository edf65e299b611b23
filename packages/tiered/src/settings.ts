import {
  type Cache,
  CacheError,
  checkCount,
  checkDuration,
  checkFunction,
  checkShare,
  invalid,
  readMembers,
  splitOptions,
} from "@evictionary/core"
import { machineClock, type TierClock } from "./clock.ts"
import { type Codec, json } from "./codec.ts"
import type { Held, LocalCache } from "./local.ts"
import type { TieredOptions } from "./options.ts"
import type { Tier } from "./tier.ts"

/** Options with their defaults. */
export type Settings<V> = {
  readonly [N in Exclude<keyof TieredOptions<V>, "l1" | "onError">]-?: NonNullable<
    TieredOptions<V>[N]
  >
} & Pick<TieredOptions<V>, "onError">

const DEFAULTS = {
  staleWhileRevalidate: 0,
  staleIfError: 0,
  refreshAhead: 1,
  jitter: 0,
  staleness: 2_000,
  readBudget: 100,
  writeBudget: 1_000,
  whileDown: 10_000,
  lease: false,
  leaseTtl: 3_000,
  wait: 5_000,
  queue: 10_000,
  partitions: 1,
  codec: json,
  clock: machineClock,
  random: Math.random,
}

type Check = (value: unknown, name: string) => void

const duration: Check = (value, name) => checkDuration("INVALID_OPTION", name, value)
const share: Check = (value, name) => checkShare("INVALID_OPTION", name, value)
const callback: Check = (value, name) => checkFunction("INVALID_OPTION", name, value)
const span: Check = (value, name) => {
  if (!(typeof value === "number" && value > 0 && value < Infinity)) {
    throw invalid("INVALID_OPTION", name, "a positive number of milliseconds", value)
  }
}

const CHECKS: Record<Exclude<keyof TieredOptions<unknown>, "l1">, Check> = {
  l2(value, name) {
    const { connect, listen } = (value ?? {}) as Partial<Tier>
    if (typeof connect !== "function" || typeof listen !== "function") {
      throw invalid("INVALID_OPTION", name, "a second tier, such as `ioredis(client)`", value)
    }
  },
  namespace(value, name) {
    if (typeof value !== "string" || !/^[^{}\s]+$/.test(value)) {
      throw invalid("INVALID_OPTION", name, "a text without braces and white space", value)
    }
  },
  ttl(value, name) {
    if (typeof value !== "function") span(value, name)
  },
  staleWhileRevalidate: duration,
  staleIfError: duration,
  refreshAhead: share,
  jitter: share,
  staleness: span,
  readBudget: span,
  writeBudget: span,
  whileDown: duration,
  lease(value, name) {
    if (typeof value !== "boolean") throw invalid("INVALID_OPTION", name, "true or false", value)
  },
  leaseTtl: span,
  wait: duration,
  queue: (value, name) => checkCount("INVALID_OPTION", name, value),
  partitions(value, name) {
    if (!(Number.isSafeInteger(value) && (value as number) > 0)) {
      throw invalid("INVALID_OPTION", name, "a positive integer", value)
    }
  },
  codec(value, name) {
    const { form, encode, decode } = (value ?? {}) as Partial<Codec<unknown>>
    const isForm = form === "bytes" || form === "text"
    if (!isForm || typeof encode !== "function" || typeof decode !== "function") {
      throw invalid("INVALID_OPTION", name, "an object with `form`, `encode` and `decode`", value)
    }
  },
  onError(value, name) {
    if (value !== undefined) callback(value, name)
  },
  clock(value, name) {
    const { now, after } = (value ?? {}) as Partial<TierClock>
    if (typeof now !== "function" || typeof after !== "function") {
      throw invalid("INVALID_OPTION", name, "an object with `now` and `after`", value)
    }
  },
  random: callback,
}

/** Options that are right, each read once, with their defaults. */
export function settingsFrom<V>(options: TieredOptions<V>): {
  readonly l1: unknown
  readonly settings: Settings<V>
} {
  const names = ["l1", ...Object.keys(CHECKS)] as (keyof TieredOptions<V>)[]
  const { l1, ...given } = readMembers("INVALID_OPTION", "options", options, names)
  const settings = { ...DEFAULTS, ...given } as Settings<V>
  for (const [name, check] of Object.entries(CHECKS)) {
    check(settings[name as keyof Settings<V>], name)
  }
  return { l1, settings }
}

/** Makes the first tier, if it is not made yet. */
export function localFrom<V>(l1: unknown): LocalCache<V> {
  if (typeof l1 !== "object" || l1 === null) {
    throw invalid("INVALID_OPTION", "l1", "a cache, or a strategy with its options", l1)
  }
  const { peek, set, clear } = l1 as Partial<Cache<string, unknown>>
  if (typeof peek === "function" && typeof set === "function" && typeof clear === "function") {
    return l1 as LocalCache<V>
  }
  const own = ["strategy", "ttl", "jitter", "weigher", "cost", "onRemoval"] as const
  const [{ strategy, ttl, jitter, weigher, cost, onRemoval }, options] = splitOptions(l1, own)
  if (typeof strategy !== "function") {
    throw invalid("INVALID_OPTION", "l1.strategy", "a strategy", strategy)
  }
  for (const [name, value] of Object.entries({ ttl, jitter })) {
    if (value === undefined) continue
    throw new CacheError("UNKNOWN_OPTION", `\`${name}\` is an option of both tiers, beside \`l1\``)
  }
  // The strategy sees to those that are no functions.
  options.weigher =
    typeof weigher === "function"
      ? (held: Held<V>, key: string) => weigher(held.value, key)
      : weigher
  options.cost =
    typeof cost === "function" ? (held: Held<V>, key: string) => cost(held.value, key) : cost
  options.onRemoval =
    typeof onRemoval === "function"
      ? (key: string, held: Held<V>, cause: unknown) => onRemoval(key, held.value, cause)
      : onRemoval
  return (strategy as (options: object) => LocalCache<V>)(options)
}
