import { GONE, isGone, TRACKED, WATCHED, WEIGHED } from "./entries.ts"
import { asStored } from "./key-index.ts"
import { INSERT, Listeners, REMOVAL, UPDATE } from "./listeners.ts"
import type { AnyOptions } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { Counters } from "./stats.ts"
import { Storage } from "./storage.ts"
import type { StrategyTraits } from "./strategy.ts"
import type { Weights } from "./weights.ts"

/** What makes leaving more than that a value goes. */
const LEAVING = WATCHED | WEIGHED

/**
 * How entries come and go, one by one. No code of the user's runs in here: removals are noted, to be
 * told of when all is done.
 *
 * An exception may end any of this at any call, when the stack is full or the policy throws. So an
 * entry comes by the store of its value, when all else that belongs to it is in place, and goes by
 * the store of `GONE`, together with its count and its being noted: no call is between those.
 */
export abstract class Turnover<K, V> extends Storage<K, V> {
  readonly stats: Counters
  protected readonly listeners: Listeners<K, V>
  /** An entry whose value, weight and deadline may not belong together; mostly 0. */
  protected changing: Slot

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>, own: object, length: number) {
    super(strategy, options, own, length)
    this.stats = new Counters()
    this.listeners = new Listeners(options.onListenerError)
    this.changing = 0
  }

  /**
   * The slot of `key` if the cache knows that, be it a ghost, or 0; if its entry has expired, that
   * leaves.
   */
  protected live(key: K): Slot {
    const slot = this.index.findAgain(key)
    if (!this.expiry?.isOver(slot)) return slot
    this.leave(slot, "expired")
    return 0
  }

  /**
   * Makes room for a key that has no entry, and returns its slot, which the policy does not know
   * yet. `ghost` is the slot of the key if it is remembered, else 0.
   */
  protected admit(ghost: Slot, key: K): Slot {
    let victim: Slot = 0
    if (this.residents < this.bound) this.residents++
    else victim = this.evict(ghost)
    return this.slotAfter(victim, ghost, key)
  }

  /** `admit`, where more than one may have to leave for the weight, or none. */
  private admitWeighing(
    weights: Weights<K, V>,
    ghost: Slot,
    key: K,
    weight: number,
    cost: number,
  ): Slot {
    let victim: Slot = 0
    weights.note(ghost, weight, cost)
    while (this.residents >= this.bound || weights.total + weight > weights.max) {
      if (victim !== 0) this.dismiss(victim)
      victim = this.evict(ghost)
      this.residents--
    }
    weights.note(ghost, 0)
    this.residents++
    const slot = this.slotAfter(victim, ghost, key)
    weights.put(slot, weight, cost)
    return slot
  }

  /** The slot for a newcomer: mostly that of the last victim, if there is one. */
  private slotAfter(victim: Slot, ghost: Slot, key: K): Slot {
    if (victim !== 0) {
      if (ghost === 0 && !this.becameGhost(victim)) {
        this.index.replace(victim, key)
        return victim
      }
      this.dismiss(victim)
    }
    return ghost === 0 ? this.slotFor(key) : ghost
  }

  /** Stores a key that has no entry; `known` is its slot if it is remembered, else 0. */
  protected enter(
    known: Slot,
    key: K,
    value: V,
    weight: number,
    cost: number,
    lifetime: number,
  ): void {
    const { evictions } = this.stats
    const { weights, expiry } = this
    const grows = this.residents >= this.fitting && this.fitting < this.bound
    const ghost = grows || expiry?.isDue ? this.makeRoom(known, key, weight) : known
    const slot =
      weights === undefined
        ? this.admit(ghost, key)
        : this.admitWeighing(weights, ghost, key, weight, cost)
    this.policy.onInsert(slot, asStored(key), ghost !== 0)
    expiry?.begin(slot, lifetime)
    if (this.special & TRACKED) this.listeners.note(INSERT, asStored(key), value)
    this.contents[slot] = value
    this.stats.inserts++
    if (weights !== undefined && this.stats.evictions > evictions) this.follow(this.residents, true)
  }

  /** Gives an entry another value. */
  protected overwrite(slot: Slot, value: V, weight: number, cost: number, lifetime: number): void {
    const { evictions } = this.stats
    const { weights } = this
    if (weights === undefined) {
      this.policy.onHit(slot)
    } else {
      this.changing = slot
      const more = weight - weights.of(slot)
      weights.note(slot, weight, cost)
      this.policy.onHit(slot)
      if (more > 0) this.makeRoomAround(slot, more)
      weights.total += more
    }
    const { contents } = this
    if (this.special & WATCHED) {
      this.listeners.note(UPDATE, this.index.keyOf(slot), value, contents[slot])
    }
    contents[slot] = value
    this.stats.updates++
    this.changing = slot
    this.expiry?.begin(slot, lifetime)
    this.changing = 0
    if (weights !== undefined && this.stats.evictions > evictions) this.follow(this.residents, true)
  }

  /** Lets entries leave until other bounds hold. */
  protected shrink(bound: number, maxWeight: number): void {
    const crowded = () => this.residents > bound || this.total > maxWeight
    this.purgeWhile(crowded)
    while (crowded()) {
      const victim = this.evict(0)
      this.residents--
      this.dismiss(victim)
    }
  }

  /** Removes entries that have expired, and returns how many. */
  protected purge(limit: number): number {
    let purged = 0
    for (; purged < limit; purged++) {
      const slot = this.expiry?.next()
      if (!slot) break
      this.leave(slot, "expired")
    }
    return purged
  }

  /** The entry of a slot leaves, but not because the policy chose it. */
  protected leave(slot: Slot, cause: "deleted" | "expired"): void {
    this.policy.onRemove(slot)
    this.part(slot, cause)
    this.residents--
    this.forget(slot)
  }

  /** Whether there is room for so many more entries, and for that weight. */
  private fits(entries: 0 | 1, weight: number): boolean {
    return this.residents + entries <= this.bound && this.total + weight <= this.maxWeight
  }

  /**
   * What has expired leaves, if room is needed, before anybody is evicted for a key that has no
   * entry; and the policy gets to know if more fit than it knows of. Returns the slot of the key if
   * it is still remembered, else 0.
   */
  private makeRoom(known: Slot, key: K, weight: number): Slot {
    if (this.expiry?.isDue) this.purgeWhile(() => !this.fits(1, weight))
    if (this.fits(1, weight)) this.follow(this.residents + 1, false)
    return known === 0 ? 0 : this.index.find(key)
  }

  /** Before anybody is evicted, what has expired leaves. */
  private purgeWhile(crowded: () => boolean): void {
    while (crowded() && this.purge(1) > 0);
  }

  /**
   * Evicts others until an entry that is there has room for so much more weight. If the policy
   * chooses that one, it goes to the end of the queue, as if it were stored anew; it has not left,
   * so it is no ghost.
   */
  private makeRoomAround(slot: Slot, weight: number): void {
    if (this.fits(0, weight)) return
    let chosen = false
    this.purgeWhile(() => !this.fits(0, weight))
    while (!this.fits(0, weight)) {
      const victim = this.choose(0)
      if (victim === slot) {
        if (chosen) throw this.fault("chose the same slot twice")
        chosen = true
        if (this.becameGhost(slot)) this.slots.recall(slot)
      } else {
        this.part(victim, "evicted")
        this.residents--
        this.dismiss(victim)
      }
    }
    if (chosen) this.policy.onInsert(slot, this.index.keyOf(slot), false)
  }

  /** The victim of the policy, which is an entry. */
  private choose(incoming: Slot): Slot {
    const victim = this.policy.evict(incoming)
    const { contents } = this
    // Slot 0 holds nothing either.
    if (victim >>> 0 === victim && victim < contents.length && !isGone(contents[victim])) {
      return victim
    }
    throw this.fault("chose no resident slot")
  }

  /** The victim of the policy, whose entry has left. */
  private evict(incoming: Slot): Slot {
    const victim = this.choose(incoming)
    if (this.special & LEAVING) {
      this.part(victim, "evicted")
    } else {
      this.stats.evictions++
      this.stats.evictedWeight++
      this.contents[victim] = GONE
      this.expiry?.end(victim)
    }
    return victim
  }

  /** An entry goes, with all there is to it, and its slot remains. */
  private part(slot: Slot, cause: "deleted" | "evicted" | "expired"): void {
    const { contents, stats } = this
    const evictedWeight = stats.evictedWith(this.slots.of(slot))
    if (this.special & WATCHED) {
      this.listeners.note(REMOVAL, this.index.keyOf(slot), contents[slot], cause)
    }
    // From here on, nothing is called until the value has gone.
    if (cause === "evicted") {
      stats.evictions++
      stats.evictedWeight = evictedWeight
    } else if (cause === "expired") {
      stats.expirations++
    } else {
      stats.deletes++
    }
    contents[slot] = GONE
    this.weights?.put(slot, 0)
    this.expiry?.end(slot)
  }

  /** Frees the slot of an entry that was evicted, if it has not become a ghost. */
  private dismiss(slot: Slot): void {
    if (!this.becameGhost(slot)) this.forget(slot)
  }
}
