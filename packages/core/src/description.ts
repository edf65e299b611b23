import type { Slot } from "./slot-list.ts"

/** What a policy says of itself: see `Policy.describe`. */
export interface PolicyDescription {
  /**
   * Its lists, by the names that the paper gives them, each with the coldest slot first. Every
   * resident slot is in exactly one of them; ghosts are, too.
   */
  readonly lists: Readonly<Record<string, Iterable<Slot>>>
  /** What it has noted of resident slots, such as a bit or a count, by name. */
  readonly marks?: Readonly<Record<string, { get(slot: Slot): number }>>
  /** Other numbers that decide who leaves, such as a target or a limit, by name. */
  readonly scalars?: Readonly<Record<string, number>>
}

/** What the strategy of a cache holds: see `Cache.inspect`. */
export interface CacheInspection<K> {
  /** The lists of the strategy, by the names of its paper, each with the coldest key first. */
  readonly lists: Readonly<Record<string, readonly InspectedKey<K>[]>>
  /** Other numbers that decide who leaves, by name. */
  readonly scalars: Readonly<Record<string, number>>
}

/** A key that the strategy knows. */
export interface InspectedKey<K> {
  readonly key: K
  /** Whether the key is only remembered, and its entry has left. */
  readonly ghost: boolean
  /** What is noted of the entry, by name; nothing of a ghost. */
  readonly marks: Readonly<Record<string, number>>
}

/** The same names, each with what `make` makes of its value. */
export function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  make: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]))
}
