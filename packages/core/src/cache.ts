import type { CacheInspection } from "./description.ts"
import type { CacheDump } from "./dump.ts"
import type { CacheObserver } from "./listeners.ts"
import type { CacheOptions } from "./options.ts"
import type { CacheStats } from "./stats.ts"
import type { Strategy, UnboundedStrategy } from "./strategy.ts"

declare global {
  interface SymbolConstructor {
    // As in `lib.esnext.disposable.d.ts`, which not everybody has, and TypeScript 5.0 has not.
    readonly dispose: unique symbol
  }
}

/** The least that code which uses a cache should ask for: a `Map` is one, and every cache is. */
export interface MapLike<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): unknown
  delete(key: K): boolean
  clear(): void
}

/**
 * A cache: a map that may forget. Whatever the strategy, there are never more entries than
 * `capacity` nor more weight than `maxWeight`, and keys are compared as `Map` compares them
 * (SameValueZero).
 *
 * A lookup that finds an entry is a *hit*, and *promotes* the entry as the strategy sees fit.
 * Every operation on one key is O(1) amortised, unless the strategy says otherwise; O(log n) where
 * entries have a time to live that is not the same for all.
 *
 * An entry that has *expired* is not there any more: no lookup finds it, no iteration yields it.
 * Its removal, with what `onRemoval` and `stats` tell of it, comes later: each `get` and `set`
 * removes a few, an entry that needs room removes expired ones before the strategy is asked for a
 * victim, and `purgeExpired` removes them all. Until then they count in `size` and `weight`.
 */
export interface Cache<K, V> extends MapLike<K, V>, Iterable<[K, V]> {
  /** How many entries there are now, those included that have expired and are not removed yet. */
  readonly size: number
  /** The most entries there may be; `Infinity` if there is no bound. */
  readonly capacity: number
  /** The sum of the entries' weights; an entry of which nothing else is said weighs 1. */
  readonly weight: number
  /** The most weight there may be; `Infinity` if there is no bound. */
  readonly maxWeight: number
  /** The strategy that chooses the victims, by name. */
  readonly strategyName: string
  /** Counts of what happened so far. */
  readonly stats: CacheStats

  /** The value of `key`, or `undefined`. Counts as a hit or a miss, and promotes. */
  get(key: K): V | undefined

  /** The value of `key`, or `undefined`. Neither counts nor promotes. */
  peek(key: K): V | undefined

  /** Whether `key` has an entry, be its value `undefined`. Neither counts nor promotes. */
  has(key: K): boolean

  /**
   * Whether `key` has an entry, or had one that the strategy remembers: if it comes back, it will be
   * known. Neither counts nor promotes.
   */
  knows(key: K): boolean

  /** What is known of the entry of `key`, or `undefined`. Neither counts nor promotes. */
  entry(key: K): EntryView<K, V> | undefined

  /**
   * Stores `value` under `key`. Overwriting promotes, and evicts nobody if the new weight fits;
   * storing a new key evicts until there is room. Time to live and idle time begin anew.
   *
   * Nothing is stored if it could not stay: in a cache of capacity 0, with a weight above
   * `maxWeight`, with a time to live of 0. An older entry of the key is then deleted, and nobody is
   * evicted.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `terms`, or what the cache's `weigher`, `cost` or
   * `ttl` returns, is not what it must be, or if without a `maxWeight` all weights together would be
   * above 2^53 - 1; then nothing has changed, nor if one of them throws.
   */
  set(key: K, value: V, terms?: EntryTerms): this

  /**
   * The value of `key`; if there is none, `value` is stored first. Counts and promotes as `get`.
   * It is ECMAScript's `Map.prototype.getOrInsert`.
   */
  getOrInsert(key: K, value: V): V

  /**
   * The value of `key`; if there is none, the result of `compute(key)`, which is stored. Counts
   * and promotes as `get`. It is ECMAScript's `Map.prototype.getOrInsertComputed`: if `compute`
   * throws, nothing is stored and the caller gets the error; if `compute` itself stored the key,
   * that value is overwritten.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `compute` is not a function.
   */
  getOrInsertComputed(key: K, compute: (key: K) => V): V

  /** Removes the entry of `key`. Returns whether there was one. */
  delete(key: K): boolean

  /** Removes everything, what the strategy remembers of departed keys too. Counts are kept. O(n). */
  clear(): void

  /**
   * Changes the bounds. Entries that no longer fit are evicted by the strategy's rule.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if a bound is not a non-negative integer or
   * `Infinity`; `UNSUPPORTED` if one is finite and the strategy never evicts.
   */
  resize(capacity: number, maxWeight?: number): void

