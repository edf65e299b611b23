import type { PolicyDescription } from "./description.ts"
import type { Slot } from "./slot-list.ts"
import type { SlotParts } from "./slots.ts"

/**
 * Decides the order in which entries leave: the page that makes a strategy what it is. The engine
 * does the rest. A policy sees slots, never values, and exists for one cache.
 *
 * A slot is *resident* from `onInsert` until `evict` returns it or `onRemove` names it, and the
 * policy keeps track of exactly the resident slots. It may remember some that were evicted, as
 * *ghosts*: it puts the victim on a list from `slots.ghosts()` before `evict` returns it. Then the
 * key stays known, and if it comes back, it comes back in the same slot.
 */
export interface Policy {
  /**
   * An entry was read, or overwritten; then it may weigh and cost something else by now.
   *
   * The caller guarantees that `slot` is resident.
   */
  onHit(slot: Slot): void

  /**
   * The cache is full: chooses the victim, stops tracking it as resident, and returns it.
   *
   * The caller guarantees that at least one slot is resident. `incoming` is the slot of the key
   * about to enter if that key is a ghost, 0 if it is not remembered or if nothing enters (after
   * `resize`). `onInsert` of the incoming key follows, possibly after further calls of `evict` with
   * the same `incoming`. No other call comes in between.
   *
   * The engine may keep an entry that it has just been told to overwrite, though it is the victim:
   * others leave in its place, and it comes back by `onInsert`, as one that was not remembered. If
   * it is on a ghost list by then, the engine has taken it off.
   *
   * The implementation must return a resident slot, and must not forget `incoming`: a policy whose
   * ghost list may overflow here takes `incoming` off it first.
   */
  evict(incoming: Slot): Slot

  /**
   * A key is now resident.
   *
   * The caller guarantees that `slot` is in none of the lists, unless it is a ghost of this policy
   * come back: then `returning` is true, and it is where the policy left it, and must leave the
   * ghosts now at the latest. `key` is there for policies that count frequencies; most have no need
   * of it.
   */
  onInsert(slot: Slot, key: unknown, returning: boolean): void

  /**
   * An entry left by other ways than `evict`: deleted or expired. It cannot become a ghost.
   *
   * The caller guarantees that `slot` is resident.
   */
  onRemove(slot: Slot): void

  /**
   * The bound has changed. If it shrank below what is resident, calls of `evict` follow at once.
   *
   * The caller guarantees that `capacity` is a positive integer or `Infinity`.
   */
  resize(capacity: number): void

  /** Every resident slot once, the next victim first as far as that can be told. */
  [Symbol.iterator](): Iterator<Slot>

  /**
   * Puts entries, of which the next victim is the first, into the order in which this policy has to
   * get them by `onInsert` for that to be its own order, too. Only where that is another order:
   * in a stack, say, who came last leaves first.
   *
   * The caller guarantees that the policy has seen no entry yet, and has room for all of them.
   */
  arrange?<Entry>(coldestFirst: readonly Entry[]): Entry[]

  /**
   * What it holds, for people to look at and for tests; without this, the order of iteration stands
   * for it. What is returned is read at once, so lists and columns can be given as they are.
   *
   * The implementation must change nothing.
   */
  describe?(): PolicyDescription
}

/** The policy of a strategy that never evicts: it only keeps the order of iteration. */
export type KeepingPolicy = Omit<Policy, "evict" | "resize">

/** What a policy is made from. */
export interface PolicyContext<Options = unknown> {
  /** The most entries that will be resident: a positive integer or `Infinity`. */
  readonly capacity: number
  /** Lists, columns by slot, and what entries weigh. */
  readonly slots: SlotParts
  /** What the user gave to the strategy, the strategy's own options among it. */
  readonly options: Options
}
