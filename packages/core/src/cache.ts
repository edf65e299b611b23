import type { RemovalListener } from "./removal.ts"
import type { CacheStats } from "./stats.ts"

/** The least that code which uses a cache should ask for: a `Map` is one, and every cache is. */
export interface MapLike<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): unknown
  delete(key: K): boolean
  clear(): void
}

/**
 * A cache: a map that may forget. Whatever the strategy, `size` never exceeds `capacity`, and keys
 * are compared as `Map` compares them (SameValueZero).
 *
 * A lookup that finds an entry is a *hit*, and *promotes* the entry as the strategy sees fit.
 * Every operation on one key is O(1) amortised, unless the strategy says otherwise.
 */
export interface Cache<K, V> extends MapLike<K, V>, Iterable<[K, V]> {
  /** How many entries there are now. */
  readonly size: number
  /** The most entries there may be; `Infinity` if there is no bound. */
  readonly capacity: number
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
   * Stores `value` under `key`. Overwriting promotes, and evicts nobody; storing a new key in a
   * full cache evicts one entry first. A cache of capacity 0 stores nothing.
   */
  set(key: K, value: V): this

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
   * Changes the capacity. Entries that no longer fit are evicted by the strategy's rule.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `capacity` is not a non-negative integer or
   * `Infinity`; `UNSUPPORTED` if it is finite and the strategy never evicts.
   */
  resize(capacity: number): void

  /**
   * The keys, next victim first, so that inserting them into another cache in this order rebuilds
   * the order. As all iteration here: promotes nothing; yields what was there at the first step
   * and still is, once; ends whatever the loop body does to the cache. O(n) time and memory.
   */
  keys(): Generator<K, void, undefined>

  /** The values, in the order and on the terms of {@link Cache.keys}. */
  values(): Generator<V, void, undefined>

  /** Pairs of key and value, in the order and on the terms of {@link Cache.keys}. */
  entries(): Generator<[K, V], void, undefined>

  [Symbol.iterator](): Generator<[K, V], void, undefined>

  /** Calls `callback` for each entry, in the order and on the terms of {@link Cache.keys}. */
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
   * Tells `observer` what happens in this cache from now on. Returns the function that ends it.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if `onRemoval` is there and not a function.
   */
  subscribe(observer: CacheObserver<K, V>): () => void
}

/** Watches a cache from outside; a cache that nobody watches spends no time on it. */
export interface CacheObserver<K, V> {
  /** Told of each entry that leaves, on the terms of {@link RemovalListener}. */
  readonly onRemoval?: RemovalListener<K, V> | undefined
}

/** What every cache can be made with. */
export interface CacheOptions<K, V> {
  /**
   * Told of each entry that leaves, and why, after the cache is consistent again; it may use the
   * cache. Overwriting a value with itself (`Object.is`) removes nothing.
   */
  onRemoval?: RemovalListener<K, V> | undefined
  /**
   * Gets what `onRemoval` throws. By default it is reported to the host like any uncaught error:
   * with `reportError` where there is one, else as an unhandled rejection.
   */
  onListenerError?: ((error: unknown) => void) | undefined
}

/** What a cache with a bound is made with. */
export interface BoundedOptions<K, V> extends CacheOptions<K, V> {
  /** The most entries: a non-negative integer or `Infinity`. Memory is taken as entries arrive. */
  capacity: number
}
