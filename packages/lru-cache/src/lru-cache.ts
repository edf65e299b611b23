import { type Cache, CacheError } from "@evictionary/core"
import type { Listeners } from "./listeners.ts"
import type * as types from "./options.ts"
import { Settings } from "./settings.ts"
import { NONE, Store } from "./store.ts"
import { type Stored, type Time, Timed, valueIn } from "./timed.ts"

/**
 * The cache of lru-cache 11, over any strategy: the same options and methods, of which README.md
 * lists the few that behave differently.
 *
 * @example
 * ```ts
 * const users = new LRUCache<string, User>({ max: 500, strategy: sieve })
 * ```
 */
export class LRUCache<K extends {}, V extends {}, FC = unknown> extends Settings<K, V, FC> {
  readonly #store: Store<K, V, FC>
  /** Here, too, since nothing but this is between a caller and the cache underneath. */
  readonly #cache: Cache<K, Stored<V>>
  readonly #time: Time
  readonly #listeners: Listeners<K, V> | undefined
  /** Whether nothing is to be done on `set` but to store, unless an operation is under way. */
  readonly #plain: boolean

  /** @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming the option. */
  constructor(options: types.Options<K, V, FC> | LRUCache<K, V, FC>) {
    super(options)
    const store = new Store<K, V, FC>(this)
    this.#store = store
    this.#cache = store.cache
    this.#time = store.time
    this.#listeners = store.listeners
    this.#plain = !(store.sized || store.flights) && store.listeners?.isSimple !== false
  }

  /** How many entries there are, stale ones included. */
  get size(): number {
    return this.#cache.size
  }
  /** The sum of the sizes; 0 where entries have none. */
  get calculatedSize(): number {
    return this.#store.sized ? this.#cache.weight : 0
  }

  /** The value of `key` unless it is stale. Promotes. */
  get(k: K, getOptions?: types.GetOptions<K, V, FC>): V | undefined {
    if (getOptions !== undefined) return this.#store.get(k, getOptions)
    const stored = this.#cache.get(k)
    return stored instanceof Timed ? this.#valueOf(k, stored) : stored
  }

  /** The value of `key` unless it is stale. Does not promote. */
  peek(k: K, peekOptions: types.PeekOptions<K, V, FC> = NONE): V | undefined {
    const { allowStale = this.allowStale, status } = peekOptions
    const stored = this.#cache.peek(k)
    const isHidden = !allowStale && this.#time.isStale(stored)
    const value = stored === undefined || isHidden ? undefined : valueIn(stored)
    if (status) {
      this.#store.note(status, "peek", k, value)
      status.peek = stored === undefined ? "miss" : isHidden ? "stale" : "hit"
    }
    return value
  }

  /** Whether `key` has a value that is not stale. Does not promote. */
  has(k: K, hasOptions: types.HasOptions<K, V, FC> = NONE): boolean {
    const { updateAgeOnHas = this.updateAgeOnHas, status } = hasOptions
    const stored = this.#cache.peek(k)
    const has = stored !== undefined && !this.#time.isStale(stored)
    if (has && updateAgeOnHas) this.#store.renew(k, stored)
    if (status) {
      this.#store.note(status, "has", k)
      status.has = has ? "hit" : stored === undefined ? "miss" : "stale"
      this.#store.noteTime(status, stored)
    }
    return has
  }

  /**
   * Stores a value; `undefined` deletes. If its size is above `maxEntrySize`, nothing is stored and
   * what was there goes.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if there is no size that is a positive integer where
   * entries have one, or one where they have none; then nothing has changed, nor if
   * `sizeCalculation` throws.
   */
  set(k: K, v: V | undefined, setOptions?: types.SetOptions<K, V, FC>): this {
    const isPlain = this.#plain && !this.noUpdateTTL && !this.#listeners?.holds
    if (setOptions !== undefined || v === undefined || !isPlain) {
      return this.#setOtherwise(k, v, setOptions)
    }
    this.#cache.set(k, this.ttl === 0 ? v : this.#time.begin(v, this.ttl))
    return this
  }

