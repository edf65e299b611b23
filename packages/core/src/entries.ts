import type { EntryView } from "./cache.ts"
import { type CacheInspection, mapped, type PolicyDescription } from "./description.ts"
import type { CacheDump, DumpedEntry } from "./dump.ts"
import { CacheError, checkCount, checkFunction } from "./errors.ts"
import type { Expiry } from "./expiry.ts"
import type { KeyIndex } from "./key-index.ts"
import type { Policy } from "./policy.ts"
import type { Slot } from "./slot-list.ts"
import type { Slots } from "./slots.ts"
import type { StrategyTraits } from "./strategy.ts"
import type { Weights } from "./weights.ts"

/** Stands in `contents` where there is no entry: at slot 0, at free slots and at ghosts. */
export const GONE: unknown = Symbol("gone")

/** What there may be to an operation beside a look, a store and a call of the policy: flags. */
/** An operation is under way, or was not finished. */
export const TORN = 1
/** There may be ghosts. */
export const GHOSTS = 32
/** Entries may expire. */
export const TIMED = 2
/** Somebody wants to know of lookups. */
export const HEARD = 4
/** Somebody wants to know of values that leave, or come in place of others. */
export const WATCHED = 8
/** Somebody wants to know of new keys. */
export const TRACKED = 64
/** Weights, or no room at all. */
export const WEIGHED = 16
/** How long a value lives has to be asked for each. */
export const ASKED = 128

/** The look at the type spares everything but symbols the slow comparison of two unknowns. */
export function isGone(value: unknown): boolean {
  return typeof value === "symbol" && value === GONE
}

/**
 * The entries of a cache by slot, and all that can be seen of them without changing anything.
 *
 * A slot is free, resident, or a ghost, whose key the index still knows. Between calls of public
 * methods, and whenever user code runs, these hold:
 *
 * - `residents ≤ bound` and `weights.total ≤ weights.max`; `residents` counts the resident slots,
 *   which are those that the policy iterates and those whose value is not `GONE`.
 * - The index knows the keys of resident slots and of ghosts, and no other.
 * - A free slot refers to no key and no value, a ghost to no value.
 */
export abstract class Entries<K, V> {
  protected strategy: StrategyTraits
  protected residents!: number
  /** The most residents. */
  protected bound!: number
  protected slots!: Slots
  /** From key to slot and back. */
  protected index!: KeyIndex
  /** Holds the order of the resident slots. */
  protected policy!: Policy
  /** Values by slot. */
  protected contents!: unknown[]
  /** Whether there may be ghosts. */
  protected remembers!: boolean
  /** `undefined` while no entry can expire. */
  protected expiry: Expiry<K, V> | undefined
  /** `undefined` while every entry weighs and costs 1, and the sum has no bound. */
  protected weights: Weights<K, V> | undefined
  /** Flags; 0 if an entry is its value and a place in the policy, and nothing else. */
  protected special: number

  constructor(strategy: StrategyTraits) {
    this.strategy = strategy
    this.expiry = undefined
    this.weights = undefined
    this.special = 0
  }

  get strategyName(): string {
    return this.strategy.strategyName
  }

  get size(): number {
    if (this.special & TORN) this.mend()
    return this.residents
  }

  get capacity(): number {
    return this.bound
  }

  get weight(): number {
    if (this.special & TORN) this.mend()
    return this.total
  }

  get maxWeight(): number {
    return this.slots.max()
  }

  peek(key: K): V | undefined {
    const slot = this.find(key)
    return slot === 0 ? undefined : (this.contents[slot] as V)
  }

  has(key: K): boolean {
    return this.find(key) !== 0
  }

  knows(key: K): boolean {
    if (this.special & TORN) this.mend()
    return this.index.find(key) !== 0
  }

  entry(key: K): EntryView<K, V> | undefined {
    const slot = this.find(key)
    if (slot === 0) return undefined
    const { expiry } = this
    return {
      key: this.index.keyOf(slot) as K,
      value: this.contents[slot] as V,
      weight: this.slots.of(slot),
      age: expiry?.age(slot),
      ttl: expiry?.left(slot) ?? Infinity,
    }
  }

  dump(): CacheDump<K, V> {
    return { version: 1, entries: this.order(Infinity).map((slot) => this.dumped(slot)) }
  }

  *keys(): Generator<K, void, undefined> {
    for (const [key] of this.entries()) yield key
  }

