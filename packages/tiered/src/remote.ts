import { CacheError } from "@evictionary/core"
import { Batch } from "./batch.ts"
import { Breaker } from "./breaker.ts"
import { inTime, type TierClock } from "./clock.ts"
import { Heartbeat } from "./heartbeat.ts"
import { type Intent, Intents } from "./intents.ts"
import { Leases } from "./leases.ts"
import { Link } from "./link.ts"
import { Proof } from "./proof.ts"
import { ReadBatch } from "./read-batch.ts"
import {
  type Tier,
  type TierConnection,
  type TierEntry,
  type TierLease,
  type TierListener,
  type TierLoad,
  type TierMessage,
  type TierQuestion,
  type TierReading,
  TierRefusal,
  type TierSpace,
} from "./tier.ts"

/** The most loads that are stored at once, and the most names that a change heals at once. */
const STORES = 100
const HEALED = 256

export interface RemoteTerms {
  readonly tier: Tier
  readonly space: TierSpace
  readonly clock: TierClock
  readonly random: () => number
  readonly readBudget: number
  readonly writeBudget: number
  readonly staleness: number
  readonly leaseTtl: number
  readonly refreshAhead: number
  readonly queue: number
}

/** What becomes known without having been asked for. */
export interface RemoteEvents {
  onMessage(message: TierMessage): void
  /** Messages are missing; or, the first time, may have been missed before it all began. */
  onGap(first: boolean): void
  onLate(operation: string): void
  onRefused(key: string): void
  onError(error: unknown, operation: string, key: string | undefined): void
  /** The state may be another. */
  onState(): void
}

/**
 * A space of the second tier as this process can rely on it: no question is waited for longer than
 * its budget, what cannot be reached is not asked, and what could not be changed is made up for.
 */
export class Remote {
  private readonly terms: RemoteTerms
  private readonly events: RemoteEvents
  private readonly data: Link<TierConnection>
  private readonly bus: Link<TierListener>
  private readonly breaker: Breaker
  private readonly proof: Proof
  private readonly heartbeat: Heartbeat
  private readonly intents: Intents
  private readonly leases: Leases
  private readonly reads: ReadBatch
  private readonly stores: Batch<TierLoad, boolean>
  /** Stands for the listener whose messages count. */
  private hearing: object | undefined
  private changing: Set<Promise<unknown>>
  private closed: boolean

  constructor(terms: RemoteTerms, events: RemoteEvents) {
    const { tier, space, clock, random, readBudget, writeBudget, staleness, leaseTtl } = terms
    this.terms = terms
    this.events = events
    this.breaker = new Breaker()
    this.intents = new Intents(terms.queue)
    this.hearing = undefined
    this.changing = new Set()
    this.closed = false
    this.proof = new Proof((first) => events.onGap(first))
    const link = { clock, random, budget: writeBudget, onLost: () => events.onState() }
    this.data = new Link({
      ...link,
      connect: () => tier.connect(space),
      onOpen: () => this.heartbeat.beat(),
      onError: (error) => events.onError(error, "connect", undefined),
    })
    this.bus = new Link({
      ...link,
      connect: () => this.listen(),
      onOpen: () => this.heartbeat.beat(),
      onError: (error) => events.onError(error, "listen", undefined),
    })
    const { data, bus, proof } = this
    this.heartbeat = new Heartbeat({
      clock,
      every: staleness / 4,
      data,
      bus,
      proof,
      onAnswer: (took) => this.recover(took),
      onError: (error) => {
        if (!(error instanceof TierRefusal)) this.breaker.record(false)
        events.onError(error, "pulse", undefined)
      },
      onBeat: () => events.onState(),
    })
    const wanted = { lease: leaseTtl, refreshAhead: terms.refreshAhead }
    this.reads = new ReadBatch((questions) => {
      return this.ask("read", readBudget, (connection) => connection.read(questions, wanted))
    })
    this.stores = new Batch(STORES, (loads) => {
      return this.ask("store", writeBudget, (connection) => connection.store(loads))
    })
    this.leases = new Leases(clock, leaseTtl, (held) => {
      return this.ask("renew", writeBudget, (connection) => connection.renew(held, leaseTtl))
    })
    this.data.open()
    this.bus.open()
    this.heartbeat.start()
  }