  /** `get`, of a value with a time to live. */
  #valueOf(k: K, stored: Timed<V>): V | undefined {
    if (this.updateAgeOnGet || this.#time.isOver(stored)) {
      return this.#store.timedOf(k, stored, NONE)
    }
    return stored.value
  }

  /** `set`, where there may be more to do than to store. */
  #setOtherwise(k: K, v: V | undefined, setOptions?: types.SetOptions<K, V, FC>): this {
    const { status } = setOptions ?? (NONE as types.SetOptions<K, V, FC>)
    if (status) this.#store.note(status, "set", k, v)
    if (v === undefined) {
      if (status) status.set = "deleted"
      this.delete(k)
    } else {
      this.#store.set(k, v, setOptions)
    }
    return this
  }

  /** Removes the value of `key`, and aborts its fetch. Returns whether there was either. */
  delete(k: K): boolean {
    const wasFetched = this.#store.flights?.cut(k, "deleted")
    return this.#store.remove(k, "delete") || wasFetched === true
  }

  /** Removes everything, and aborts all fetches. */
  clear(): void {
    this.#store.flights?.cutAll()
    const listeners = this.#listeners
    const held = listeners?.hold()
    try {
      this.#cache.clear()
    } finally {
      listeners?.release(held)
    }
  }

  /** Removes the entry that would leave next, and returns its value. */
  pop(): V | undefined {
    const [first] = this.#cache.coldest(1)
    if (first === undefined) return undefined
    this.#store.remove(first[0], "evict")
    return valueIn(first[1])
  }

  /** Removes what is stale. Returns whether there was any. O(n). */
  purgeStale(): boolean {
    let purged = false
    for (const [key, stored] of this.#cache.coldest(Infinity)) {
      if (!this.#time.isStale(stored)) continue
      this.#store.remove(key, "expire")
      purged = true
    }
    return purged
  }

  /** Milliseconds until the entry is stale, below 0 if it is; `Infinity` if never; 0 if none. */
  getRemainingTTL(key: K): number {
    const stored = this.#cache.peek(key)
    return stored === undefined ? 0 : this.#time.left(stored)
  }

  /**
   * The keys, the safest first. As all iteration here: yields what was there at the first step and
   * still is, once, and ends whatever the loop body does. O(n) time and memory.
   */
  *keys(): Generator<K, void, unknown> {
    for (const [key] of this.#store.walk(true)) yield key
  }
  /** The keys, the next to leave first. */
  *rkeys(): Generator<K, void, unknown> {
    for (const [key] of this.#store.walk(false)) yield key
  }
  *values(): Generator<V, void, unknown> {
    for (const [, value] of this.#store.walk(true)) yield value
  }
  *rvalues(): Generator<V, void, unknown> {
    for (const [, value] of this.#store.walk(false)) yield value
  }
  entries(): Generator<[K, V], void, unknown> {
    return this.#store.walk(true)
  }
  rentries(): Generator<[K, V], void, unknown> {
    return this.#store.walk(false)
  }
  [Symbol.iterator](): Generator<[K, V], void, unknown> {
    return this.#store.walk(true)
  }
  get [Symbol.toStringTag](): string {
    return "LRUCache"
  }

  forEach(fn: (v: V, k: K, self: LRUCache<K, V, FC>) => unknown, thisp: unknown = this): void {
    for (const [key, value] of this.#store.walk(true)) fn.call(thisp, value, key, this)
  }
  rforEach(fn: (v: V, k: K, self: LRUCache<K, V, FC>) => unknown, thisp: unknown = this): void {
    for (const [key, value] of this.#store.walk(false)) fn.call(thisp, value, key, this)
  }

  /** The first value in the order of `keys` for which `fn` returns something true. Promotes it. */
  find(
    fn: (v: V, k: K, self: LRUCache<K, V, FC>) => boolean,
    getOptions?: types.GetOptions<K, V, FC>,
  ): V | undefined {
    for (const [key, value] of this.#store.walk(true)) {
      if (fn(value, key, this)) return this.get(key, getOptions)
    }
    return undefined
  }

  /** What is known of an entry, stale or not. */
  info(key: K): types.Entry<V> | undefined {
    const stored = this.#cache.peek(key)
    if (stored === undefined) return undefined
    const ttl = stored instanceof Timed && { ttl: this.#time.left(stored), start: Date.now() }
    return { value: valueIn(stored), ...ttl, ...this.#store.sizeOf(key) }
  }

  /** The entries as plain data, the next to leave first; stale ones, too. O(n). */
  dump(): [K, types.Entry<V>][] {
    return this.#cache.coldest(Infinity).map(([key, stored]) => {
      const ttl =
        stored instanceof Timed
          ? { ttl: stored.ttl, start: Math.floor(Date.now() - (this.perf.now() - stored.start)) }
          : // It is not to get what is the cache's where it is loaded.
            this.ttl !== 0 && { ttl: 0 }
      return [key, { value: valueIn(stored), ...ttl, ...this.#store.sizeOf(key) }]
    })
  }

  /** Replaces everything by the entries of a dump, be it one of lru-cache. O(n). */
  load(arr: readonly (readonly [K, types.Entry<V>])[]): void {
    this.clear()
    for (const [key, { value, ttl, size, start }] of arr) {
      this.#store.set(key, value, {
        ...(ttl !== undefined && { ttl }),
        ...(size !== undefined && { size }),
        ...(start && { start: this.perf.now() - (Date.now() - start) }),
      })
    }
  }

  /**
   * The value of `key`, or if there is none what `memoMethod` returns, which is stored. Promotes.
   *
   * @throws {CacheError} `UNSUPPORTED` if there is no `memoMethod`.
   */
  memo(k: K, ...[memoOptions = NONE]: types.MemoRest<K, V, FC>): V {
    const { memoMethod } = this
    if (memoMethod === undefined) {
      throw new CacheError("UNSUPPORTED", "`memo` needs the option `memoMethod`")
    }
    const { context, forceRefresh, status, ...options } = memoOptions as types.MemoOptions<K, V, FC>
    const found = this.get(k, options)
    const isHit = found !== undefined && !forceRefresh
    const value = isHit ? found : memoMethod(k, found, { options, context: context as FC })
    if (!isHit) this.#store.set(k, value, options)
    if (status) {
      this.#store.note(status, "memo", k, value)
      status.memo = isHit ? "hit" : "miss"
      if (forceRefresh) status.forceRefresh = true
      if (context) status.context = context
    }
    return value
  }

  /**
   * The value of `key`; if there is none or it is stale, what `fetchMethod` returns or promises,
   * which is stored. All who want it at once wait for one call, and each may leave by its `signal`.
   * Without `fetchMethod`, as `get`. Promotes.
   */
  fetch(k: K, ...[fetchOptions = NONE]: types.FetchRest<K, V, FC>): Promise<V | undefined> {
    return this.#store.fetch(k, fetchOptions as types.FetchOptions<K, V, FC>)
  }

  /** As `fetch`, but rejects where that gives `undefined`. */
  async forceFetch(k: K, ...rest: types.FetchRest<K, V, FC>): Promise<V> {
    const value = await this.fetch(k, ...rest)
    if (value === undefined) throw new Error("fetch() returned undefined")
    return value
  }
}

export declare namespace LRUCache {
  type Size = number
  type Milliseconds = number
  type Count = number
  type DisposeReason = types.DisposeReason
  type Disposer<K, V> = types.Disposer<K, V>
  type InsertReason = types.InsertReason
  type Inserter<K, V> = types.Inserter<K, V>
  type SizeCalculator<K, V> = types.SizeCalculator<K, V>
  type FetcherOptions<K, V, FC = unknown> = types.FetcherOptions<K, V, FC>
  type Status<K, V, FC = unknown> = types.Status<K, V, FC>
  type FetcherFetchOptions<K, V, FC = unknown> = types.FetcherFetchOptions<K, V, FC>
  type FetchOptions<K, V, FC> = types.FetchOptions<K, V, FC>
  type FetchOptionsWithContext<K, V, FC> = types.FetchOptionsWithContext<K, V, FC>
  type FetchOptionsNoContext<
    K,
    V,
    FC extends types.Nothing = undefined,
  > = types.FetchOptionsNoContext<K, V, FC>
  type MemoOptions<K, V, FC = unknown> = types.MemoOptions<K, V, FC>
  type MemoOptionsWithContext<K, V, FC> = types.MemoOptionsWithContext<K, V, FC>
  type MemoOptionsNoContext<
    K,
    V,
    FC extends types.Nothing = undefined,
  > = types.MemoOptionsNoContext<K, V, FC>
  type MemoizerOptions<K, V, FC = unknown> = types.MemoizerOptions<K, V, FC>
  type MemoizerMemoOptions<K, V, FC = unknown> = types.MemoizerMemoOptions<K, V, FC>
  type HasOptions<K, V, FC> = types.HasOptions<K, V, FC>
  type GetOptions<K, V, FC> = types.GetOptions<K, V, FC>
  type PeekOptions<K, V, FC> = types.PeekOptions<K, V, FC>
  type SetOptions<K, V, FC> = types.SetOptions<K, V, FC>
  type Fetcher<K, V, FC = unknown> = types.Fetcher<K, V, FC>
  type Memoizer<K, V, FC = unknown> = types.Memoizer<K, V, FC>
  type OptionsBase<K, V, FC> = types.OptionsBase<K, V, FC>
  type OptionsMaxLimit<K, V, FC> = types.OptionsMaxLimit<K, V, FC>
  type OptionsTTLLimit<K, V, FC> = types.OptionsTTLLimit<K, V, FC>
  type OptionsSizeLimit<K, V, FC> = types.OptionsSizeLimit<K, V, FC>
  type Options<K, V, FC> = types.Options<K, V, FC>
  type Entry<V> = types.Entry<V>
}
