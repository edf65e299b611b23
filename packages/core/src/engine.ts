import type { BoundedOptions, Cache, CacheObserver } from "./cache.ts"
import { Entries, GONE } from "./entries.ts"
import { CacheError, checkCount, checkFunction } from "./errors.ts"
import { KeyIndex } from "./key-index.ts"
import type { Policy } from "./policy.ts"
import { type RemovalCause, Removals } from "./removal.ts"
import type { Slot } from "./slot-list.ts"
import { lengthened, type SlotParts, Slots } from "./slots.ts"
import { Counters } from "./stats.ts"

/** Slots that a new cache has room for. */
const INITIAL_LENGTH = 16

/** A cleared cache keeps storage up to this length, and gives back more than that. */
const KEPT_LENGTH = 1_024

/** The one implementation of {@link Cache}: all that changes entries. */
export class Engine<K, V> extends Entries<K, V> implements Cache<K, V> {
  readonly stats: Counters
  private readonly createPolicy: (capacity: number, slots: SlotParts) => Policy
  private readonly onListenerError: ((error: unknown) => void) | undefined
  private readonly neverEvicts: boolean
  private bound: number
  private observers: readonly CacheObserver<K, V>[]
  /** `undefined` while nobody wants to know of removals. */
  private removals: Removals<K, V> | undefined

  constructor(
    strategyName: string,
    createPolicy: (capacity: number, slots: SlotParts) => Policy,
    neverEvicts: boolean,
    options: Partial<BoundedOptions<K, V>>,
  ) {
    super(strategyName)
    this.stats = new Counters()
    this.createPolicy = createPolicy
    this.neverEvicts = neverEvicts
    this.bound = neverEvicts ? Infinity : (options.capacity as number)
    this.onListenerError = options.onListenerError
    this.observers = []
    this.removals = undefined
    if (options.onRemoval !== undefined) this.subscribe({ onRemoval: options.onRemoval })
    this.start()
  }

  get capacity(): number {
    return this.bound
  }

  get(key: K): V | undefined {
    const slot = this.index.find(key)
    if (slot === 0 || this.isGhost(slot)) {
      this.stats.misses++
      return undefined
    }
    // Not by `hit`: if V8 compiled this before the first hit, it would never inline the call.
    this.stats.hits++
    this.policy.onHit(slot)
    return this.contents[slot] as V
  }

  set(key: K, value: V): this {
    const slot = this.index.find(key)
    if (slot === 0 || this.isGhost(slot)) {
      this.insert(slot, key, value)
      return this
    }
    const replaced = this.contents[slot]
    this.contents[slot] = value
    this.stats.updates++
    this.policy.onHit(slot)
    if (this.removals !== undefined && !Object.is(replaced, value)) {
      this.removals.notify(this.index.keyOf(slot) as K, replaced as V, "replaced")
    }
    return this
  }

  getOrInsert(key: K, value: V): V {
    const slot = this.index.find(key)
    if (slot === 0 || this.isGhost(slot)) {
      this.stats.misses++
      this.insert(slot, key, value)
      return value
    }
    return this.hit(slot)
  }

  getOrInsertComputed(key: K, compute: (key: K) => V): V {
    checkFunction("INVALID_ARGUMENT", "compute", compute)
    const slot = this.find(key)
    if (slot === 0) {
      this.stats.misses++
      const value = compute(key === 0 ? (0 as K) : key)
      this.set(key, value)
      return value
    }
    return this.hit(slot)
  }

  delete(key: K): boolean {
    const slot = this.find(key)
    if (slot === 0) return false
    const [departed, value] = this.entryOf(slot)
    this.policy.onRemove(slot)
    this.contents[slot] = GONE
    this.residents--
    this.stats.deletes++
    this.forget(slot)
    this.removals?.notify(departed, value, "deleted")
    return true
  }

  clear(): void {
    const departed = this.removals === undefined ? [] : this.coldest(Infinity)
    if (this.slots.length > KEPT_LENGTH) {
      this.start()
    } else {
      this.slots.reset()
      this.index.clear()
      this.contents.fill(GONE)
      this.begin()
    }
    this.notifyAll(departed, "cleared")
  }

  resize(capacity: number): void {
    checkCount("INVALID_ARGUMENT", "capacity", capacity)
    if (capacity === this.bound) return
    if (this.neverEvicts) {
      throw new CacheError(
        "UNSUPPORTED",
        `the strategy ${this.strategyName} never evicts, so it cannot be resized to ${capacity}`,
      )
    }
    this.bound = capacity
    this.policy.resize(capacity || 1)
    const departed: [K, V][] = []
    while (this.residents > this.bound) {
      const victim = this.evict(0)
      if (this.removals !== undefined) departed.push(this.entryOf(victim))
      this.residents--
      this.dismiss(victim)
    }
    this.notifyAll(departed, "evicted")
  }

  subscribe(observer: CacheObserver<K, V>): () => void {
    if (observer.onRemoval !== undefined) {
      checkFunction("INVALID_ARGUMENT", "onRemoval", observer.onRemoval)
    }
    // A new object for each subscription: the same observer may subscribe twice and end each once.
    const subscription = { ...observer }
    this.observe([...this.observers, subscription])
    return () => this.observe(this.observers.filter((other) => other !== subscription))
  }

  private observe(observers: readonly CacheObserver<K, V>[]): void {
    this.observers = observers
    const listeners = observers.flatMap(({ onRemoval }) => onRemoval ?? [])
    this.removals =
      listeners.length === 0 ? undefined : new Removals(listeners, this.onListenerError)
  }

  /** Begins with new storage. */
  private start(): void {
    this.slots = new Slots(INITIAL_LENGTH, (slot) => this.forget(slot))
    this.index = new KeyIndex(INITIAL_LENGTH)
    this.contents = lengthened([], INITIAL_LENGTH, GONE)
    this.begin()
  }

  /** Begins with no entry, and with a policy that has seen none. */
  private begin(): void {
    this.residents = 0
    this.policy = this.createPolicy(this.bound || 1, this.slots)
    this.remembers = this.slots.remembers
    if (this.slots.length > this.contents.length) this.extend()
  }

  private hit(slot: Slot): V {
    this.stats.hits++
    this.policy.onHit(slot)
    return this.contents[slot] as V
  }

  /** Stores a key that has no entry; `ghost` is its slot if it is remembered, else 0. */
  private insert(ghost: Slot, key: K, value: V): void {
    let slot = ghost
    let departed: [K, V] | undefined
    if (this.residents < this.bound) {
      if (slot === 0) slot = this.slotFor(key)
      this.residents++
    } else if (this.bound === 0) {
      return
    } else {
      const victim = this.evict(ghost)
      if (this.removals !== undefined) departed = this.entryOf(victim)
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
    if (departed !== undefined) this.removals?.notify(departed[0], departed[1], "evicted")
  }

  /** The victim of the policy, still resident for the engine. */
  private evict(incoming: Slot): Slot {
    const victim = this.policy.evict(incoming)
    if (victim === 0) throw this.fault("found no victim")
    this.stats.evictions++
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

  private notifyAll(departed: readonly [K, V][], cause: RemovalCause): void {
    for (const [key, value] of departed) this.removals?.notify(key, value, cause)
  }

  /** Follows the slots when they have grown. */
  private extend(): void {
    this.index.grow(this.slots.length)
    this.contents = lengthened(this.contents, this.slots.length, GONE)
  }
}
