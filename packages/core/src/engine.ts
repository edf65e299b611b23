import type { Cache, EntryTerms, ExpiryTerms } from "./cache.ts"
import { dispose } from "./dispose.ts"
import { type CacheDump, readDump } from "./dump.ts"
import { GHOSTS, GONE, HEARD, isGone, TERMS, TORN, WATCHED } from "./entries.ts"
import {
  CacheError,
  checkCount,
  checkDuration,
  checkFunction,
  checkWeight,
  invalid,
} from "./errors.ts"
import { clockOf } from "./expiry.ts"
import type { CacheObserver } from "./listeners.ts"
import { type AnyOptions, readExpiry, readMembers } from "./options.ts"
import { PurgeTimer } from "./purge-timer.ts"
import { Renewal } from "./renewal.ts"
import type { Slot } from "./slot-list.ts"
import { INITIAL_LENGTH } from "./storage.ts"
import type { StrategyTraits } from "./strategy.ts"

/** What `set` can be told of an entry. */
const NAMES = ["ttl", "weight"] as const
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
class Engine<K, V> extends Renewal<K, V> implements Cache<K, V> {
  private readonly timer: PurgeTimer | undefined

  constructor(
    strategy: StrategyTraits,
    options: AnyOptions<K, V>,
    own: object = options,
    length: number = INITIAL_LENGTH,
  ) {
    super(strategy, options, own, length)
    this.timer = options.purge === "timer" ? new PurgeTimer(this, this.listeners.report) : undefined
    if (options.onRemoval !== undefined) this.listeners.add({ onRemoval: options.onRemoval })
    this.simplify()
  }

  get(key: K): V | undefined {
    const slot = this.index.find(key)
    if (slot === 0 || this.special !== 0) return this.getOtherwise(slot, key)
    this.stats.hits++
    this.promote(slot)
    return this.contents[slot] as V
  }

  /** `get` of a key that is in no slot, or where there is more to do than to look. */
  private getOtherwise(slot: Slot, key: K): V | undefined {
    const { special } = this
    if (special & (TORN | TERMS)) {
      const value = this.lookUp(key)
      return isGone(value) ? undefined : (value as V)
    }
    if (slot === 0 || isGone(this.contents[slot])) {
      this.stats.misses++
      if (special & HEARD) this.listeners.tell("onMiss", asStored(key))
      return undefined
    }
    this.stats.hits++
    this.special = special | TORN
    this.policy.onHit(slot)
    this.special = special
    const value = this.contents[slot] as V
    if (special & HEARD) this.listeners.tell("onHit", asStored(key), value)
    return value
  }

  set(key: K, value: V, terms?: EntryTerms): this {
    const slot = this.index.find(key)
    if (slot === 0 || this.special !== 0 || terms !== undefined) {
      return this.setOtherwise(slot, key, value, terms)
    }
    this.contents[slot] = value
    this.stats.updates++
    this.promote(slot)
    return this
  }

  /** `set` of a key that is in no slot, or where there is more to do than to store. */
  private setOtherwise(slot: Slot, key: K, value: V, terms: EntryTerms | undefined): this {
    const { special } = this
    if (special & (TORN | TERMS | WATCHED) || terms !== undefined) {
      return this.setOnTerms(key, value, terms)
    }
    this.special = special | TORN
    if (slot === 0 || isGone(this.contents[slot])) {
      const entered = this.admit(slot, key)
      this.introduce(entered, slot !== 0)
      this.contents[entered] = value
      this.stats.inserts++
    } else {
      this.contents[slot] = value
      this.stats.updates++
      this.policy.onHit(slot)
    }
    this.special = special
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
    this.begin()
    const slot = this.live(key)
    if (slot !== 0) this.leave(slot, "deleted")
    this.end()
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
    if (maxWeight !== this.maxWeight) this.keepWeights()
    this.begin()
    this.refit(capacity, maxWeight)
    this.shrink(capacity, maxWeight)
    this.bound = capacity
    if (this.weights !== undefined) this.weights.max = maxWeight
    this.special |= TERMS
    this.end()
    this.simplify()
    this.settle()
  }

  use(strategy: StrategyTraits, own: object = {}): void {
    if (typeof strategy?.createPolicy !== "function") {
      throw invalid("INVALID_ARGUMENT", "strategy", "a strategy", strategy)
    }
    const names = strategy.options as readonly never[]
    this.carryOver(strategy, readMembers("INVALID_ARGUMENT", "options", own, names))
  }

