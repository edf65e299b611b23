import { CacheError, checkCount } from "./errors.ts"
import type { KeyIndex } from "./key-index.ts"
import type { Policy } from "./policy.ts"
import type { Slot } from "./slot-list.ts"
import type { Slots } from "./slots.ts"

/** Stands in `contents` where there is no entry: at slot 0, at free slots and at ghosts. */
export const GONE: unknown = Symbol("gone")

/** The look at the type spares everything but symbols the slow comparison of two unknowns. */
function isGone(value: unknown): boolean {
  return typeof value === "symbol" && value === GONE
}

/**
 * The entries of a cache by slot, and all that can be seen of them without changing anything.
 *
 * A slot is free, resident, or a ghost, whose key the index still knows. Between calls of public
 * methods, and whenever user code runs, these hold:
 *
 * - `residents ≤ bound`, and `residents` counts the resident slots, which are those that the policy
 *   iterates and those whose value is not `GONE`.
 * - The index knows the keys of resident slots and of ghosts, and no other.
 * - A free slot refers to no key and no value, a ghost to no value.
 */
export abstract class Entries<K, V> {
  readonly strategyName: string
  protected residents!: number
  protected slots!: Slots
  /** From key to slot and back. */
  protected index!: KeyIndex
  /** Holds the order of the resident slots. */
  protected policy!: Policy
  /** Values by slot. */
  protected contents!: unknown[]
  /** Whether there may be ghosts. */
  protected remembers!: boolean

  constructor(strategyName: string) {
    this.strategyName = strategyName
  }

  get size(): number {
    return this.residents
  }

  peek(key: K): V | undefined {
    const slot = this.find(key)
    return slot === 0 ? undefined : (this.contents[slot] as V)
  }

  has(key: K): boolean {
    return this.find(key) !== 0
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
    for (const [key, value] of this.entries()) callback.call(thisArg, value, key, this)
  }

  coldest(n: number): [K, V][] {
    checkCount("INVALID_ARGUMENT", "n", n)
    return this.order(n).map((slot) => this.entryOf(slot))
  }

  hottest(n: number): [K, V][] {
    checkCount("INVALID_ARGUMENT", "n", n)
    return this.order(Infinity)
      .reverse()
      .slice(0, n)
      .map((slot) => this.entryOf(slot))
  }

  /** The slot of the entry of `key`, 0 if there is none. */
  protected find(key: K): Slot {
    const slot = this.index.find(key)
    return slot === 0 || this.isGhost(slot) ? 0 : slot
  }

  protected isGhost(slot: Slot): boolean {
    return this.remembers && isGone(this.contents[slot])
  }

  /** The first `n` resident slots as the policy iterates them. */
  protected order(n: number): Slot[] {
    const order: Slot[] = []
    if (n === 0) return order
    for (const slot of this.policy) {
      // A policy that lost count might go round for ever.
      if (order.length === this.residents) {
        throw this.fault(`iterates more than the ${this.residents} resident slots`)
      }
      order.push(slot)
      if (order.length === n) break
    }
    return order
  }

  protected fault(what: string): CacheError {
    return new CacheError("INVALID_POLICY", `the policy of ${this.strategyName} ${what}`)
  }

  protected entryOf(slot: Slot): [K, V] {
    return [this.index.keyOf(slot) as K, this.contents[slot] as V]
  }
}
