import { type CacheError, checkCost, checkWeight, inexact } from "./errors.ts"
import type { AnyOptions } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { extended } from "./slots.ts"

/** What entries weigh and cost, by slot. */
export class Weights<K, V> {
  /** The sum of all weights. */
  total: number
  /** The most that `total` may be between operations. */
  max: number
  private readonly weigher: ((value: V, key: K) => number) | undefined
  private readonly cost: ((value: V, key: K) => number) | undefined
  /** 0 where there is no entry. */
  private bySlot: Float64Array
  /** Empty as long as everything costs 1. */
  private costs: Float64Array

  constructor({ weigher, cost, maxWeight = Infinity }: AnyOptions<K, V>) {
    this.total = 0
    this.max = maxWeight
    this.weigher = weigher
    this.cost = cost
    this.bySlot = new Float64Array(0)
    this.costs = new Float64Array(0)
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    this.bySlot = extended(this.bySlot, length)
    if (this.costs.length > 0) this.costs = extended(this.costs, length)
  }

  /** What an entry is to weigh, `weight` being what was asked for it. Calls the user's code. */
  weigh(value: V, key: K, weight: number | undefined): number {
    const own = weight ?? (this.weigher === undefined ? 1 : this.weigher(value, key))
    checkWeight("INVALID_ARGUMENT", "weight", own)
    return own
  }

  /** What an entry is to cost. Calls the user's code. */
  price(value: V, key: K): number {
    if (this.cost === undefined) return 1
    const own = this.cost(value, key)
    checkCost("INVALID_ARGUMENT", "cost", own)
    return own
  }

  /**
   * The error if the sum would no longer be exact once the entry in `slot`, or a new one, weighs so
   * much. Where there is a bound, that is never above what is exact.
   */
  refusal(weight: number, slot: Slot): CacheError | undefined {
    const most = Number.MAX_SAFE_INTEGER - this.total + this.bySlot[slot]!
    if (weight <= most || this.max < Infinity) return undefined
    return inexact("weight", most, weight)
  }

  of(slot: Slot): number {
    return this.bySlot[slot]!
  }

  costOf(slot: Slot): number {
    return this.costs.length === 0 ? 1 : this.costs[slot]!
  }

  /** The entry in `slot` has that weight and that cost from now on; 0 and 1 when it has left. */
  put(slot: Slot, weight: number, cost: number = 1): void {
    this.total += weight - this.bySlot[slot]!
    this.note(slot, weight, cost)
  }

  /** The same, for the policy to see, of what is no entry: the sum stays. */
  note(slot: Slot, weight: number, cost: number = 1): void {
    this.bySlot[slot] = weight
    if (cost !== 1 && this.costs.length === 0) {
      this.costs = new Float64Array(this.bySlot.length).fill(1)
    }
    if (this.costs.length > 0) this.costs[slot] = cost
  }
}
