import type { CacheOptions, StrategyTraits } from "@evictionary/core"
import type { TierClock } from "./clock.ts"
import type { Codec } from "./codec.ts"
import type { LocalCache } from "./local.ts"
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
  l1: LocalOptions<V> | LocalCache<V>
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
