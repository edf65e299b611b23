import type { Signal } from "@evictionary/core"
import type { LocalCache } from "./local.ts"
import type { TierObserver } from "./observers.ts"
import type { TierState } from "./state.ts"
import type { TieredStats } from "./stats.ts"

declare global {
  interface SymbolConstructor {
    // As in `lib.esnext.disposable.d.ts`, which not everybody has.
    readonly asyncDispose: unique symbol
  }
}

/** What is said of a value beside it. */
export interface ValueTerms {
  /** Milliseconds, in place of the cache's `ttl`; 0 for not to be kept. */
  readonly ttl?: number | undefined
  /** By which it can be invalidated, together with others. */
  readonly tags?: readonly string[] | undefined
}

/** What is said of a load. */
export interface LoadTerms extends ValueTerms {
  /** To wait no longer: the caller is rejected with its `reason`, and nobody else is. */
  readonly signal?: Signal | undefined
}

/** What a loader is told beside the key: `signal` is aborted when nobody waits any more. */
export interface LoaderTerms {
  readonly signal: Signal
}

/** Where values come from that no tier has. What it throws, or rejects with, its callers get. */
export type Load<K extends string, V> = (key: K, terms: LoaderTerms) => V | PromiseLike<V>

/** The same for several keys: for each, in order, its value or an error. */
export type LoadMany<K extends string, V> = (
  keys: K[],
  terms: LoaderTerms,
) => PromiseLike<readonly (V | Error)[]>

/**
 * One cache for many processes: a cache in each, in front of a store that they share.
 *
 * What the first tier has is given at once, everything else is promised. No promise is rejected
 * because of the second tier: it counts as empty if it does not answer in time, and `onError` is
 * told. Keys are texts, compared as such.
 */
export interface TieredCache<K extends string, V> {
  /** The first tier. What is changed there directly, others do not learn. */
  readonly cache: LocalCache<V>
  /** How much the first tier can be relied on now. */
  readonly state: TierState
  /** What happened so far; a new object each time. */
  readonly stats: TieredStats

  /** The value, or `undefined` if it is in no tier, or stale. */
  get(key: K): V | undefined | Promise<V | undefined>

  /**
   * The value; if it is in no tier, the result of `load`, which is stored in both. Callers in this
   * process share one load; with `lease`, those in all processes.
   *
   * A load is *fenced*: if its key is set or deleted, or one of its tags invalidated, anywhere and
   * before it has ended, those who wait get its result, and it is not stored.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if an argument is not what it must be.
   *
   * @example
   * ```ts
   * await users.getOrLoad("7", (id, { signal }) => fetchUser(id, signal), { tags: ["team:3"] })
   * ```
   */
  getOrLoad(key: K, load: Load<K, V>, terms?: LoadTerms): V | Promise<V>

  /** As `get`, for each key, in order; the second tier is asked once. */
  getMany(keys: Iterable<K>): Promise<(V | undefined)[]>

  /**
   * As `getOrLoad`, for each key, in order: the second tier is asked once, and `load` is called once,
   * for the keys that no tier has and nobody else is loading. An `Error` among what it returns is for
   * those who asked for that key. Rejects as `Promise.all` does.
   */
  getOrLoadMany(keys: Iterable<K>, load: LoadMany<K, V>, terms?: LoadTerms): Promise<V[]>

  /** Whether a tier has a fresh value, be it `undefined`. Neither counts nor promotes. */
  has(key: K): boolean | Promise<boolean>

  /** The value, if a tier has it fresh. Neither counts nor promotes, and keeps nothing. */
  peek(key: K): V | undefined | Promise<V | undefined>

  /**
   * Stores a value in both tiers; here at once. As of all changes, the promise is of `true` if the
   * second tier has taken it; else of `false`: then it will be made to forget the key, and so will
   * all processes, as soon as it can be reached.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if an argument is not what it must be.
   */
  set(key: K, value: V, terms?: ValueTerms): Promise<boolean>

  /** Removes the value of a key from both tiers, and from the first tier of every process. */
  delete(key: K): Promise<boolean>

  /** Removes all values that have one of the tags. O(1) for each tag, however many those are. */
  invalidate(...tags: string[]): Promise<boolean>

  /** Removes all values. O(1) in the second tier. */
  clear(): Promise<boolean>

  /**
   * Tells `observer` what happens from now on. Returns the function that ends it.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if a member of `observer` is not a function.
   */
  subscribe(observer: TierObserver): () => void

  /**
   * Ends it: waits for changes that are under way, closes the connections, and empties the first
   * tier. Changes that have not reached the second tier are told to `onError`. After that it has
   * nothing and keeps nothing: what is asked for is loaded.
   */
  close(): Promise<void>

  [Symbol.asyncDispose](): Promise<void>
}
