import type { Clock } from "@evictionary/core"
import type {
  TierChange,
  TierEntry,
  TierHit,
  TierLease,
  TierLoad,
  TierMessage,
  TierPulse,
  TierQuestion,
  TierReading,
  TierReadTerms,
} from "./tier.ts"

/** An entry, and the state of the space before it was loaded. */
interface Stored {
  readonly entry: TierEntry
  readonly incarnation: string
  readonly count: number
  /** When it is stale, and when it is gone. */
  readonly until: number
  readonly end: number
}

/** A lease, and the state of the space when it was taken. */
interface Lease {
  readonly fence: string
  readonly incarnation: string
  readonly count: number
  end: number
  isAwaited: boolean
}

/** What a space knows of itself. If that is lost, all that was in it is dead. */
interface Meta {
  readonly incarnation: string
  /** The number of invalidations. */
  count: number
  /** What was stamped below is dead. */
  floor: number
  /** The number of messages told. */
  told: number
  /** When each tag was last invalidated, by the count. */
  tags: Map<string, number>
}

export interface SpaceTerms {
  readonly clock: Clock
  /** The most tags that are remembered. */
  readonly tags: number
  tell(message: TierMessage): void
}

let made = 0

/**
 * A space as a second tier must keep it, in memory: the contract in a form that can be read. Every
 * method is one step that nothing can come between.
 */
export class MemorySpace {
  private readonly terms: SpaceTerms
  private meta: Meta | undefined
  private readonly entries: Map<string, Stored>
  private readonly leases: Map<string, Lease>
  /** The connection of each origin that may write. */
  private readonly sessions: Map<string, object>

  constructor(terms: SpaceTerms) {
    this.terms = terms
    this.meta = undefined
    this.entries = new Map()
    this.leases = new Map()
    this.sessions = new Map()
  }

  /** From now on this connection of `origin` may write, and no earlier one. */
  claim(origin: string, session: object): void {
    this.sessions.set(origin, session)
  }

  read(questions: readonly TierQuestion[], terms: TierReadTerms): TierReading[] {
    return questions.map((question) => this.readOne(question, terms))
  }

  store(loads: readonly TierLoad[]): boolean[] {
    return loads.map(({ key, fence, entry }) => {
      const lease = this.leaseOf(key)
      if (lease?.fence !== fence) return false
      this.end(key, lease)
      const stands = this.isLive(lease, entry.tags)
      if (stands) this.put(key, entry, lease)
      return stands
    })
  }

  write(origin: string, session: object, key: string, entry: TierEntry): boolean {
    if (this.sessions.get(origin) !== session) return false
    this.leases.delete(key)
    const { incarnation, count } = this.known()
    this.put(key, entry, { incarnation, count })
    this.say(origin, { kind: "key", key })
    return true
  }

  remove(origin: string, keys: readonly string[]): void {
    for (const key of keys) {
      this.entries.delete(key)
      this.leases.delete(key)
      this.say(origin, { kind: "key", key })
    }
  }

  invalidate(origin: string, tags: readonly string[]): void {
    const meta = this.known()
    meta.count++
    for (const tag of tags) {
      meta.tags.delete(tag)
      meta.tags.set(tag, meta.count)
      this.say(origin, { kind: "tag", tag })
    }
    if (meta.tags.size > this.terms.tags) this.prune(meta)
  }

  clear(origin: string): void {
    const meta = this.known()
    meta.floor = ++meta.count
    meta.tags.clear()
    this.say(origin, { kind: "all" })
  }

  renew(leases: readonly TierLease[], lasting: number): void {
    for (const { key, fence } of leases) {
      const lease = this.leaseOf(key)
      if (lease?.fence === fence) lease.end = this.terms.clock.now() + lasting
    }
  }

  release({ key, fence }: TierLease): void {
    const lease = this.leaseOf(key)
    if (lease?.fence === fence) this.end(key, lease)
  }

  pulse(origin: string, session: object): TierPulse {
    const { incarnation, told: number } = this.known()
    return { incarnation, number, current: this.sessions.get(origin) === session }
  }

  /** Everything is gone, as when a server comes back empty. */
  lose(): void {
    this.entries.clear()
    this.leases.clear()
    this.sessions.clear()
    this.meta = undefined
  }

  /** A part is gone, as when a server needs room. */
  evict(part: "entry" | "lease" | "meta", key = ""): void {
    if (part === "entry") this.entries.delete(key)
    else if (part === "lease") this.leases.delete(key)
    else this.meta = undefined
  }

  private readOne({ key, mode }: TierQuestion, terms: TierReadTerms): TierReading {
    const entry = this.find(key)
    const due = mode === "renew" ? (entry?.fresh ?? 0) * (1 - terms.refreshAhead) : 0
    if (entry && entry.left > 0 && entry.left > due) return { entry }
    if (mode === "peek") return {}
    const known = this.known()
    let lease = this.leaseOf(key)
    const ours = !(lease && lease.incarnation === known.incarnation && lease.count >= known.floor)
    if (ours) {
      const { incarnation, count } = known
      const fence = `${incarnation} ${count} ${++made}`
      const end = this.terms.clock.now() + terms.lease
      lease = { fence, incarnation, count, end, isAwaited: false }
      this.leases.set(key, lease)
    } else if (mode === "wait") {
      lease!.isAwaited = true
    }
    return { entry, fence: lease!.fence, ours }
  }

  private find(key: string): TierHit | undefined {
    const stored = this.entries.get(key)
    if (!stored) return undefined
    const now = this.terms.clock.now()
    if (now < stored.end && this.isLive(stored, stored.entry.tags)) {
      return { ...stored.entry, left: stored.until - now }
    }
    this.entries.delete(key)
    return undefined
  }

  private leaseOf(key: string): Lease | undefined {
    const lease = this.leases.get(key)
    if (lease && this.terms.clock.now() < lease.end) return lease
    this.leases.delete(key)
    return undefined
  }

  private end(key: string, lease: Lease): void {
    this.leases.delete(key)
    if (lease.isAwaited) this.terms.tell({ kind: "ended", key })
  }

  private put(
    key: string,
    entry: TierEntry,
    { incarnation, count }: Pick<Stored, "count" | "incarnation">,
  ): void {
    const until = this.terms.clock.now() + entry.fresh
    this.entries.set(key, { entry, incarnation, count, until, end: until + entry.kept })
  }

  /** Whether nothing was invalidated since that would concern it. */
  private isLive(
    { incarnation, count }: Pick<Stored, "count" | "incarnation">,
    tags: readonly string[],
  ): boolean {
    const meta = this.known()
    if (incarnation !== meta.incarnation || count < meta.floor) return false
    return tags.every((tag) => (meta.tags.get(tag) ?? 0) <= count)
  }

  /** The tags longest ago are forgotten, and with them all that was loaded before. */
  private prune(meta: Meta): void {
    for (const [tag, count] of meta.tags) {
      if (meta.tags.size <= this.terms.tags / 2) break
      meta.tags.delete(tag)
      meta.floor = Math.max(meta.floor, count)
    }
  }

  private say(
    origin: string,
    change: { kind: "key"; key: string } | { kind: "tag"; tag: string } | { kind: "all" },
  ): void {
    const meta = this.known()
    const { incarnation } = meta
    const message: TierChange = { ...change, incarnation, number: ++meta.told, origin }
    this.terms.tell(message)
  }

  private known(): Meta {
    this.meta ??= {
      incarnation: `memory-${++made}`,
      count: 0,
      floor: 0,
      told: 0,
      tags: new Map(),
    }
    return this.meta
  }
}