  get provenAt(): number {
    return this.proof.provenAt
  }

  /** Whether there is no point in asking. */
  get isDown(): boolean {
    return this.breaker.open || this.data.current === undefined
  }

  get isBroken(): boolean {
    return this.breaker.open
  }

  /** How many names wait for a change of theirs to reach the tier. */
  get queue(): number {
    return this.intents.size
  }

  /** Rejects if the tier cannot be asked, or does not answer in time. */
  async read(key: string, mode: TierQuestion["mode"]): Promise<TierReading> {
    const reading = await this.reads.add(key, mode)
    if (this.intents.distrusts(key)) return {}
    const { entry, ...rest } = reading
    return entry && this.intents.distrustsTags(entry.tags) ? rest : reading
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
    this.ask("release", writeBudget, (connection) => connection.release(lease)).catch(() => {})
  }

  write(key: string, entry: TierEntry): Promise<boolean> {
    return this.change("write", this.intents.add("key", [key]), (connection) =>
      connection.write(key, entry),
    )
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
    this.closed = true
    this.heartbeat.close()
    this.leases.close()
    this.data.close()
    this.bus.close()
  }

  private listen(): Promise<TierListener> {
    const { tier, space } = this.terms
    const hearing = {}
    this.hearing = hearing
    this.proof.begin()
    return tier.listen(space, (message) => {
      if (this.hearing !== hearing || this.closed) return
      if (message.kind !== "ended") this.proof.hear(message)
      this.events.onMessage(message)
    })
  }

  /** Resolves to whether the tier has taken it; if not, it will be made up for. */
  private change(
    operation: string,
    intent: Intent,
    act = (connection: TierConnection): Promise<unknown> => forget(connection, intent),
  ): Promise<boolean> {
    const { writeBudget } = this.terms
    const [key] = intent.kind === "key" ? intent.names : []
    const changing = this.ask(operation, writeBudget, act, key).then(
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
    changing.finally(() => this.changing.delete(changing))
    return changing
  }

  /** The tier has answered a beat. */
  private async recover(took: number): Promise<void> {
    const { data, intents, breaker } = this
    const connection = data.current
    for (const intent of intents.failed(HEALED)) {
      if (!connection || data.current !== connection) return
      const { clock, writeBudget } = this.terms
      const late = () => lateness("heal", writeBudget)
      await inTime(clock, writeBudget, forget(connection, intent), late)
      intents.settle(intent)
    }
    // It lives, but if callers would have to wait too long, they are better off without it.
    if (took <= this.terms.readBudget) breaker.close()
  }

  private async ask<T>(
    operation: string,
    budget: number,
    act: (connection: TierConnection) => Promise<T>,
    key?: string,
  ): Promise<T> {
    const { breaker, data, events } = this
    const connection = data.current
    if (!connection || breaker.open) throw UNREACHABLE
    try {
      const late = () => {
        events.onLate(operation)
        return lateness(operation, budget)
      }
      const answer = await inTime(this.terms.clock, budget, act(connection), late)
      breaker.record(true)
      return answer
    } catch (error) {
      breaker.record(error instanceof TierRefusal)
      events.onError(error, operation, key)
      events.onState()
      throw error
    }
  }
}

/** Nobody sees it. */
const UNREACHABLE = /* @__PURE__ */ new Error("the second tier is not reachable")

function lateness(operation: string, budget: number): CacheError {
  return new CacheError("TIMEOUT", `\`${operation}\` took more than ${budget} ms`)
}

function forget(connection: TierConnection, { kind, names }: Intent): Promise<void> {
  if (kind === "all") return connection.clear()
  return kind === "key" ? connection.remove(names) : connection.invalidate(names)
}
