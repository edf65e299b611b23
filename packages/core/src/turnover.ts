import type { DumpedEntry } from "./dump.ts"
import { GONE, isGone } from "./entries.ts"
import { Listeners, type RemovalCause } from "./listeners.ts"
import type { AnyOptions } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { Counters } from "./stats.ts"
import { Storage } from "./storage.ts"
import type { StrategyTraits } from "./strategy.ts"

/**
 * How entries come and go, one by one. No code of the user's runs in here, but for `settle`, which
 * tells of the removals when all is done.
 */
export abstract class Turnover<K, V> extends Storage<K, V> {
  readonly stats: Counters
  protected readonly listeners: Listeners<K, V>
  /** Whether anybody wants to know of removals. */
  protected watched: boolean
  /** Whether there may be more to an entry than its value: ghosts, listeners, time or weight. */
  protected special: boolean
  /** Removals to tell of. */
  private departed: [K, V, RemovalCause][]

  constructor(strategy: StrategyTraits, options: AnyOptions<K, V>) {
    super(strategy, options)
    this.stats = new Counters()
    this.listeners = new Listeners(options.onListenerError)
    this.watched = false
    this.special = true
    this.departed = []
  }

  /** Lets all entries go at once, and what the strategy remembers. */
  protected empty(): void {
    if (this.watched) for (const slot of this.order(Infinity, true)) this.note(slot, "cleared")
    this.restart()
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
    const { evictions } = this.stats
    this.purgeWhile(() => !this.fits(1, weight))
    if (this.fits(1, weight)) this.follow(this.residents + 1, false)
    const ghost = this.index.find(key)
    // If there is one entry too many, `insert` evicts it, and puts the newcomer in its place.
    while (this.weight + weight > this.maxWeight) this.displace(ghost)
    const slot = this.insert(ghost, key, value)
    this.weights?.put(slot, weight)
    this.expiry?.begin(slot, lifetime)
    this.follow(this.residents, this.stats.evictions > evictions)
  }

  /** Gives an entry another value. */
  protected overwrite(slot: Slot, value: V, weight: number, lifetime: number): void {
    if (!Object.is(this.contents[slot], value)) this.note(slot, "replaced")
    this.contents[slot] = value
    this.stats.updates++
    this.policy.onHit(slot)
    this.expiry?.begin(slot, lifetime)
    if (this.weights === undefined) return
    const { evictions } = this.stats
    this.weights.put(slot, 0)
    this.makeRoomAround(slot, weight)
    this.weights.put(slot, weight)
    this.follow(this.residents, this.stats.evictions > evictions)
  }

  /** Stores the entries of a dump, next victim first, for which there is room. */
  protected restore(entries: readonly DumpedEntry<K, V>[]): void {
    this.follow(entries.length, false)
    for (const entry of this.arranged(entries)) {
      const slot = this.insert(0, entry.key, entry.value)
      this.weights?.put(slot, entry.weight ?? 1)
      this.expiry?.resume(slot, entry)
    }
  }

  /** Lets entries leave until the bounds hold. */
  protected shrink(): void {
    this.purgeWhile(() => !this.fits(0, 0))
    while (!this.fits(0, 0)) this.displace(0)
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
    this.part(slot, cause)
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

  /** Whether there is room for so many more entries, of that weight. */
  private fits(entries: 0 | 1, weight: number): boolean {
    return this.residents + entries <= this.bound && this.weight + weight <= this.maxWeight
  }

  /** Before anybody is evicted, what has expired leaves. */
  private purgeWhile(crowded: () => boolean): void {
    while (crowded() && this.purge(1) > 0);
  }

  /** Evicts one entry. */
  private displace(incoming: Slot): void {
    const victim = this.evict(incoming)
    this.residents--
    this.dismiss(victim)
  }

  /**
   * Evicts others until an entry that is there has room for its new weight. If the policy chooses
   * that one, it goes to the end of the queue, as if it were stored anew.
   */
  private makeRoomAround(slot: Slot, weight: number): void {
    let chosen = false
    this.purgeWhile(() => !this.fits(0, weight))
    while (!this.fits(0, weight)) {
      const victim = this.evict(chosen && this.becameGhost(slot) ? slot : 0, slot)
      if (victim === slot) {
        if (chosen) throw this.fault("chose the same victim twice")
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
    // Slot 0 holds nothing either.
    if (isGone(this.contents[victim])) throw this.fault("found no victim that is resident")
    if (victim === staying) return victim
    this.stats.evictions++
    this.stats.evictedWeight += this.weightOf(victim)
    if (this.special) this.part(victim, "evicted")
    return victim
  }

  /** Lets go of what there is to an entry beside its value. */
  private part(slot: Slot, cause: RemovalCause): void {
    this.note(slot, cause)
    this.weights?.put(slot, 0)
    this.expiry?.end(slot)
  }

  /** Drops the value of a slot that is no longer resident, and the slot if it is no ghost. */
  private dismiss(slot: Slot): void {
    this.contents[slot] = GONE
    if (!this.becameGhost(slot)) this.forget(slot)
  }
}