  /**
   * From now on `strategy` chooses the victims. Entries stay, with their values, weights and
   * deadlines; so do counts, and listeners. The new strategy learns of the entries as if they were
   * stored anew in the order of iteration; what the old one remembered of departed keys is lost.
   * With a strategy that never evicts, the bounds become `Infinity`. O(n).
   *
   * `own` are options that the strategy adds, and `createCache` would take.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `strategy` is none; `UNKNOWN_OPTION` or
   * `INVALID_OPTION` for an option. Then nothing has changed.
   */
  use(strategy: Strategy | UnboundedStrategy): void
  use<Own extends object>(strategy: Strategy<Own> | UnboundedStrategy<Own>, own: Own): void

  /**
   * Changes the cache's `ttl` or `idle`, or both. A new `ttl` is for values that are stored from now
   * on: what is there keeps its end. A new `idle` is for all entries at once, counted from their last
   * use, or from now if the cache had no use for that. O(n) for `idle`, O(1) for `ttl`.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if one is not what the option must be; `UNKNOWN_OPTION`
   * for anything else. Then nothing has changed.
   */
  expire(terms: ExpiryTerms<K, V>): void

  /**
   * Removes entries that have expired, at most `limit` of them, in the order in which they did, and
   * returns how many those were.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `limit` is not a non-negative integer or `Infinity`.
   */
  purgeExpired(limit?: number): number

  /**
   * The entries as plain data, with their order, weights, ages and the time they have left; as JSON
   * if keys and values have a form in JSON. Promotes nothing. O(n).
   */
  dump(): CacheDump<K, V>

  /**
   * Replaces everything by the entries of a dump, as time had stood still since. Those that would
   * be the first to leave are left out if not all fit. O(n).
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `dump` is none; then nothing has changed.
   */
  load(dump: CacheDump<K, V>): void

  /**
   * The keys, next victim first, so that inserting them into another cache in this order rebuilds
   * the order (unless the strategy `rearranges` it). As all iteration here: promotes nothing; yields what was there at the first step
   * and still is, once; ends whatever the loop body does to the cache. O(n) time and memory.
   */
  keys(): Generator<K, void, undefined>

  /** The values, in the order and on the terms of {@link Cache.keys}. */
  values(): Generator<V, void, undefined>

  /** Pairs of key and value, in the order and on the terms of {@link Cache.keys}. */
  entries(): Generator<[K, V], void, undefined>

  [Symbol.iterator](): Generator<[K, V], void, undefined>

  /**
   * Calls `callback` for each entry, in the order and on the terms of {@link Cache.keys}.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `callback` is not a function.
   */
  forEach(callback: (value: V, key: K, cache: Cache<K, V>) => void, thisArg?: unknown): void

  /**
   * The `n` entries that would leave first, the next victim first. Promotes nothing. O(n).
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `n` is not a non-negative integer or `Infinity`.
   */
  coldest(n: number): [K, V][]

  /**
   * The `n` entries that would leave last, the safest first. Promotes nothing. O(size).
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `n` is not a non-negative integer or `Infinity`.
   */
  hottest(n: number): [K, V][]

  /**
   * What the strategy holds: its lists, by the names of its paper, with the keys of entries and of
   * ghosts, what it has noted of each, and the numbers that it goes by. For a debugger, a test, a
   * picture; what is in it depends on the strategy. Entries that have expired, and are not removed
   * yet, are in it. Promotes nothing. O(n).
   */
  inspect(): CacheInspection<K>

  /**
   * Tells `observer` what happens in this cache from now on, through the methods that it has now.
   * Returns the function that ends it.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if an event in `observer` is not a function;
   * `UNKNOWN_OPTION` if the name of another member begins with `on`, or if all are of other names.
   */
  subscribe(observer: CacheObserver<K, V>): () => void

  /** Clears the cache and stops its timer, as `using` does at the end of a block. */
  [Symbol.dispose](): void

  /** One line for people, such as `lru(3 of 1000)`. */
  toString(): string
}

/** When entries expire, as in {@link CacheOptions}. */
export type ExpiryTerms<K, V> = Pick<CacheOptions<K, V>, "idle" | "ttl">

/** What `set` can be told of one entry. */
export interface EntryTerms {
  /** Time to live in milliseconds, in place of the cache's `ttl`; `Infinity` means for ever. */
  readonly ttl?: number | undefined
  /** A non-negative integer, in place of what the cache's `weigher` says. */
  readonly weight?: number | undefined
}

/** What is known of an entry. */
export interface EntryView<K, V> {
  readonly key: K
  readonly value: V
  readonly weight: number
  /**
   * Milliseconds since the value was stored; `undefined` if the cache had no use for time then,
   * because no entry could expire.
   */
  readonly age: number | undefined
  /** Milliseconds until it expires if nobody uses it; `Infinity` if it never does. */
  readonly ttl: number
}
