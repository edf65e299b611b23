import type { DumpedEntry } from "./dump.ts"
import { Entries, GONE } from "./entries.ts"
import { Expiry } from "./expiry.ts"
import { KeyIndex } from "./key-index.ts"
import { Listeners, type RemovalCause } from "./listeners.ts"
import type { AnyOptions } from "./options.ts"
import type { Policy } from "./policy.ts"
import type { Slot } from "./slot-list.ts"
import { lengthened, Slots } from "./slots.ts"
import { Counters } from "./stats.ts"
import type { StrategyTraits } from "./strategy.ts"
import { Weights } from "./weights.ts"

/** Slots that a new cache has room for. */
const INITIAL_LENGTH = 16

/** A cleared cache keeps storage up to this length, and gives back more than that. */
const KEPT_LENGTH = 1_024

/**
 * How entries come and go, one by one. No code of the user's runs in here, but for `settle`, which
 * tells of the removals when all is done.
 */
export abstract class Turnover<K, V> extends Entries<K, V> {
  readonly stats: Counters
  protected readonly options: AnyOptions<K, V>
  protected readonly listeners: Listeners<K, V>
  protected strategy: StrategyTraits
  /** What the user gave to the strategy. */
  protected own: object
  /** Whether anybody wants to know of removals. */
  protected watched: boolean
  /** The capacity that the policy knows: where weight is what counts, about as many as fit. */
  private fitting: number
  /** Removals to tell of. */
  private departed: [K, V, RemovalCause][]

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>) {
    super(strategy.strategyName)
    this.stats = new Counters()
    this.options = options
    this.listeners = new Listeners(options.onListenerError)
    this.strategy = strategy
    this.own = options
    this.watched = false
    this.departed = []
    this.residents = 0
    this.bound = strategy.neverEvicts ? Infinity : (options.capacity ?? Infinity)
    if (options.ttl !== undefined || options.idle !== undefined) this.expiry = new Expiry(options)
    if (options.weigher !== undefined || options.maxWeight !== undefined) {
      this.weights = new Weights(options)
    }
    this.fitting = this.fit()
    this.start()
  }

  /** Begins with new storage. */
  protected start(): void {
    this.slots = new Slots(INITIAL_LENGTH, (slot) => this.forget(slot))
    this.index = new KeyIndex(INITIAL_LENGTH)
    this.contents = lengthened([], INITIAL_LENGTH, GONE)
    this.begin()
  }

  /** Lets all entries go at once, and what the strategy remembers. */
  protected empty(): void {
    if (this.watched) for (const slot of this.order(Infinity, true)) this.note(slot, "cleared")
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
  protected keepTime(): void {
    if (this.expiry !== undefined) return
    this.expiry = new Expiry(this.options)
    this.expiry.grow(this.slots.length)
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

  /** The slot of the entry of `key`, or 0; if it has expired, it leaves. */
  protected live(key: K): Slot {
    const slot = this.resident(key)
    if (slot === 0 || !this.expiry?.isOver(slot)) return slot
    this.leave(slot, "expired")
    return 0
  }

  /** Stores a key that has no entry; `ghost` is its slot if it is remembered, else 0. */
  protected insert(ghost: Slot, key: K, value: V): Slot {
    let slot = ghost
    if (this.residents < this.bound) {
      if (slot === 0) slot = this.slotFor(key)
      this.residents++
    } else {
      const victim = this.evict(ghost)
      if (slot === 0 && !this.becameGhost(victim)) {
        this.index.replace(victim, key)
        slot = victim
      } else {
        this.dismiss(victim)
        if (slot === 0) slot = this.slotFor(key)
      }
    }
    this.contents[slot] = value
    this.stats.inserts++
    this.policy.onInsert(slot, key)
    return slot
  }

  /** Stores a key that has no entry, when there may be other reasons to make room than a count. */
  protected enter(key: K, value: V, weight: number, lifetime: number): void {
    const ghost = this.index.find(key)
    const { evictions } = this.stats
    while (this.residents === this.bound || this.weight + weight > this.maxWeight) {
      if (this.purge(1) === 0) this.displace(ghost)
    }
    this.follow(this.residents + 1, this.stats.evictions > evictions)
    const slot = this.insert(ghost, key, value)
    this.weights?.put(slot, weight)
    this.expiry?.begin(slot, lifetime)
  }

  /** Gives an entry another value. */
  protected overwrite(slot: Slot, value: V, weight: number, lifetime: number): void {
    if (!Object.is(this.contents[slot], value)) this.note(slot, "replaced")
    this.contents[slot] = value
    this.stats.updates++
    this.policy.onHit(slot)
    this.expiry?.begin(slot, lifetime)
    if (this.weights === undefined) return
    this.weights.put(slot, weight)
    const { evictions } = this.stats
    this.makeRoomAround(slot)
    this.follow(this.residents, this.stats.evictions > evictions)
  }

  /** Stores an entry of a dump, for which there is room. */
  protected restore({ key, value, weight = 1, ttl, idle, age }: DumpedEntry<K, V>): void {
    this.follow(this.residents + 1, false)
    const slot = this.insert(0, key, value)
    this.weights?.put(slot, weight)
    this.expiry?.resume(slot, ttl, idle, age)
  }

  /** Lets entries leave until the bounds hold. */
  protected shrink(): void {
    while (this.residents > this.bound || this.weight > this.maxWeight) {
      if (this.purge(1) === 0) this.displace(0)
    }
  }

  /** Removes entries that have expired, and returns how many. */
  protected purge(limit: number): number {
    if (this.expiry === undefined) return 0
    let purged = 0
    for (; purged < limit; purged++) {
      const slot = this.expiry.next()
      if (slot === 0) break
      this.leave(slot, "expired")
    }
    return purged
  }

  /** The entry of a slot leaves, but not because the policy chose it. */
  protected leave(slot: Slot, cause: "deleted" | "expired"): void {
    this.policy.onRemove(slot)
    this.stats[cause === "deleted" ? "deletes" : "expirations"]++
    this.note(slot, cause)
    this.weights?.put(slot, 0)
    this.expiry?.end(slot)
    this.contents[slot] = GONE
    this.residents--
    this.forget(slot)
  }

  /** Takes a removal down, to be told of by `settle`. */
  protected note(slot: Slot, cause: RemovalCause): void {
    if (this.watched) this.departed.push([...this.entryOf(slot), cause])
  }

  /** Tells of the removals. */
  protected settle(): void {
    if (this.departed.length === 0) return
    const { departed } = this
    this.departed = []
    for (const removal of departed) this.listeners.tell("onRemoval", ...removal)
  }

  /** The policy learns what the bounds are now. */
  protected refit(): void {
    this.fitting = this.fit()
    this.policy.resize(this.fitting)
  }

  /** Another policy takes over. */
  protected adopt(strategy: StrategyTraits, own: object): void {
    const residents = this.order(Infinity, true)
    const slots = this.slots.successor(residents)
    const capacity = strategy.neverEvicts ? Infinity : this.fitting
    // If this throws, nothing has changed.
    const policy = strategy.createPolicy({ capacity, slots, options: own })
    for (const ghost of this.slots.allGhosts()) this.index.remove(ghost)
    this.strategyName = strategy.strategyName
    this.strategy = strategy
    this.own = own
    this.fitting = capacity
    if (strategy.neverEvicts) {
      this.bound = Infinity
      if (this.weights !== undefined) this.weights.max = Infinity
    }
    this.install(slots, policy)
    for (const slot of residents) policy.onInsert(slot, this.index.keyOf(slot))
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

  /** Begins with no entry, and with a policy that has seen none. */
  private begin(): void {
    this.residents = 0
    this.expiry?.reset(this.contents.length)
    this.weights?.reset(this.contents.length)
    const { slots, own: options, fitting: capacity } = this
    this.install(slots, this.strategy.createPolicy({ capacity, slots, options }))
  }

  /** How many entries to make the policy for. */
  private fit(): number {
    const known = this.maxWeight < Infinity ? Math.max(this.residents, INITIAL_LENGTH) : Infinity
    return Math.min(this.bound, known) || 1
  }

  /**
   * Tells the policy when the number of entries that fit by weight has changed by more than a
   * little; `full` if some had to leave for that number to fit.
   */
  private follow(fit: number, full: boolean): void {
    if (fit > this.fitting) this.fitting = Math.min(this.bound, Math.ceil(fit * 1.0625))
    else if (full && fit * 1.125 < this.fitting) this.fitting = fit
    else return
    this.policy.resize(this.fitting)
  }

  /** Evicts one entry. */
  private displace(incoming: Slot): void {
    const victim = this.evict(incoming)
    this.residents--
    this.dismiss(victim)
  }

  /**
   * Evicts until the weight is within its bound, after the entry of `slot` has become heavier. If
   * the policy chooses that one, it goes to the end of the queue, as if it were stored anew.
   */
  private makeRoomAround(slot: Slot): void {
    let chosen = false
    while (this.weight > this.maxWeight) {
      if (this.purge(1) > 0) continue
      const victim = this.evict(chosen && this.becameGhost(slot) ? slot : 0, slot)
      if (victim === slot) {
        chosen = true
      } else {
        this.residents--
        this.dismiss(victim)
      }
    }
    if (chosen) this.policy.onInsert(slot, this.index.keyOf(slot))
  }

  /** The victim of the policy, still resident for the engine; it is not to be `staying`. */
  private evict(incoming: Slot, staying: Slot = 0): Slot {
    const victim = this.policy.evict(incoming)
    if (victim === 0) throw this.fault("found no victim")
    if (victim === staying) return victim
    this.stats.evictions++
    this.stats.evictedWeight += this.weightOf(victim)
    this.note(victim, "evicted")
    this.weights?.put(victim, 0)
    this.expiry?.end(victim)
    return victim
  }

  /** A new slot, known to the index. */
  private slotFor(key: K): Slot {
    if (this.slots.full) {
      this.slots.grow(this.bound)
      this.extend()
    }
    const slot = this.slots.take()
    this.index.add(key, slot)
    return slot
  }

  /** Drops the value of a slot that is no longer resident, and the slot if it is no ghost. */
  private dismiss(slot: Slot): void {
    this.contents[slot] = GONE
    if (!this.becameGhost(slot)) this.forget(slot)
  }

  /** Whether the policy remembers the victim that it has just returned. */
  private becameGhost(victim: Slot): boolean {
    return this.remembers && this.slots.isGhost(victim)
  }

  private forget(slot: Slot): void {
    this.index.remove(slot)
    this.slots.release(slot)
  }
}
