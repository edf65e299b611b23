import { Entries, GONE, isGone, TIMED, WEIGHED } from "./entries.ts"
import { Expiry } from "./expiry.ts"
import { KeyIndex } from "./key-index.ts"
import type { AnyOptions } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { lengthened, Slots } from "./slots.ts"
import type { StrategyTraits } from "./strategy.ts"
import { Weights } from "./weights.ts"

/** Slots that a new cache has room for. */
export const INITIAL_LENGTH = 16

/** What entries are kept in, and the policy that keeps their order. */
export abstract class Storage<K, V> extends Entries<K, V> {
  protected readonly options: AnyOptions<K, V>
  /** What the user gave to the strategy. */
  protected own: object
  /** The capacity that the policy knows: where weight is what counts, about as many as fit. */
  protected fitting: number

  /** Without entries, with room for slots below `length`, and with a policy that has seen none. */
  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>, own: object, length: number) {
    super(strategy)
    this.options = options
    this.own = own
    this.residents = 0
    this.bound = strategy.neverEvicts ? Infinity : (options.capacity ?? Infinity)
    this.slots = new Slots(length, (slot) => this.forgetGhost(slot))
    this.index = new KeyIndex(length)
    this.contents = lengthened([], length, GONE)
    const { ttl, idle, weigher, maxWeight, cost } = options
    if ((ttl ?? idle) !== undefined) this.keepTime()
    if ((weigher ?? maxWeight ?? cost) !== undefined) this.keepWeights()
    this.fitting = this.fit(this.bound, this.maxWeight)
    this.policy = this.slots.serve(strategy, this.fitting, own)
    this.remembers = this.slots.remembers
    this.extend()
  }

  /** Entries may expire from now on. */
  protected keepTime(): Expiry<K, V> {
    if (this.expiry !== undefined) return this.expiry
    const expiry = new Expiry<K, V>(this.options, this.contents.length)
    this.special |= TIMED
    this.expiry = expiry
    return expiry
  }

  /** Entries may weigh or cost something else than 1 from now on. */
  protected keepWeights(): void {
    if (this.weights !== undefined) return
    const weights = new Weights(this.options)
    weights.grow(this.contents.length)
    for (const slot of this.occupied()) weights.put(slot, 1)
    this.special |= WEIGHED
    this.slots.kept = weights
    this.weights = weights
  }

  /** The policy learns what the bounds are to be. */
  protected refit(bound: number, maxWeight: number): void {
    this.fitting = this.fit(bound, maxWeight)
    this.policy.resize(this.fitting)
  }

  /**
   * Tells the policy when the number of entries that fit by weight has changed by more than a
   * little; `full` if some had to leave for that number to fit.
   */
  protected follow(fit: number, full: boolean): void {
    if (fit > this.fitting) this.fitting = Math.min(this.bound, Math.ceil(fit * 1.0625))
    else if (full && fit * 1.125 < this.fitting) this.fitting = fit
    else return
    this.policy.resize(this.fitting)
  }

  /** Entries, next victim first, in the order in which a new policy has to get them. */
  protected arranged<Entry>(coldestFirst: readonly Entry[]): readonly Entry[] {
    const arranged = this.policy.arrange?.(coldestFirst) ?? coldestFirst
    if (arranged.length === coldestFirst.length) return arranged
    throw this.fault(`arranges ${coldestFirst.length} entries as ${arranged.length}`)
  }

  /**
   * The slots of all entries, by the values that are there and nothing else, so that it is right
   * whatever state the rest is in. The order is that of the lists of the policy, as far as they go.
   */
  protected occupied(): Slot[] {
    const { contents } = this
    const slots: Slot[] = []
    const seen = new Uint8Array(contents.length)
    function see(slot: Slot): void {
      if (!(slot < contents.length) || isGone(contents[slot]) || seen[slot] !== 0) return
      seen[slot] = 1
      slots.push(slot)
    }
    for (const slot of this.slots.listed()) see(slot)
    for (let slot = 1; slot < contents.length; slot++) see(slot)
    return slots
  }

  /** A new slot, known to the index. */
  protected slotFor(key: K): Slot {
    if (this.slots.full) {
      this.slots.grow(this.bound)
      this.extend()
    }
    const slot = this.slots.take()
    this.index.add(key, slot)
    return slot
  }

  /** Whether the policy remembers the victim that it has just returned. */
  protected becameGhost(victim: Slot): boolean {
    return this.remembers && this.slots.isGhost(victim)
  }

  protected forget(slot: Slot): void {
    this.index.remove(slot)
    this.slots.release(slot)
  }

  /** The policy forgets a ghost; or the victim, before it has returned that. */
  protected forgetGhost(slot: Slot): void {
    if (isGone(this.contents[slot])) this.forget(slot)
  }

  /** Follows the slots when they have grown. */
  private extend(): void {
    const { length } = this.slots
    if (length === this.contents.length) return
    this.index.grow(length)
    this.contents = lengthened(this.contents, length, GONE)
    this.expiry?.grow(length)
    this.weights?.grow(length)
  }

  /** How many entries to make the policy for. */
  private fit(bound: number, maxWeight: number): number {
    const known = maxWeight < Infinity ? Math.max(this.residents, INITIAL_LENGTH) : Infinity
    return Math.min(bound, known) || 1
  }
}
