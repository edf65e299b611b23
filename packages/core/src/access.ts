import type { EntryTerms } from "./cache.ts"
import { ASKED, GHOSTS, HEARD, isGone, TIMED, TORN, TRACKED, WATCHED, WEIGHED } from "./entries.ts"
import { checkFunction } from "./errors.ts"
import { clockOf } from "./expiry.ts"
import { asStored } from "./key-index.ts"
import { type Event, HIT, LOAD, LOAD_ERROR, MISS, UPDATE } from "./listeners.ts"
import { Operations } from "./operations.ts"
import { readEntryTerms } from "./options.ts"
import type { Slot } from "./slot-list.ts"

const NONE: EntryTerms = {}

/** What makes a lookup more than a look, and `set` more than a store. */
const LOOKUPS = TORN | GHOSTS | TIMED | HEARD
const STORES = TORN | GHOSTS | TIMED | TRACKED | WATCHED | WEIGHED
/** What has to be asked or taken down before a value is stored. */
const STEPS = TORN | ASKED | TRACKED | WEIGHED

/** So many expired entries are removed in passing, by each lookup and each `set`. */
const PURGED_IN_PASSING = 16

/** The operations on one key. */
export abstract class Access<K, V> extends Operations<K, V> {
  get(key: K): V | undefined {
    if (this.special & LOOKUPS) return this.getOtherwise(key)
    const slot = this.index.find(key)
    if (slot === 0) {
      this.stats.misses++
      return undefined
    }
    this.stats.hits++
    this.promote(slot)
    return this.contents[slot] as V
  }

  set(key: K, value: V, terms?: EntryTerms): this {
    if (this.special & STORES || terms !== undefined) return this.setOtherwise(key, value, terms)
    const slot = this.index.findAgain(key)
    if (slot === 0) return this.insert(slot, key, value)
    this.contents[slot] = value
    this.stats.updates++
    this.promote(slot)
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
    this.begin()
    const slot = this.live(key)
    const isThere = !isGone(this.contents[slot])
    if (isThere) this.leave(slot, "deleted")
    this.end()
    return isThere
  }

  /** `get`, where there is more to do than to look. */
  private getOtherwise(key: K): V | undefined {
    const value = this.lookUp(key)
    return isGone(value) ? undefined : (value as V)
  }

  /** The value of `key`, or `GONE`, for a caller who counts. */
  private lookUp(key: K): unknown {
    const { expiry } = this
    expiry?.tick()
    const { special } = this
    if (special & TORN || expiry?.isDue) return this.lookUpOtherwise(key)
    const value = this.look(key)
    this.setTimer()
    if (special & HEARD) this.tell(isGone(value) ? MISS : HIT, key, value)
    return value
  }

  /** `lookUp`, where something may have expired, or was not finished. */
  private lookUpOtherwise(key: K): unknown {
    this.open()
    if (this.expiry?.isDue) {
      this.live(key)
      this.purge(PURGED_IN_PASSING)
    }
    const value = this.look(key)
    if (this.special & HEARD) {
      this.listeners.note(isGone(value) ? MISS : HIT, asStored(key), value)
    }
    this.end()
    return value
  }

  /** What every lookup does that counts, when nothing that it may find has expired. */
  private look(key: K): unknown {
    const { special } = this
    const slot = this.index.find(key)
    const value = this.contents[slot]
    if (isGone(value)) {
      this.stats.misses++
    } else {
      this.stats.hits++
      this.special = special | TORN
      this.policy.onHit(slot)
      this.expiry?.use(slot)
      this.special = special
    }
    return value
  }

  /** `set`, where there is more to do than to store. */
  private setOtherwise(key: K, value: V, terms: EntryTerms | undefined): this {
    if (this.special & STEPS || terms !== undefined) return this.store(key, value, terms)
    this.expiry?.tick()
    const { special, expiry } = this
    // The clock may be anybody's, and have used the cache.
    if (special & STEPS) return this.store(key, value, terms)
    if (expiry !== undefined && (expiry.isDue || expiry.isOverAtOnce(expiry.usual))) {
      this.open()
      return this.put(key, value, 1, 1, expiry.usual)
    }
    const slot = this.index.findAgain(key)
    if (isGone(this.contents[slot])) {
      this.insert(slot, key, value)
      if (special & WATCHED) this.listeners.settle()
    } else {
      this.update(slot, key, value)
    }
    this.setTimer()
    return this
  }

