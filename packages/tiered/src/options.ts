import {
  type Cache,
  CacheError,
  type CacheOptions,
  checkCount,
  checkDuration,
  checkFunction,
  checkNames,
  checkShare,
  invalid,
  type StrategyTraits,
} from "@evictionary/core"
import { machineClock, type TierClock } from "./clock.ts"
import { type Codec, json } from "./codec.ts"
import type { Held } from "./local.ts"
import type { Tier } from "./tier.ts"

/** To have the first tier made: a strategy with its options, which see the values as they are. */
export interface LocalOptions<V>
  extends Omit<CacheOptions<string, V>, "clock" | "jitter" | "random" | "ttl"> {
  readonly strategy: StrategyTraits & ((options: never) => unknown)
  readonly capacity?: number | undefined
  readonly maxWeight?: number | undefined
  readonly ttl?: never
  readonly jitter?: never
  /** Options that the strategy adds. */
  readonly [option: string]: unknown
}

/** What {@link tiered} is told. Times are in milliseconds. */
export interface TieredOptions<V> {
  /**
   * The first tier: `{ strategy, capacity, … }`; or a cache that has no other user, whose listeners
   * then see each value as a `Held`.
   */
  l1: LocalOptions<V> | Cache<string, Held<V>>
  /** The second tier, of an adapter such as `ioredis(client)`. */
  l2: Tier
  /** What is apart from what other caches have in the second tier; without braces and white space. */
  namespace: string
  /** For how long a value is fresh, from when its load ends; or a function that tells. */
  ttl: number | ((value: V, key: string) => number)
  /**
   * For so long after its `ttl` a value is still given, while one process renews it.
   *
   * @default 0
   */
  staleWhileRevalidate?: number | undefined
  /**
   * For so long after its `ttl` a value stands in for the error of the load that was to renew it.
   *
   * @default 0
   */
  staleIfError?: number | undefined
  /**
   * From 0 to 1: when this share of the `ttl` has passed, who asks gets the value, and one process
   * renews it in the background.
   *
   * @default 1
   */
  refreshAhead?: number | undefined
  /**
   * From 0 to 1: each `ttl` is shortened by a random share of up to this much.
   *
   * @default 0
   */
  jitter?: number | undefined
  /**
   * The longest that the first tier may give what another process has changed, while the second
   * answers. Every quarter of it a heartbeat makes sure.
   *
   * @default 2_000
   */
  staleness?: number | undefined
  /**
   * The longest that anybody waits for an answer of the second tier before it counts as empty.
   *
   * @default 100
   */
  readBudget?: number | undefined
  /**
   * The longest that a change waits for its answer, or a connection for its making.
   *
   * @default 1_000
   */
  writeBudget?: number | undefined
  /**
   * When the second tier does not answer, the first goes on for so long; and what is loaded
   * meanwhile lives so long.
   *
   * @default 10_000
   */
  whileDown?: number | undefined
  /**
   * Whether a key is loaded by one process only, while others wait for it.
   *
   * @default false
   */
  lease?: boolean | undefined
  /**
   * How long a process that has died while loading keeps others from storing, or with `lease` from
   * loading.
   *
   * @default 3_000
   */
  leaseTtl?: number | undefined
  /**
   * With `lease`, the longest that anybody waits for another process before loading himself.
   *
   * @default 5_000
   */
  wait?: number | undefined
  /**
   * How many keys and tags are remembered whose changes did not reach the second tier; when there
   * are more, all entries will be dead instead.
   *
   * @default 10_000
   */
  queue?: number | undefined
  /**
   * How many parts the namespace has, each in one slot of a cluster. All processes must agree.
   *
   * @default 1
   */
  partitions?: number | undefined
  /**
   * How values are written in the second tier.
   *
   * @default json
   */
  codec?: Codec<V> | undefined
  /**
   * Gets the errors that reach no caller, at most one for each operation and second.
   *
   * @default A warning of the process, at most one in a minute.
   */
  onError?: TierErrorListener | undefined
  /**
   * For tests.
   *
   * @default machineClock
   */
  clock?: TierClock | undefined
  /**
   * For `jitter`, and for when to connect again: returns numbers from 0 to 1.
   *
   * @default Math.random
   */
  random?: (() => number) | undefined
}

/** What the second tier was asked for when it failed; or what else has failed behind the scenes. */
export type TierErrorListener = (
  error: unknown,
  operation: TierOperation,
  key: string | undefined,
) => void

/**
 * `"connect"`, `"listen"` and `"pulse"` are about connections; `"encode"` and `"decode"` about values
 * that cannot be written or read; `"load"` about a loader that failed while a stale value was given;
 * `"observer"` about one that threw. `"close"` tells of changes that have not reached the second
 * tier.
 */
export type TierOperation =
  | "clear"
  | "close"
  | "connect"
  | "decode"
  | "encode"
  | "invalidate"
  | "listen"
  | "load"
  | "observer"
  | "pulse"
  | "read"
  | "release"
  | "remove"
  | "renew"
  | "store"
  | "write"

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

/** Options that are right, with their defaults. */
export function settingsFrom<V>(options: TieredOptions<V>): Settings<V> {
  checkNames("INVALID_OPTION", "options", options, ["l1", ...Object.keys(CHECKS)])
  const { l1: _, ...given } = options
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined)
  const settings = { ...DEFAULTS, ...Object.fromEntries(chosen) } as Settings<V>
  for (const [name, check] of Object.entries(CHECKS)) {
    check(settings[name as keyof Settings<V>], name)
  }
  return settings
}

/** Makes the first tier, if it is not made yet. */
export function localFrom<V>(l1: unknown): Cache<string, Held<V>> {
  if (typeof l1 !== "object" || l1 === null) {
    throw invalid("INVALID_OPTION", "l1", "a cache, or a strategy with its options", l1)
  }
  const { peek, set, clear } = l1 as Partial<Cache<string, unknown>>
  if (typeof peek === "function" && typeof set === "function" && typeof clear === "function") {
    return l1 as Cache<string, Held<V>>
  }
  const { strategy, ...options } = l1 as Record<string, unknown>
  if (typeof strategy !== "function") {
    throw invalid("INVALID_OPTION", "l1.strategy", "a strategy", strategy)
  }
  for (const name of ["ttl", "jitter"]) {
    if (options[name] === undefined) continue
    throw new CacheError("UNKNOWN_OPTION", `\`${name}\` is an option of both tiers, beside \`l1\``)
  }
  const { weigher, onRemoval } = options as LocalCallbacks<V>
  return (strategy as (options: object) => Cache<string, Held<V>>)({
    ...options,
    ...(typeof weigher === "function" && {
      weigher: (held: Held<V>, key: string) => weigher(held.value, key),
    }),
    ...(typeof onRemoval === "function" && {
      onRemoval: (key: string, held: Held<V>, cause: unknown) => onRemoval(key, held.value, cause),
    }),
  })
}

interface LocalCallbacks<V> {
  readonly weigher?: (value: V, key: string) => number
  readonly onRemoval?: (key: string, value: V, cause: unknown) => void
}
