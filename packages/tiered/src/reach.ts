import { CacheError } from "@evictionary/core"
import { Breaker } from "./breaker.ts"
import { inTime, type TierClock } from "./clock.ts"
import { Heartbeat } from "./heartbeat.ts"
import { Link } from "./link.ts"
import { Proof } from "./proof.ts"
import {
  type Tier,
  type TierConnection,
  type TierListener,
  type TierMessage,
  TierRefusal,
  type TierSpace,
} from "./tier.ts"

export interface ReachTerms {
  readonly tier: Tier
  readonly space: TierSpace
  readonly clock: TierClock
  readonly random: () => number
  readonly readBudget: number
  readonly writeBudget: number
  readonly staleness: number
}

/** What becomes known without having been asked for. */
export interface ReachEvents {
  onMessage(message: TierMessage): void
  /** Messages are missing; or, the first time, may have been missed before it all began. */
  onGap(first: boolean): void
  onLate(operation: string): void
  onError(error: unknown, operation: string, key: string | undefined): void
  /** The state may be another. */
  onState(): void
}

/** A question that is not asked at all: nobody is to blame, and nobody has to be told. */
export const UNREACHABLE: Error = /* @__PURE__ */ new Error("the second tier cannot be reached")

/**
 * How a space of the second tier can be reached: over two connections, as long as a heartbeat shows
 * that they are good for something, and not while a breaker is open.
 */
export class Reach {
  readonly breaker: Breaker
  private readonly terms: ReachTerms
  private readonly events: ReachEvents
  private readonly data: Link<TierConnection>
  private readonly bus: Link<TierListener>
  private readonly proof: Proof
  private readonly heartbeat: Heartbeat
  /** When the first attempts to connect have ended, and shown what they are good for. */
  private readonly ready: Promise<unknown>
  private hasBegun: boolean
  private isClosed: boolean
  /** How many changes wait for that; none may overtake them. */
  private waiting: number
  /** Stands for the listener whose messages count. */
  private hearing: object | undefined

  /** `onAnswer` is told of each answered beat, and how many milliseconds that took. */
  constructor(terms: ReachTerms, events: ReachEvents, onAnswer: (took: number) => Promise<void>) {
    const { tier, space, clock, random, writeBudget, staleness } = terms
    this.terms = terms
    this.events = events
    this.breaker = new Breaker()
    this.hasBegun = false
    this.isClosed = false
    this.waiting = 0
    this.hearing = undefined
    this.proof = new Proof((first) => events.onGap(first))
    const link = <C extends TierListener>(operation: string, connect: () => Promise<C>) =>
      new Link<C>({
        clock,
        random,
        budget: writeBudget,
        connect,
        onOpen: () => this.heartbeat.beat(),
        onLost: () => events.onState(),
        onError: (error) => events.onError(error, operation, undefined),
      })
    this.data = link("connect", () => tier.connect(space))
    this.bus = link("listen", () => this.listen())
    const { data, bus, proof } = this
    this.heartbeat = new Heartbeat({
      clock,
      every: staleness / 4,
      data,
      bus,
      proof,
      onAnswer,
      onError: (error) => {
        if (!(error instanceof TierRefusal)) this.breaker.record(false)
        events.onError(error, "pulse", undefined)
      },
      onBeat: () => events.onState(),
    })
    this.ready = Promise.all([data.open(), bus.open()]).then(() => this.heartbeat.beat())
    this.ready.then(() => {
      this.hasBegun = true
    })
    this.heartbeat.start()
  }

  /** When it was last certain that no message was missing. */
  get provenAt(): number {
    return this.proof.provenAt
  }

  /** Whether there is no point in asking. */
  get isDown(): boolean {
    return this.breaker.open || this.data.current === undefined
  }

  /** The connection for questions, if there is one now. */
  get connection(): TierConnection | undefined {
    return this.data.current
  }

  /**
   * Until the first attempts to connect have ended; at most as long as for an answer. What is asked
   * for before would be loaded, by every process that starts, and could not be kept: who has not
   * heard what was told meanwhile knows nothing.
   */
  begin(): Promise<unknown> | undefined {
    if (this.hasBegun) return undefined
    const { clock, readBudget } = this.terms
    return inTime(clock, readBudget, this.ready, () => UNREACHABLE).catch(() => {
      this.hasBegun = true
    })
  }

  /** Asks something. Rejects if the tier cannot be asked, refuses, or does not answer in time. */
  async ask<T>(
    operation: string,
    budget: number,
    act: (connection: TierConnection) => Promise<T>,
    key?: string,
  ): Promise<T> {
    const { breaker, events } = this
    if (breaker.open) throw UNREACHABLE
    const late = () => {
      events.onLate(operation)
      return lateness(operation, budget)
    }
    try {
      const answer = await inTime(this.terms.clock, budget, this.over(act), late)
      breaker.record(true)
      return answer
    } catch (error) {
      // What is under way when it is closed fails, which is nobody's fault.
      if (error === UNREACHABLE || this.isClosed) throw error
      breaker.record(error instanceof TierRefusal)
      events.onError(error, operation, key)
      events.onState()
      throw error
    }
  }

  /**
   * Asks for a change. Those that are made before it has begun wait for that, and for each other: a
   * change must not overtake one that was made before.
   */
  async change<T>(
    operation: string,
    budget: number,
    act: (connection: TierConnection) => Promise<T>,
    key: string | undefined,
  ): Promise<T> {
    if (!this.hasBegun || this.waiting > 0) {
      this.waiting++
      const { clock } = this.terms
      await inTime(clock, budget, this.ready, () => UNREACHABLE).finally(() => this.waiting--)
    }
    return this.ask(operation, budget, act, key)
  }

  close(): void {
    this.isClosed = true
    this.hearing = undefined
    this.heartbeat.close()
    this.data.close()
    this.bus.close()
  }

  private listen(): Promise<TierListener> {
    const { tier, space } = this.terms
    const hearing = {}
    this.hearing = hearing
    this.proof.begin()
    return tier.listen(space, (message) => {
      if (this.hearing !== hearing) return
      if (message.kind !== "ended") this.proof.hear(message)
      this.events.onMessage(message)
    })
  }

  /** A question is asked over the connection that there is now. */
  private async over<T>(act: (connection: TierConnection) => Promise<T>): Promise<T> {
    const { current } = this.data
    if (!current) throw UNREACHABLE
    return act(current)
  }
}

export function lateness(operation: string, budget: number): CacheError {
  return new CacheError("TIMEOUT", `\`${operation}\` took more than ${budget} ms`)
}