  private update(slot: Slot, key: K, value: V): void {
    const { special, contents } = this
    const previous = contents[slot]
    this.special = special | TORN
    this.policy.onHit(slot)
    if (special & TIMED) {
      this.changing = slot
      this.expiry!.begin(slot)
      this.changing = 0
    }
    contents[slot] = value
    this.stats.updates++
    this.special = special
    if (special & WATCHED) this.tell(UPDATE, key, value, previous)
  }

  /** Tells of an operation that is whole, and was short. */
  private tell(event: Event, key: K, value: unknown, more?: unknown): void {
    const { listeners } = this
    try {
      listeners.tellAfter(event, asStored(key), value, more)
    } catch (error) {
      // The stack was too full to tell.
      listeners.report(error)
    }
  }

  private insert(ghost: Slot, key: K, value: V): this {
    const { special } = this
    this.special = special | TORN
    const slot = this.admit(ghost, key)
    this.policy.onInsert(slot, asStored(key), ghost !== 0)
    if (special & TIMED) this.expiry!.begin(slot)
    this.contents[slot] = value
    this.stats.inserts++
    this.special = special
    return this
  }

  /**
   * Tells the policy of a hit, where that is all there is to do. To look out for an exception costs
   * nothing, but does not see that the host ends a script; policies with ghosts get the mark.
   */
  private promote(slot: Slot): void {
    try {
      this.policy.onHit(slot)
    } catch (error) {
      this.special |= TORN
      throw error
    }
  }

  /** `set`, where there may be more to do than to store. */
  private store(key: K, value: V, terms: EntryTerms | undefined): this {
    const told = terms === undefined ? NONE : this.readTerms(terms)
    const weight = this.weights?.weigh(value, key, told.weight) ?? 1
    const cost = this.weights?.price(value, key) ?? 1
    const lifetime = this.expiry?.lifetime(value, key, told.ttl) ?? Infinity
    this.begin()
    return this.put(key, value, weight, cost, lifetime)
  }

  /** What `store` does in the operation that has begun, and it ends there. */
  private put(key: K, value: V, weight: number, cost: number, lifetime: number): this {
    const { expiry, weights } = this
    const isDue = expiry?.isDue
    const slot = this.live(key)
    const refusal = weights?.refusal(weight, slot)
    if (refusal !== undefined) {
      this.end()
      throw refusal
    }
    const isThere = !isGone(this.contents[slot])
    if (this.bound === 0 || weight > this.maxWeight || expiry?.isOverAtOnce(lifetime)) {
      if (isThere) this.leave(slot, "deleted")
    } else if (isThere) {
      this.overwrite(slot, value, weight, cost, lifetime)
    } else {
      this.enter(slot, key, value, weight, cost, lifetime)
    }
    if (isDue) this.purge(PURGED_IN_PASSING)
    this.end()
    return this
  }

  /** Makes ready for entries that are told such terms. */
  private readTerms(terms: EntryTerms): EntryTerms {
    const read = readEntryTerms(terms)
    if (read.ttl !== undefined) this.keepTime()
    if (read.weight !== undefined) this.keepWeights()
    return read
  }

  private compute(key: K, compute: (key: K) => V): V {
    const { listeners } = this
    if (!listeners.hear(LOAD, LOAD_ERROR)) {
      const value = compute(key)
      this.set(key, value)
      return value
    }
    const clock = clockOf(this.options)
    const begin = clock.now()
    const duration = () => Math.max(clock.now() - begin, 0)
    let value: V
    try {
      value = compute(key)
    } catch (error) {
      listeners.tellAfter(LOAD_ERROR, key, error, duration())
      throw error
    }
    const taken = duration()
    this.set(key, value)
    listeners.tellAfter(LOAD, key, value, taken)
    return value
  }
}
