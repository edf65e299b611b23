import { randomBytes } from "node:crypto"
import { CacheError, reporter } from "@evictionary/core"
import { checkTags } from "@evictionary/core/tags"
import { checkKey, valueTerms } from "./arguments.ts"
import { Changes } from "./changes.ts"
import { packingOf } from "./codec.ts"
import { Loading } from "./loading.ts"
import { Local, type LocalCache } from "./local.ts"
import { Lookups } from "./lookups.ts"
import { Observers, type TierObserver } from "./observers.ts"
import type { TierErrorListener, TieredOptions, TierOperation } from "./options.ts"
import { Partitions } from "./partitions.ts"
import type { RemoteEvents } from "./remote.ts"
import { localFrom, type Settings, settingsFrom } from "./settings.ts"
import { stateOf, type TierState } from "./state.ts"
import { Counts, statsOf, type TieredStats } from "./stats.ts"
import { throttled } from "./throttle.ts"
import type { Load, LoadMany, LoadTerms, TieredCache, ValueTerms } from "./tiered-cache.ts"

/**
 * Makes a cache of two tiers. It begins to connect, and is ready at once: until the second tier
 * answers, it counts as empty.
 *
 * @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming the option.
 *
 * @example
 * ```ts
 * const users = tiered<string, User>({
 *   l1: { strategy: lru, capacity: 10_000 },
 *   l2: ioredis(new Redis(url)),
 *   namespace: "users",
 *   ttl: 60_000,
 * })
 * await users.getOrLoad("7", (id) => db.user(id))
 * ```
 */
export function tiered<K extends string, V>(options: TieredOptions<V>): TieredCache<K, V> {
  const { l1, settings } = settingsFrom(options)
  // Its keys are all texts; which of them there may be is the caller's affair.
  return new TwoTiers(localFrom<V>(l1), settings) as TieredCache<string, V> as never
}

/** The worst comes first. */
const STATES: readonly TierState[] = ["dead", "down", "suspect", "linked"]

/** Puts the parts together. */
class TwoTiers<V> implements TieredCache<string, V> {
  private readonly settings: Settings<V>
  private readonly local: Local<V>
  private readonly counts: Counts
  private readonly observers: Observers
  private readonly partitions: Partitions
  private readonly lookups: Lookups<V>
  private readonly changes: Changes<V>
  private readonly report: TierErrorListener
  private readonly start: number
  private known: TierState
  private closing: Promise<void> | undefined

  constructor(cache: LocalCache<V>, settings: Settings<V>) {
    const { clock, l2: tier, namespace, partitions, onError } = settings
    const tell = reporter(onError && throttled(onError, clock))
    this.settings = settings
    this.local = new Local(cache)
    this.counts = new Counts()
    this.start = clock.now()
    this.known = "suspect"
    this.closing = undefined
    this.observers = new Observers((error) => tell(error, "observer", undefined))
    this.report = (error, operation, key) => {
      tell(error, operation, key)
      this.observers.tell("onError", error, operation, key)
    }
    const origin = randomBytes(9).toString("base64url")
    const terms = { ...settings, tier }
    this.partitions = new Partitions(namespace, partitions, origin, terms, this.events())
    const context = {
      settings,
      local: this.local,
      counts: this.counts,
      packing: packingOf(settings.codec),
      partitions: this.partitions,
      remoteOf: (key: string) => this.partitions.of(key),
      report: this.report,
      origin,
      start: this.start,
    }
    const loading = new Loading(context)
    this.lookups = new Lookups({ ...context, loading })
    this.changes = new Changes({ ...context, loading })
  }

  get cache(): LocalCache<V> {
    return this.local.cache
  }

  get state(): TierState {
    const now = this.settings.clock.now()
    const states = this.partitions.all.map((each) => stateOf(each, this.settings, now, this.start))
    return STATES.find((state) => states.includes(state)) ?? "dead"
  }

  get stats(): TieredStats {
    const { all } = this.partitions
    const queue = all.reduce((sum, remote) => sum + remote.queue, 0)
    const isOpen = all.some((remote) => remote.isBroken)
    return statsOf(this.counts, { queue, breaker: isOpen ? "open" : "closed" })
  }

  get(key: string): V | undefined | Promise<V | undefined> {
    return this.lookups.get(key)
  }

  getOrLoad(key: string, load: Load<string, V>, terms?: LoadTerms): V | Promise<V> {
    return this.lookups.getOrLoad(key, load, terms)
  }

  getMany(keys: Iterable<string>): Promise<(V | undefined)[]> {
    return this.lookups.getMany(keys)
  }

  getOrLoadMany(
    keys: Iterable<string>,
    load: LoadMany<string, V>,
    terms?: LoadTerms,
  ): Promise<V[]> {
    return this.lookups.getOrLoadMany(keys, load, terms)
  }

  has(key: string): boolean | Promise<boolean> {
    return this.lookups.has(key)
  }

  peek(key: string): V | undefined | Promise<V | undefined> {
    return this.lookups.peek(key)
  }

  set(key: string, value: V, terms?: ValueTerms): Promise<boolean> {
    checkKey(key)
    const { ttl, tags } = valueTerms(terms)
    return this.closing ? NOT_TAKEN : this.changes.set(key, value, ttl, tags)
  }

  delete(key: string): Promise<boolean> {
    checkKey(key)
    return this.closing ? NOT_TAKEN : this.changes.delete(key)
  }

  invalidate(...tags: string[]): Promise<boolean> {
    checkTags(tags)
    return this.closing ? NOT_TAKEN : this.changes.invalidate(tags)
  }

  clear(): Promise<boolean> {
    return this.closing ? NOT_TAKEN : this.changes.clear()
  }

  subscribe(observer: TierObserver): () => void {
    return this.observers.add(observer)
  }

  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  private async end(): Promise<void> {
    await Promise.all(this.partitions.all.map((remote) => remote.close()))
    this.changes.forgetAll()
    this.local.close()
    const { queue } = this.stats.tier
    if (queue === 0) return
    const message = `${queue} changes have not reached the second tier`
    this.report(new CacheError("UNREACHABLE", message), "close", undefined)
  }

  private events(): RemoteEvents {
    const { counts, observers } = this
    return {
      onMessage: (message) => this.changes.hear(message),
      onGap: (first) => {
        this.changes.forgetAll()
        if (first) return
        counts.gaps++
        observers.tell("onGap")
      },
      onLate: (operation) => {
        counts.late++
        observers.tell("onLate", operation)
      },
      onRefused: (key) => {
        counts.refused++
        observers.tell("onRefused", key)
      },
      onError: (error, operation, key) => this.report(error, operation as TierOperation, key),
      onState: () => this.lookAround(),
    }
  }

  /** Tells of the state, if it is another than it was. */
  private lookAround(): void {
    const { state, known } = this
    if (state === known) return
    this.known = state
    this.observers.tell("onState", state, known)
  }
}

const NOT_TAKEN: Promise<boolean> = /* @__PURE__ */ Promise.resolve(false)