  expire(terms: ExpiryTerms<K, V>): void {
    const read = readExpiry(terms)
    this.keepTime().tick()
    this.begin()
    this.keepTime().change(read, read.idle === undefined ? [] : this.occupied())
    this.end()
    this.conclude()
  }

  purgeExpired(limit: number = Infinity): number {
    checkCount("INVALID_ARGUMENT", "limit", limit)
    this.expiry?.tick()
    this.begin()
    const purged = this.purge(limit)
    this.end()
    this.conclude()
    return purged
  }

  load(dump: CacheDump<K, V>): void {
    const entries = readDump(dump, this.maxWeight)
    if (entries.some(({ ttl }) => ttl !== undefined)) this.keepTime()
    if (entries.some(({ weight, cost }) => (weight ?? cost) !== undefined)) this.keepWeights()
    this.expiry?.tick()
    this.replace(this.thoseThatFit(entries))
    this.conclude()
  }

  subscribe(observer: CacheObserver<K, V>): () => void {
    const end = this.listeners.add(observer)
    // At once, if more than is needed.
    this.special |= HEARD | WATCHED
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

  protected sibling(
    strategy: StrategyTraits,
    options: AnyOptions<K, V>,
    own: object,
    length: number,
  ): Engine<K, V> {
    return new Engine(strategy, options, own, length)
  }

  /** Finds out what may be asked for, and what needs not be looked at. */
  private simplify(): void {
    let special = this.special & TORN
    if (this.bound === 0 || this.expiry !== undefined || this.weights !== undefined) {
      special |= TERMS
    }
    if (this.remembers) special |= GHOSTS
    if (this.listeners.hear("onHit", "onMiss")) special |= HEARD
    if (this.listeners.hear("onRemoval")) special |= WATCHED
    this.special = special
  }

  /** The value of `key`, or `GONE`, for a caller who counts. */
  private lookUp(key: K): unknown {
    this.expiry?.tick()
    this.begin()
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
    this.end()
    this.conclude()
    if (isGone(value)) this.listeners.tell("onMiss", asStored(key))
    else this.listeners.tell("onHit", asStored(key), value as V)
    return value
  }

  /**
   * Tells the policy of a hit, where that is all there is to do. To look out for an exception costs
   * nothing, but does not see that the host ends a script; policies with ghosts get the mark.
   */
  private promote(slot: Slot): void {
    try {
      this.policy.onHit(slot)
    } catch (error) {
      this.special = TORN
      throw error
    }
  }

  private setOnTerms(key: K, value: V, terms: EntryTerms | undefined): this {
    const told = terms === undefined ? NONE : this.readTerms(terms)
    const weight = this.weights?.weigh(value, key, told.weight) ?? 1
    const cost = this.weights?.price(value, key) ?? 1
    const lifetime = this.expiry?.lifetime(value, key, told.ttl) ?? Infinity
    this.expiry?.tick()
    if (this.total + weight > Number.MAX_SAFE_INTEGER) this.refuseSum(key, weight)
    this.begin()
    const slot = this.live(key)
    if (this.bound === 0 || weight > this.maxWeight || this.expiry?.isOverAtOnce(lifetime)) {
      if (slot !== 0) this.leave(slot, "deleted")
    } else if (slot === 0) {
      this.enter(key, value, weight, cost, lifetime)
    } else {
      this.overwrite(slot, value, weight, cost, lifetime)
    }
    this.purge(PURGED_IN_PASSING)
    this.end()
    this.conclude()
    return this
  }

  /** Throws if the weights together would no longer be exact; so far nothing is begun. */
  private refuseSum(key: K, weight: number): void {
    this.begin()
    this.end()
    this.weights?.checkSum(weight, this.index.find(key))
  }

  /** Makes ready for entries that are told such terms. */
  private readTerms(terms: EntryTerms): EntryTerms {
    const read = readMembers<EntryTerms>("INVALID_ARGUMENT", "terms", terms, NAMES)
    const { ttl, weight } = read
    if (ttl !== undefined) checkDuration("INVALID_ARGUMENT", "ttl", ttl)
    if (weight !== undefined) checkWeight("INVALID_ARGUMENT", "weight", weight)
    if (ttl !== undefined) this.keepTime()
    if (weight !== undefined) this.keepWeights()
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
