import { Entries, GONE, isGone } from "./entries.ts"
import { Expiry } from "./expiry.ts"
import { KeyIndex } from "./key-index.ts"
import type { AnyOptions } from "./options.ts"
import type { Policy } from "./policy.ts"
import type { Slot } from "./slot-list.ts"
import { lengthened, Slots } from "./slots.ts"
import type { StrategyTraits } from "./strategy.ts"
import { Weights } from "./weights.ts"

/** Slots that a new cache has room for. */
const INITIAL_LENGTH = 16

/** A cleared cache keeps storage up to this length, and gives back more than that. */
const KEPT_LENGTH = 1_024

/** What entries are kept in, and the policy that keeps their order. */
export abstract class Storage<K, V> extends Entries<K, V> {
  protected readonly options: AnyOptions<K, V>
  /** What the user gave to the strategy. */
  private own: object
  /** The capacity that the policy knows: where weight is what counts, about as many as fit. */
  private fitting: number

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>) {
    super(strategy)
    this.options = options
    this.own = options
    this.residents = 0
    this.bound = strategy.neverEvicts ? Infinity : (options.capacity ?? Infinity)
    if (options.ttl !== undefined || options.idle !== undefined) {
      this.expiry = new Expiry(options, INITIAL_LENGTH)
    }
    if (options.weigher !== undefined || options.maxWeight !== undefined) {
      this.weights = new Weights(options)
    }
    this.fitting = 0
    this.start()
  }

  /** Begins anew, without entries and with a policy that has seen none. */
  protected restart(): void {
    if (this.slots.length > KEPT_LENGTH) {
      this.start()
    } else {
      this.slots.reset()
      this.index.clear()
      this.contents.fill(GONE)
      this.begin()
    }
  }

  /** Entries may expire from now on. */
  protected keepTime(): Expiry<K, V> {
    if (this.expiry === undefined) {
      this.expiry = new Expiry(this.options, this.slots.length)
    }
    return this.expiry
  }

  /** Entries may weigh something else than 1 from now on. */
  protected keepWeights(): Weights<K, V> {
    if (this.weights === undefined) {
      this.weights = new Weights(this.options)
      this.weights.grow(this.slots.length)
      for (const slot of this.order(Infinity, true)) this.weights.put(slot, 1)
    }
    return this.weights
  }

  /** The policy learns what the bounds are now. */
  protected refit(): void {
    this.fitting = this.fit()
    this.policy.resize(this.fitting)
  }

  /** Another policy takes over. */
  protected adopt(strategy: StrategyTraits, own: object): void {
    const residents = this.order(Infinity, true)
    const taken = new Uint8Array(this.slots.length)
    for (const slot of residents) taken[slot] = 1
    const count = taken.reduce((sum, mark) => sum + mark, 0)
    if (count < this.residents) {
      throw this.fault(`iterates ${count} of ${this.residents} resident slots`)
    }
    const slots = this.slots.successor(taken)
    const capacity = strategy.neverEvicts ? Infinity : this.fitting
    // If this throws, nothing has changed.
    const policy = strategy.createPolicy({ capacity, slots, options: own })
    for (const ghost of this.slots.allGhosts()) this.index.remove(ghost)
    this.strategy = strategy
    this.own = own
    this.fitting = capacity
    if (strategy.neverEvicts) {
      this.bound = Infinity
      if (this.weights !== undefined) this.weights.max = Infinity
    }
    this.install(slots, policy)
    for (const slot of this.arranged(residents)) {
      policy.onInsert(slot, this.index.keyOf(slot))
    }
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
    return this.policy.arrange?.(coldestFirst) ?? coldestFirst
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
  private forgetGhost(slot: Slot): void {
    if (isGone(this.contents[slot])) this.forget(slot)
  }

  /** Begins with new storage. */
  private start(): void {
    this.slots = new Slots(INITIAL_LENGTH, (slot) => this.forgetGhost(slot))
    this.index = new KeyIndex(INITIAL_LENGTH)
    this.contents = lengthened([], INITIAL_LENGTH, GONE)
    this.begin()
  }

  /** Begins with no entry, and with a policy that has seen none. */
  private begin(): void {
    this.residents = 0
    this.fitting = this.fit()
    this.expiry?.reset(this.contents.length)
    this.weights?.reset(this.contents.length)
    const { slots, own: options, fitting: capacity } = this
    this.install(slots, this.strategy.createPolicy({ capacity, slots, options }))
  }

  private install(slots: Slots, policy: Policy): void {
    this.slots = slots
    this.policy = policy
    this.remembers = slots.remembers
    this.extend()
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
  private fit(): number {
    const known = this.maxWeight < Infinity ? Math.max(this.residents, INITIAL_LENGTH) : Infinity
    return Math.min(this.bound, known) || 1
  }
}
