import type { DumpedEntry } from "./dump.ts"
import { GONE, HEARD, TIMED, TORN, TRACKED, WATCHED, WEIGHED } from "./entries.ts"
import { KeyIndex } from "./key-index.ts"
import { INSERT, REMOVAL, type RemovalCause } from "./listeners.ts"
import type { AnyOptions } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { Slots } from "./slots.ts"
import { INITIAL_LENGTH } from "./storage.ts"
import type { StrategyTraits } from "./strategy.ts"
import { Turnover } from "./turnover.ts"

/** A cleared cache keeps storage up to this length, and gives back more than that. */
const KEPT_LENGTH = 1_024

/**
 * How a cache gets new storage and a new policy: when it is cleared, loaded, given another strategy,
 * or torn.
 *
 * Any call may throw: the stack may be full, memory may run out, a policy may be wrong. So an
 * operation that changes more than one structure says so before, by the flag `TORN`, and takes that
 * back when it is whole. Who finds the flag mends the cache first.
 *
 * What a torn cache knows is this: where a value is in `contents`, there is an entry, and its key,
 * its weight and its times are in their columns by slot; but for the slot `changing`. The rest may
 * be wrong, and is made anew from that: index, free slots, lists, heap, sums and the policy.
 *
 * All of it is made apart, in an *heir*, a cache that nobody else knows, while this one stays as it
 * is. Then this one takes over what the heir has; no call is in there that could throw.
 */
export abstract class Renewal<K, V> extends Turnover<K, V> {
  /** An empty cache. */
  protected abstract sibling(
    strategy: StrategyTraits,
    options: AnyOptions<K, V>,
    own: object,
    length: number,
  ): Renewal<K, V>

  protected override mend(): void {
    this.carryOver(this.strategy, this.own)
  }

  /** The entries stay, with a new policy. What cannot be trusted is evicted. */
  protected carryOver(strategy: StrategyTraits, own: object): void {
    const torn = (this.special & TORN) !== 0
    const slots = torn ? this.occupied() : this.order(Infinity, true)
    const heir = this.heir(strategy, own)
    /** Where the entry of a slot goes; 0 if nowhere. */
    const moves = new Int32Array(this.contents.length)
    heir.follow(slots.length, false)
    for (const slot of heir.arranged(slots)) {
      const [key, value] = this.entryOf(slot)
      if (slot === this.changing || heir.index.find(key) !== 0) {
        heir.stats.evictions++
        heir.stats.evictedWeight = heir.stats.evictedWith(this.slots.of(slot))
        this.bequeath(heir, slot, "evicted")
      } else {
        moves[slot] = heir.add(key, value, this.slots.of(slot), this.slots.costOf(slot))
      }
    }
    if (!torn && heir.residents < this.residents) {
      throw this.fault(`iterates ${heir.residents} of ${this.residents} resident slots`)
    }
    if (this.expiry !== undefined) heir.expiry!.inherit(this.expiry, moves)
    this.succeed(heir)
  }

  /** All entries leave, and what the strategy remembers. */
  protected empty(): void {
    const { contents, strategy, own: options } = this
    if (this.special & (TORN | TIMED | WATCHED | WEIGHED) || contents.length > KEPT_LENGTH) {
      this.replace([])
      return
    }
    // Storage that is small stays where it is. What may throw is made before it is emptied.
    const slots = new Slots(contents.length, this.slots.forget)
    const policy = slots.serve(strategy, this.fitting, options)
    if (slots.length !== contents.length) {
      this.replace([])
      return
    }
    this.special |= TORN
    contents.fill(GONE)
    this.residents = 0
    this.index.clear()
    this.slots = slots
    this.policy = policy
    this.remembers = slots.remembers
    this.special &= ~TORN
  }

  /** The entries of a dump come in place of all there are. */
  protected replace(entries: readonly DumpedEntry<K, V>[]): void {
    const heir = this.heir(this.strategy, this.own)
    heir.follow(entries.length, false)
    for (const slot of this.occupied()) this.bequeath(heir, slot, "cleared")
    for (const entry of heir.arranged(entries)) {
      const slot = heir.add(entry.key, entry.value, entry.weight ?? 1, entry.cost ?? 1)
      heir.expiry?.resume(slot, entry)
      if (this.special & TRACKED) heir.listeners.note(INSERT, ...heir.entryOf(slot))
    }
    heir.stats.inserts = entries.length
    this.succeed(heir)
  }

  /** Of the entries of a dump, those that there is room for, next victim first. */
  protected thoseThatFit(entries: readonly DumpedEntry<K, V>[]): DumpedEntry<K, V>[] {
    const fitting: DumpedEntry<K, V>[] = []
    const known = new KeyIndex(entries.length + 1)
    let total = 0
    for (const entry of [...entries].reverse()) {
      const { key, weight = 1, ttl, idle } = entry
      if (weight > this.maxWeight || known.find(key) !== 0) continue
      if (this.expiry?.isOverAtOnce(ttl, idle)) continue
      total += weight
      if (fitting.length === this.bound || total > this.maxWeight) break
      known.add(key, fitting.push(entry))
    }
    return fitting.reverse()
  }

  /** An heir, on the terms of this cache as they are now. */
  private heir(strategy: StrategyTraits, own: object): Renewal<K, V> {
    const { bound: capacity, expiry, weights, contents } = this
    const terms: AnyOptions<K, V> = {
      ...this.options,
      capacity,
      maxWeight: weights && (strategy.neverEvicts ? Infinity : weights.max),
      ttl: expiry?.ttl,
      idle: expiry?.idle,
      onRemoval: undefined,
      purge: undefined,
    }
    const length = contents.length > KEPT_LENGTH ? INITIAL_LENGTH : contents.length
    const heir = this.sibling(strategy, terms, own, length)
    if (expiry !== undefined) heir.expiry!.now = expiry.now
    heir.stats.evictedWeight = this.stats.evictedWeight
    return heir
  }

  /** An entry of an heir, of which nothing else is known yet. */
  private add(key: K, value: V, weight: number, cost: number): Slot {
    const slot = this.slotFor(key)
    this.weights?.put(slot, weight, cost)
    this.policy.onInsert(slot, this.index.keyOf(slot), false)
    this.contents[slot] = value
    this.residents++
    return slot
  }

  /** Leaves it to the heir to tell of a removal. */
  private bequeath(heir: Renewal<K, V>, slot: Slot, cause: RemovalCause): void {
    if (this.special & WATCHED) heir.listeners.note(REMOVAL, ...this.entryOf(slot), cause)
  }

  /** Takes over what an heir has. Nothing is called in here once anything has changed. */
  private succeed(heir: Renewal<K, V>): void {
    const { stats } = this
    this.listeners.inherit(heir.listeners)
    stats.inserts += heir.stats.inserts
    stats.evictions += heir.stats.evictions
    stats.evictedWeight = heir.stats.evictedWeight
    this.strategy = heir.strategy
    this.own = heir.own
    this.bound = heir.bound
    this.fitting = heir.fitting
    this.residents = heir.residents
    this.slots = heir.slots
    this.index = heir.index
    this.policy = heir.policy
    this.contents = heir.contents
    this.remembers = heir.remembers
    this.expiry = heir.expiry
    this.weights = heir.weights
    this.changing = 0
    this.slots.forget = (slot) => this.forgetGhost(slot)
    this.special = (this.special & (HEARD | TRACKED | WATCHED)) | heir.special
  }
}
