import { Batch } from "./batch.ts"
import { inTime } from "./clock.ts"
import { type Intent, Intents } from "./intents.ts"
import { Leases } from "./leases.ts"
import { lateness, Reach, type ReachEvents, type ReachTerms } from "./reach.ts"
import { ReadBatch } from "./read-batch.ts"
import type {
  TierConnection,
  TierEntry,
  TierLease,
  TierLoad,
  TierQuestion,
  TierReading,
} from "./tier.ts"

/** The most loads that are stored at once, and the most names that a change heals at once. */
const STORES = 100
const HEALED = 256

export interface RemoteTerms extends ReachTerms {
  readonly leaseTtl: number
  readonly refreshAhead: number
  readonly queue: number
}

export interface RemoteEvents extends ReachEvents {
  /** A value was not stored, because something had changed or another was first. */
  onRefused(key: string): void
}

/**
 * A space of the second tier as this process can rely on it: no question is waited for longer than
 * its budget, what cannot be reached is not asked, and what could not be changed is made up for.
 */
export class Remote {
  private readonly terms: RemoteTerms
  private readonly events: RemoteEvents
  private readonly reach: Reach
  private readonly intents: Intents
  private readonly leases: Leases
  private readonly reads: ReadBatch
  private readonly stores: Batch<TierLoad, boolean>
  private readonly changing: Set<Promise<unknown>>

  constructor(terms: RemoteTerms, events: RemoteEvents) {
    const { clock, readBudget, writeBudget, leaseTtl: lease, refreshAhead } = terms
    this.terms = terms
    this.events = events
    this.intents = new Intents(terms.queue)
    this.changing = new Set()
    const reach = new Reach(terms, events, (took) => this.recover(took))
    this.reach = reach
    this.reads = new ReadBatch((questions) =>
      reach.ask("read", readBudget, (tier) => tier.read(questions, { lease, refreshAhead })),
    )
    this.stores = new Batch(STORES, (loads) =>
      reach.ask("store", writeBudget, (tier) => tier.store(loads)),
    )
    this.leases = new Leases(clock, lease, (held) =>
      reach.ask("renew", writeBudget, (tier) => tier.renew(held, lease)),
    )
  }

  get provenAt(): number {
    return this.reach.provenAt
  }

  get isDown(): boolean {
    return this.reach.isDown
  }

  get isBroken(): boolean {
    return this.reach.breaker.open
  }

  /** How many names wait for a change of theirs to reach the tier. */
  get queue(): number {
    return this.intents.size
  }

  /** See {@link Reach.begin}. */
  begin(): Promise<unknown> | undefined {
    return this.reach.begin()
  }

  /** Rejects if the tier cannot be asked, or does not answer in time. */
  async read(key: string, mode: TierQuestion["mode"]): Promise<TierReading> {
    const reading = await this.reads.add(key, mode)
    if (this.intents.distrusts(key)) return {}
    const { entry, fence, ours } = reading
    return entry && this.intents.distrustsTags(entry.tags) ? { fence, ours } : reading
  }

  /** Keeps a lease until it is released, or used to store. */
  hold(lease: TierLease): void {
    this.leases.hold(lease)
  }

  /** Whether it was stored. */
  async store(load: TierLoad): Promise<boolean> {
    this.leases.forget(load)
    try {
      const stored = await this.stores.add(load)
      if (!stored) this.events.onRefused(load.key)
      return stored
    } catch {
      // Nobody else has it: this process may keep it all the same.
      return true
    }
  }

  release(lease: TierLease): void {
    this.leases.forget(lease)
    const { writeBudget } = this.terms
    this.reach.ask("release", writeBudget, (tier) => tier.release(lease)).catch(() => {})
  }

  write(key: string, entry: TierEntry): Promise<boolean> {
    const intent = this.intents.add("key", [key])
    return this.change("write", intent, (tier) => tier.write(key, entry))
  }

  remove(key: string): Promise<boolean> {
    return this.change("remove", this.intents.add("key", [key]))
  }

  invalidate(tags: readonly string[]): Promise<boolean> {
    return this.change("invalidate", this.intents.add("tag", tags))
  }

  clear(): Promise<boolean> {
    return this.change("clear", this.intents.add("all"))
  }

  /** Waits for the changes that are under way. */
  async close(): Promise<void> {
    await Promise.all(this.changing)
    this.leases.close()
    this.reach.close()
  }

  /** Resolves to whether the tier has taken it; if not, it will be made up for. */
  private change(
    operation: string,
    intent: Intent,
    act = (tier: TierConnection): Promise<unknown> => forget(tier, intent),
  ): Promise<boolean> {
    const [key] = intent.kind === "key" ? intent.names : []
    const changing = this.reach.change(operation, this.terms.writeBudget, act, key).then(
      (answer) => {
        if (answer === false) this.intents.fail(intent)
        else this.intents.settle(intent)
        return answer !== false
      },
      () => {
        this.intents.fail(intent)
        return false
      },
    )
    this.changing.add(changing)
    changing.then(() => this.changing.delete(changing))
    return changing
  }

  /** The tier has answered a beat: what failed is made up for, and callers may ask again. */
  private async recover(took: number): Promise<void> {
    const { reach, intents } = this
    const { connection } = reach
    const { clock, readBudget, writeBudget } = this.terms
    for (const intent of intents.failed(HEALED)) {
      if (!connection || reach.connection !== connection) return
      const late = () => lateness("heal", writeBudget)
      await inTime(clock, writeBudget, forget(connection, intent), late)
      intents.settle(intent)
    }
    // It lives, but if callers would have to wait too long, they are better off without it.
    if (took <= readBudget) reach.breaker.close()
  }
}

/** Whatever a change was, it is made up for by forgetting. */
function forget(tier: TierConnection, { kind, names }: Intent): Promise<void> {
  if (kind === "all") return tier.clear()
  return kind === "key" ? tier.remove(names) : tier.invalidate(names)
}
