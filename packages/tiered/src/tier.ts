/**
 * A second tier: a store that several processes share, in which a cache's entries outlive their
 * stay in one process. This is what `l2` of {@link tiered} takes; a new kind of store implements it
 * and proves itself by the laws of `@evictionary/tiered/laws`.
 *
 * A tier holds any number of *spaces*, each with entries, leases, tags and messages of its own.
 * Whatever it is asked, it does wholly and at once: no two operations on a space overlap.
 *
 * Nothing in a tier is for ever. It may lose entries, leases, or a whole space at any time; what it
 * may not do is bring back what has been changed. So no operation takes absence for a proof: a lease
 * that is gone stores nothing, and a space that is gone kills all entries that were in it.
 */
export interface Tier {
  /**
   * Opens a connection for questions and changes.
   *
   * It supersedes all earlier connections of the same origin: what is still on its way on one of
   * those writes nothing from now on, however late it arrives.
   */
  connect(space: TierSpace): Promise<TierConnection>

  /**
   * Opens a connection that hears the messages of a space: all that are told after the promise is
   * fulfilled, in order, each once.
   */
  listen(space: TierSpace, hear: (message: TierMessage) => void): Promise<TierListener>
}

/** Which part of a tier, and on whose behalf. */
export interface TierSpace {
  /** Its name; without braces and white space. */
  readonly name: string
  /** One of a kind among all who use the space; without white space. */
  readonly origin: string
}

/** A connection that lives once: it does not heal, another is opened in its place. */
export interface TierListener {
  /** Has `listener` called once when the connection has ended, unless `close` ended it. */
  onClose(listener: () => void): void
  /** Ends it. What is under way is rejected, or never answered. */
  close(): void
}

/**
 * A connection for questions and changes. Operations take effect in the order in which they are
 * asked for. One is rejected with a {@link TierRefusal} if the tier has answered that it cannot do
 * it, and with any other error if there was no answer; it may then have taken effect, or may still.
 */
export interface TierConnection extends TierListener {
  /** Looks for entries, and takes leases where there is no fresh one. One answer for each. */
  read(questions: readonly TierQuestion[], terms: TierReadTerms): Promise<TierReading[]>

  /**
   * Stores what was loaded, each if the lease that `fence` stands for is still there, which ends it,
   * and if no tag of the entry was invalidated since that lease was taken. Tells nobody, for a load
   * changes nothing that others hold; but if somebody waits for the lease, that it has ended.
   * Answers for each whether it was stored.
   */
  store(loaded: readonly TierLoad[]): Promise<boolean[]>

  /**
   * Stores an entry whatever there is, ends the lease of its key, and tells all. Answers false, and
   * has done nothing, if this connection has been superseded, or the tier does not know that it has
   * not.
   */
  write(key: string, entry: TierEntry): Promise<boolean>

  /** Removes entries, ends the leases of their keys, and tells all, whether there were any or not. */
  remove(keys: readonly string[]): Promise<void>

  /** All entries with one of the tags are dead, as are loads of such that have begun. Tells all. */
  invalidate(tags: readonly string[]): Promise<void>

  /** All entries are dead, as are all loads that have begun. Tells all. */
  clear(): Promise<void>

  /** Lets those of the leases that are still there last another `lease` milliseconds. */
  renew(leases: readonly TierLease[], lease: number): Promise<void>

  /** Ends a lease if it is still there; those who wait for it are told. */
  release(lease: TierLease): Promise<void>

  /** What the space has told so far, and whether this connection may write. */
  pulse(): Promise<TierPulse>
}

/**
 * What is wanted of a key.
 *
 * - `"peek"`: a fresh entry, else nothing.
 * - `"load"`: a fresh entry, or else a lease, with the stale entry if there is one.
 * - `"wait"`: the same; if the lease is somebody else's, its end is to be told.
 * - `"renew"`: an entry that is fresh and not due, or else a lease, with the entry if there is one.
 */
export interface TierQuestion {
  readonly key: string
  readonly mode: "peek" | "load" | "wait" | "renew"
}

export interface TierReadTerms {
  /** How many milliseconds leases last that are taken now. */
  readonly lease: number
  /** From 0 to 1: an entry is due when this share of its `fresh` time has passed. */
  readonly refreshAhead: number
}

export interface TierReading {
  readonly entry?: TierHit | undefined
  /**
   * Stands for the lease of the key, and so for what the space held when that was taken: what is
   * loaded from then on may be stored with it.
   */
  readonly fence?: string | undefined
  /** Whether this question has taken the lease; else it had been taken before. */
  readonly ours?: boolean | undefined
}

/** A value as a tier keeps it. */
export interface TierEntry {
  /** How `payload` is to be read: a letter, see `Codec`. */
  readonly kind: string
  /** A tier keeps texts and bytes apart, and gives back just what it was given. */
  readonly payload: string | Uint8Array
  /** Milliseconds for which it is fresh, a positive integer. */
  readonly fresh: number
  /** Milliseconds for which it is kept after that, a non-negative integer. */
  readonly kept: number
  readonly tags: readonly string[]
}

/** An entry that was found. */
export interface TierHit extends TierEntry {
  /** Milliseconds until it is stale; 0 or below if it is. */
  readonly left: number
}

export interface TierLease {
  readonly key: string
  readonly fence: string
}

export interface TierLoad extends TierLease {
  readonly entry: TierEntry
}

/**
 * What is told to all who listen, about a change of theirs too. These messages are numbered: the
 * first of an incarnation is 1, and none is left out.
 */
export type TierChange = {
  /** A random name that a space gets when it is new; if all in it is lost, it is new again. */
  readonly incarnation: string
  readonly number: number
  /** Who has made the change. */
  readonly origin: string
} & (
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "all" }
)

/** A change; or, without a number, that a lease has ended for which somebody waited. */
export type TierMessage = TierChange | { readonly kind: "ended"; readonly key: string }

export interface TierPulse {
  readonly incarnation: string
  /** The number of the last message that was told; 0 if there was none. */
  readonly number: number
  /** Whether this connection may write. If not, it never will again. */
  readonly current: boolean
}

/** The tier has answered that it cannot do what it was asked for; `cause` is what it said. */
export class TierRefusal extends Error {
  override readonly name = "TierRefusal"
}
