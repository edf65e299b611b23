import { type Cache, checkFunction, invalid } from "@evictionary/core"
import { Flights, type Terms } from "./flights.ts"
import { Listeners } from "./listeners.ts"
import type { LRUCache } from "./lru-cache.ts"
import type * as types from "./options.ts"
import { isPositive } from "./settings.ts"
import { type Stored, Time, Timed, valueIn } from "./timed.ts"

export const NONE = {}

type Operation = Exclude<types.Status<unknown, unknown>["op"], undefined>

/** The options that a fetch takes from the cache if it is not told. */
const DEFAULTS = [
  ...(["allowStale", "updateAgeOnGet", "noDeleteOnStaleGet", "ttl", "noDisposeOnSet"] as const),
  ...(["sizeCalculation", "noUpdateTTL", "noDeleteOnFetchRejection"] as const),
  ...(["allowStaleOnFetchRejection", "ignoreFetchAbort", "allowStaleOnFetchAbort"] as const),
]

/**
 * What is kept, and how: values in a cache of a strategy, which decides who is evicted; those with a
 * time to live as {@link Timed}, since what is stale stays here until it is met.
 */
export class Store<K extends {}, V extends {}, FC> {
  readonly cache: Cache<K, Stored<V>>
  readonly time: Time
  readonly flights: Flights<K, V, FC> | undefined
  readonly listeners: Listeners<K, V> | undefined
  /** Whether entries have sizes. */
  readonly sized: boolean
  /** The cache as the user knows it. */
  private readonly owner: LRUCache<K, V, FC>
  /** That of the entry which is about to be stored. */
  private size: number
  /** Whether the cache underneath removes what is stale. */
  private readonly purges: boolean

  constructor(owner: LRUCache<K, V, FC>) {
    const { max, maxSize, strategy, dispose, disposeAfter, onInsert, fetchMethod } = owner
    this.owner = owner
    this.sized = owner.maxEntrySize > 0
    this.size = 1
    this.purges = owner.ttlAutopurge
    this.time = new Time(owner)
    const listeners = dispose || disposeAfter || onInsert ? new Listeners(owner) : undefined
    this.listeners = listeners
    this.flights =
      fetchMethod &&
      new Flights(owner, {
        store: (key, value, terms) => this.set(key, value, terms),
        drop: (key) => this.remove(key, "fetch"),
      })
    this.cache = strategy<K, Stored<V>>({
      capacity: max || Infinity,
      ...(this.sized && { maxWeight: maxSize || Infinity, weigher: () => this.size }),
      ...(this.purges && {
        clock: this.time.perf,
        purge: "timer",
        // There the end is when so many milliseconds are over, here when more are.
        ttl: (stored: Stored<V>) => Math.max(this.time.left(stored, this.time.perf.now()) + 1, 0),
      }),
    })
    if (listeners) this.cache.subscribe(listeners)
  }

  get(k: K, getOptions: types.GetOptions<K, V, FC>): V | undefined {
    const value = this.lookUp(k, getOptions)
    if (getOptions.status) this.note(getOptions.status, "get", k, value)
    return value
  }

  private lookUp(k: K, getOptions: types.GetOptions<K, V, FC>): V | undefined {
    const { status } = getOptions
    const stored = this.cache.get(k)
    if (status) {
      const isFetching = this.flights?.has(k)
      status.get = isFetching ? "fetching" : stored === undefined ? "miss" : "hit"
    }
    return stored instanceof Timed ? this.timedOf(k, stored, getOptions) : stored
  }

  /** What `get` gives of a value that may be stale. */
  timedOf(k: K, stored: Timed<V>, getOptions: types.GetOptions<K, V, FC>): V | undefined {
    const { status, allowStale = this.owner.allowStale } = getOptions
    const { updateAgeOnGet = this.owner.updateAgeOnGet } = getOptions
    const { noDeleteOnStaleGet = this.owner.noDeleteOnStaleGet } = getOptions
    if (status) this.noteTime(status, stored)
    if (!this.time.isStale(stored)) {
      if (updateAgeOnGet) this.renew(k, stored)
      return stored.value
    }
    const isFetching = this.flights?.has(k)
    if (!isFetching && !noDeleteOnStaleGet) this.remove(k, "expire")
    if (status) {
      status.get = isFetching ? "stale-fetching" : "stale"
      if (allowStale) status.returnedStale = true
    }
    return allowStale ? stored.value : undefined
  }

