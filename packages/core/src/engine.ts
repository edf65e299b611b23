import type { Cache, EntryTerms, ExpiryTerms } from "./cache.ts"
import { dispose } from "./dispose.ts"
import { type CacheDump, type DumpedEntry, readDump } from "./dump.ts"
import { GONE, isGone } from "./entries.ts"
import {
  CacheError,
  checkCount,
  checkDuration,
  checkFunction,
  checkWeight,
  invalid,
} from "./errors.ts"
import { clockOf } from "./expiry.ts"
import { KeyIndex } from "./key-index.ts"
import type { CacheObserver } from "./listeners.ts"
import { type AnyOptions, readExpiry, readMembers } from "./options.ts"
import { PurgeTimer } from "./purge-timer.ts"
import type { Slot } from "./slot-list.ts"
import type { StrategyTraits } from "./strategy.ts"
import { Turnover } from "./turnover.ts"

const TERMS = ["ttl", "weight"] as const
const NONE: EntryTerms = {}

/** So many expired entries are removed in passing, by each lookup and each `set`. */
const PURGED_IN_PASSING = 16

export function createEngine<K, V>(
  strategy: StrategyTraits,
  options: AnyOptions<K, V>,
): Cache<K, V> {
  return new Engine(strategy, options)
}

/** The one implementation of {@link Cache}: the operations that change it. */
class Engine<K, V> extends Turnover<K, V> implements Cache<K, V> {
  private readonly timer: PurgeTimer | undefined
  /** Whether `get` has nothing else to do but to look, count, promote and tell. */
  private plainGet: boolean
  /** Whether `set` has nothing else to do but to store. */
  private plainSet: boolean
  /** Whether anybody wants to know of lookups. */
  private heard: boolean

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>) {
    super(strategy, options)
    this.timer = options.purge === "timer" ? new PurgeTimer(this, this.listeners.report) : undefined
    this.plainGet = false
    this.plainSet = false
    this.heard = false
    if (options.onRemoval !== undefined) this.listeners.add({ onRemoval: options.onRemoval })
    this.simplify()
  }

  get(key: K): V | undefined {
    const slot = this.index.find(key)
    if (slot === 0 || this.special) return this.getOtherwise(slot, key)
    this.stats.hits++
    this.policy.onHit(slot)
    return this.contents[slot] as V
  }

  /** `get` of a key that is in no slot, or where there is more to do than to look. */
  private getOtherwise(slot: Slot, key: K): V | undefined {
    if (!this.plainGet) {
      const value = this.lookUp(key)
      return isGone(value) ? undefined : (value as V)
    }
    if (slot === 0 || isGone(this.contents[slot])) {
      this.stats.misses++
      if (this.heard) this.listeners.tell("onMiss", asStored(key))
      return undefined
    }
    this.stats.hits++
    this.policy.onHit(slot)
    const value = this.contents[slot] as V
    if (this.heard) this.listeners.tell("onHit", asStored(key), value)
    return value
  }

  set(key: K, value: V, terms?: EntryTerms): this {
    const slot = this.index.find(key)
    if (slot === 0 || this.special || terms !== undefined) {
      if (!this.plainSet || terms !== undefined) return this.setOnTerms(key, value, terms)
      if (slot === 0 || isGone(this.contents[slot])) {
        this.insert(slot, key, value)
        return this
      }
    }
    this.contents[slot] = value
    this.stats.updates++
    this.policy.onHit(slot)
    return this
  }

  getOrInsert(key: K, value: V): V {
    const found = this.lookUp(key)
    if (!isGone(found)) return found as V
    this.set(key, value)
    return value
  }

  getOrInsertComputed(key: K, compute: (key: K) => V): V {
    checkFunction("INVALID_ARGUMENT", "compute", compute)
    const found = this.lookUp(key)
    return isGone(found) ? this.compute(asStored(key), compute) : (found as V)
  }

  delete(key: K): boolean {
    this.expiry?.tick()
    const slot = this.live(key)
    if (slot !== 0) this.leave(slot, "deleted")
    this.settle()
    return slot !== 0
  }

  clear(): void {
    this.empty()
    this.timer?.stop()
    this.settle()
  }

  resize(capacity: number, maxWeight: number = this.maxWeight): void {
    checkCount("INVALID_ARGUMENT", "capacity", capacity)
    checkCount("INVALID_ARGUMENT", "maxWeight", maxWeight)
    this.expiry?.tick()
    const finite = Math.min(capacity, maxWeight)
    if (this.strategy.neverEvicts && finite < Infinity) {
      throw new CacheError(
        "UNSUPPORTED",
        `the strategy ${this.strategyName} never evicts, so it cannot be resized to ${finite}`,
      )
    }
    if (capacity === this.capacity && maxWeight === this.maxWeight) return
    this.bound = capacity
    if (maxWeight !== this.maxWeight) this.keepWeights().max = maxWeight
    this.simplify()
    this.refit()
    this.shrink()
    this.settle()
  }

  use(strategy: StrategyTraits, own: object = {}): void {
    if (typeof strategy?.createPolicy !== "function") {
      throw invalid("INVALID_ARGUMENT", "strategy", "a strategy", strategy)
    }
    const names = strategy.options as readonly never[]
    this.adopt(strategy, readMembers("INVALID_ARGUMENT", "options", own, names))
    this.simplify()
  }

  expire(terms: ExpiryTerms<K, V>): void {
    const read = readExpiry(terms)
    const expiry = this.keepTime()
    expiry.tick()
    expiry.change(read, read.idle === undefined ? [] : this.order(Infinity, true))
    this.simplify()
    this.conclude()
  }

  purgeExpired(limit: number = Infinity): number {
    checkCount("INVALID_ARGUMENT", "limit", limit)
    this.expiry?.tick()
    const purged = this.purge(limit)
    this.conclude()
    return purged
  }

  load(dump: CacheDump<K, V>): void {
    const entries = readDump(dump)
    if (entries.some(({ ttl }) => ttl !== undefined)) this.keepTime()
    if (entries.some(({ weight }) => weight !== undefined)) this.keepWeights()
    this.simplify()
    this.expiry?.tick()
    this.empty()
    this.restore(this.thoseThatFit(entries))
    this.conclude()
  }

  subscribe(observer: CacheObserver<K, V>): () => void {
    const end = this.listeners.add(observer)
    this.simplify()
    return () => {
      end()
      this.simplify()
    }
  }

  [dispose](): void {
    this.clear()
    this.timer?.stop()
  }

  /** What may be asked for has changed. */
  private simplify(): void {
    this.watched = this.listeners.hear("onRemoval")
    this.heard = this.listeners.hear("onHit", "onMiss")
    this.plainGet = this.bound > 0 && this.expiry === undefined && this.weights === undefined
    this.plainSet = this.plainGet && !this.watched
    this.special = this.remembers || this.heard || !this.plainSet
  }

  /** The value of `key`, or `GONE`, for a caller who counts. */
  private lookUp(key: K): unknown {
    this.expiry?.tick()
    const slot = this.live(key)
    let value = GONE
    if (slot === 0) {
      this.stats.misses++
    } else {
      value = this.contents[slot]
      this.stats.hits++
      this.policy.onHit(slot)
      this.expiry?.use(slot)
    }
    this.purge(PURGED_IN_PASSING)
    this.conclude()
    if (isGone(value)) this.listeners.tell("onMiss", asStored(key))
    else this.listeners.tell("onHit", asStored(key), value as V)
    return value
  }

  private setOnTerms(key: K, value: V, terms: EntryTerms | undefined): this {
    const told = terms === undefined ? NONE : this.readTerms(terms)
    const weight = this.weights?.weigh(value, key, told.weight) ?? 1
    const lifetime = this.expiry?.lifetime(value, key, told.ttl) ?? Infinity
    this.expiry?.tick()
    const slot = this.live(key)
    if (this.bound === 0 || weight > this.maxWeight || this.expiry?.isOverAtOnce(lifetime)) {
      if (slot !== 0) this.leave(slot, "deleted")
    } else if (slot === 0) {
      this.enter(key, value, weight, lifetime)
    } else {
      this.overwrite(slot, value, weight, lifetime)
    }
    this.purge(PURGED_IN_PASSING)
    this.conclude()
    return this
  }

  /** Makes ready for entries that are told such terms. */
  private readTerms(terms: EntryTerms): EntryTerms {
    const read = readMembers<EntryTerms>("INVALID_ARGUMENT", "terms", terms, TERMS)
    const { ttl, weight } = read
    if (ttl !== undefined) checkDuration("INVALID_ARGUMENT", "ttl", ttl)
    if (weight !== undefined) checkWeight("INVALID_ARGUMENT", "weight", weight)
    if (ttl !== undefined) this.keepTime()
    if (weight !== undefined) this.keepWeights()
    this.simplify()
    return read
  }

  private compute(key: K, compute: (key: K) => V): V {
    if (!this.listeners.hear("onLoad", "onLoadError")) {
      const value = compute(key)
      this.set(key, value)
      return value
    }
    const clock = clockOf(this.options)
    const begin = clock.now()
    let value: V
    try {
      value = compute(key)
    } catch (error) {
      this.listeners.tell("onLoadError", key, error, Math.max(clock.now() - begin, 0))
      throw error
    }
    const duration = Math.max(clock.now() - begin, 0)
    this.set(key, value)
    this.listeners.tell("onLoad", key, value, duration)
    return value
  }

  /** Of the entries of a dump, those that there is room for, next victim first. */
  private thoseThatFit(entries: readonly DumpedEntry<K, V>[]): DumpedEntry<K, V>[] {
    const fitting: DumpedEntry<K, V>[] = []
    const known = new KeyIndex(entries.length + 1)
    let total = 0
    for (const entry of [...entries].reverse()) {
      const { key, weight = 1, ttl, idle } = entry
      if (weight > this.maxWeight || known.find(key) !== 0) continue
      if (this.expiry?.isOverAtOnce(ttl, idle)) continue
      total += weight
      if (fitting.length === this.bound || total > this.maxWeight) break
      known.add(key, fitting.push(entry))
    }
    return fitting.reverse()
  }

  /** The end of an operation: the timer is set, and listeners are told. */
  private conclude(): void {
    if (this.expiry !== undefined) this.timer?.set(this.expiry.nextDue, this.expiry.now)
    this.settle()
  }
}

/** As in a `Map`, -0 becomes 0. */
function asStored<K>(key: K): K {
  return key === 0 ? (0 as K) : key
}