  *values(): Generator<V, void, undefined> {
    for (const [, value] of this.entries()) yield value
  }

  *entries(): Generator<[K, V], void, undefined> {
    const keys = this.order(Infinity).map((slot) => this.index.keyOf(slot) as K)
    for (const key of keys) {
      const slot = this.find(key)
      if (slot !== 0) yield [key, this.contents[slot] as V]
    }
  }

  [Symbol.iterator](): Generator<[K, V], void, undefined> {
    return this.entries()
  }

  forEach(callback: (value: V, key: K, cache: this) => void, thisArg?: unknown): void {
    checkFunction("INVALID_ARGUMENT", "callback", callback)
    for (const [key, value] of this.entries()) callback.call(thisArg, value, key, this)
  }

  coldest(n: number): [K, V][] {
    checkCount("INVALID_ARGUMENT", "n", n)
    return this.order(n).map((slot) => this.entryOf(slot))
  }

  hottest(n: number): [K, V][] {
    checkCount("INVALID_ARGUMENT", "n", n)
    return this.coldest(Infinity).reverse().slice(0, n)
  }

  inspect(): CacheInspection<K> {
    const undescribed: PolicyDescription = { lists: { order: this.order(Infinity, true) } }
    const { lists, marks = {}, scalars = {} } = this.policy.describe?.() ?? undescribed
    const inspected = (slot: Slot) => {
      const ghost = isGone(this.contents[slot])
      const seen = mapped(ghost ? {} : marks, (mark) => mark.get(slot))
      return { key: this.index.keyOf(slot) as K, ghost, marks: seen }
    }
    return { lists: mapped(lists, (slots) => Array.from(slots, inspected)), scalars }
  }

  toString(): string {
    // The prototype, which consoles show as well, is no cache.
    if (this.strategy === undefined) return "Cache"
    const of = (count: number, most: number) => (most < Infinity ? `${count} of ${most}` : count)
    const weight = this.maxWeight < Infinity ? `, weight ${of(this.weight, this.maxWeight)}` : ""
    return `${this.strategyName}(${of(this.size, this.capacity)}${weight})`
  }

  get [Symbol.toStringTag](): string {
    return this.toString()
  }

  /** The weight of all entries. */
  protected get total(): number {
    return this.weights?.total ?? this.residents
  }

  /** The slot of the entry of `key`, 0 if there is none. */
  protected find(key: K): Slot {
    this.expiry?.tick()
    if (this.special & TORN) this.mend()
    const slot = this.index.findAgain(key)
    return isGone(this.contents[slot]) || this.expiry?.isOver(slot) ? 0 : slot
  }

  /**
   * The first `n` resident slots as the policy iterates them; without those that have expired,
   * unless they are wanted too.
   */
  protected order(n: number, expiredToo = false): Slot[] {
    const order: Slot[] = []
    let seen = 0
    if (!expiredToo) this.expiry?.tick()
    if (this.special & TORN) this.mend()
    if (n === 0) return order
    for (const slot of this.policy) {
      // A policy that lost count might go round for ever.
      if (seen++ === this.residents) {
        throw this.fault(`iterates more than the ${this.residents} resident slots`)
      }
      if (!expiredToo && this.expiry?.isOver(slot)) continue
      order.push(slot)
      if (order.length === n) break
    }
    return order
  }

  /** Puts right what an operation that was not finished has left torn. */
  protected abstract mend(): void

  /** The policy has lost count; the next operation makes another. */
  protected fault(what: string): CacheError {
    this.special |= TORN
    return new CacheError("INVALID_POLICY", `the policy of ${this.strategyName} ${what}`)
  }

  protected entryOf(slot: Slot): [K, V] {
    return [this.index.keyOf(slot) as K, this.contents[slot] as V]
  }

  private dumped(slot: Slot): DumpedEntry<K, V> {
    const [key, value] = this.entryOf(slot)
    const weight = this.slots.of(slot)
    const cost = this.slots.costOf(slot)
    const age = this.expiry?.age(slot)
    const ttl = this.expiry?.leftToLive(slot) ?? Infinity
    const idle = this.expiry?.leftIdle(slot) ?? Infinity
    return {
      key,
      value,
      ...(weight !== 1 && { weight }),
      ...(cost !== 1 && { cost }),
      ...(age !== undefined && { age }),
      ...(ttl < Infinity && { ttl }),
      ...(idle < Infinity && { idle }),
    }
  }
}