  async fetch(k: K, fetchOptions: types.FetchOptions<K, V, FC>): Promise<V | undefined> {
    const { context, forceRefresh, ...given } = fetchOptions
    const { signal, status } = given
    if (status) {
      this.note(status, "fetch", k)
      if (forceRefresh) status.forceRefresh = true
      if (context) status.context = context
    }
    const flights = this.flights
    if (flights === undefined) {
      if (status) status.fetch = "get"
      return this.lookUp(k, given)
    }
    const terms: Terms<K, V, FC> = { ...given }
    for (const name of DEFAULTS) terms[name] ??= this.owner[name] as never
    let flight = flights.get(k)
    let before = flight?.stale
    if (flight === undefined) {
      const stored = this.cache.get(k)
      const isStale = this.time.isStale(stored)
      if (stored !== undefined && !isStale && !forceRefresh) {
        if (terms.updateAgeOnGet) this.renew(k, stored)
        if (status) {
          status.fetch = "hit"
          this.noteTime(status, stored)
        }
        return valueIn(stored)
      }
      if (stored !== undefined) before = valueIn(stored)
      if (status) status.fetch = stored === undefined ? "miss" : isStale ? "stale" : "refresh"
    } else if (status) {
      status.fetch = "inflight"
    }
    const isServed = terms.allowStale === true && before !== undefined
    if (status && isServed && status.fetch !== "refresh") status.returnedStale = true
    if (signal?.aborted && !terms.ignoreFetchAbort) {
      if (isServed || terms.allowStaleOnFetchAbort) return before
      throw signal.reason
    }
    flight ??= flights.begin(k, before, terms, context as FC)
    const value = flights.join(k, flight, terms)
    if (!isServed) return value
    value.catch(() => {})
    return before
  }

  set(k: K, v: V, setOptions: types.SetOptions<K, V, FC> = NONE): void {
    const { ttl = this.owner.ttl, start, status } = setOptions
    if (status) status.value = v
    const { noDisposeOnSet = this.owner.noDisposeOnSet, noUpdateTTL = this.owner.noUpdateTTL } =
      setOptions
    const size = this.measure(k, v, setOptions)
    if (size > (this.owner.maxEntrySize || Infinity) || size > (this.owner.maxSize || Infinity)) {
      this.flights?.cut(k, "deleted")
      this.remove(k, "set")
      if (status) {
        status.set = "miss"
        status.maxEntrySizeExceeded = true
      }
      return
    }
    this.flights?.cut(k, "replaced")
    const isAsked = status || this.listeners || noUpdateTTL
    const old = isAsked ? this.cache.peek(k) : undefined
    const before = old === undefined ? undefined : valueIn(old)
    const reason = before === undefined ? "add" : before === v ? "update" : "replace"
    let stored: Stored<V> = v
    if (!noUpdateTTL || old === undefined) {
      if (ttl !== 0) stored = new Timed(v, ttl, start ?? this.time.perf.now())
    } else if (old instanceof Timed) {
      stored = new Timed(v, old.ttl, old.start)
    }
    const listeners = this.listeners
    const held = listeners?.hold(noDisposeOnSet)
    try {
      if (listeners) listeners.reason = "expire"
      this.put(k, stored, size)
      if (status) {
        status.set = reason
        if (reason === "replace") status.oldValue = before as V
        if (this.sized) {
          status.entrySize = size
          status.totalCalculatedSize = this.owner.calculatedSize
        }
        this.noteTime(status, stored)
      }
      listeners?.came(v, k, reason)
    } finally {
      listeners?.release(held)
    }
  }

  private put(k: K, stored: Stored<V>, size: number): void {
    this.size = size
    this.cache.set(k, stored)
  }

  /** The size of an entry; 0 where entries have none. */
  private measure(k: K, v: V, setOptions: types.SetOptions<K, V, FC>): number {
    const { size, sizeCalculation = this.owner.sizeCalculation } = setOptions
    if (!this.sized) {
      if (!size && !sizeCalculation) return 0
      throw invalid("INVALID_ARGUMENT", "size", "given with `maxSize` or `maxEntrySize` only", size)
    }
    if (isPositive(size)) return size
    if (sizeCalculation) checkFunction("INVALID_ARGUMENT", "sizeCalculation", sizeCalculation)
    const measured = sizeCalculation?.(v, k)
    if (isPositive(measured)) return measured
    throw invalid("INVALID_ARGUMENT", "size", "a positive integer", measured)
  }

  remove(k: K, reason: types.DisposeReason): boolean {
    if (this.listeners) this.listeners.reason = reason
    return this.cache.delete(k)
  }

  /** The time to live begins anew. */
  renew(k: K, stored: Stored<V>): void {
    if (!(stored instanceof Timed)) return
    stored.start = this.time.perf.now()
    if (this.purges) this.put(k, stored, this.cache.entry(k)?.weight ?? 1)
  }

  *walk(safestFirst: boolean): Generator<[K, V], void, unknown> {
    const there = safestFirst ? this.cache.hottest(Infinity) : this.cache.coldest(Infinity)
    for (const [key] of there) {
      const stored = this.cache.peek(key)
      if (stored === undefined || (!this.owner.allowStale && this.time.isStale(stored))) continue
      yield [key, valueIn(stored)]
    }
  }

  sizeOf(key: K): { size: number } | undefined {
    return this.sized ? { size: this.cache.entry(key)!.weight } : undefined
  }

  note(status: types.Status<K, V, FC>, op: Operation, key: K, value?: V): void {
    Object.assign(status, { op, key, cache: this.owner }, value !== undefined && { value })
  }

  noteTime(status: types.Status<K, V, FC>, stored: Stored<V> | undefined): void {
    if (!(stored instanceof Timed)) return
    const { ttl, start } = stored
    const now = this.time.now()
    Object.assign(status, { ttl, start, now, remainingTTL: ttl - (now - start) })
  }
}
