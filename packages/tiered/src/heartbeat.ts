import { CacheError } from "@evictionary/core"
import { inTime, type TierClock } from "./clock.ts"
import type { Link } from "./link.ts"
import type { Proof } from "./proof.ts"
import { type TierConnection, type TierListener, type TierPulse, TierRefusal } from "./tier.ts"

/** So many beats without an answer: the path is dead, though nobody has said so. */
const SILENT = 3

/** Milliseconds that a message may come after an answer that knew of it. */
const BEHIND = 100

export interface HeartbeatTerms {
  readonly clock: TierClock
  /** Milliseconds from one beat to the next, which is what one may take, too. */
  readonly every: number
  readonly data: Link<TierConnection>
  readonly bus: Link<TierListener>
  readonly proof: Proof
  /** A beat was answered, after so many milliseconds. */
  onAnswer(took: number): Promise<void>
  onError(error: unknown): void
  /** Something may have changed, be it that time has passed. */
  onBeat(): void
}

/**
 * Shows again and again that the tier answers and that no message is missing; and replaces
 * connections that are good for nothing any more.
 */
export class Heartbeat {
  private readonly terms: HeartbeatTerms
  private unanswered: number
  private cancel: (() => void) | undefined
  private closed: boolean

  constructor(terms: HeartbeatTerms) {
    this.terms = terms
    this.unanswered = 0
    this.closed = false
  }

  start(): void {
    if (this.closed) return
    const { clock, every } = this.terms
    this.cancel = clock.after(every, () => {
      this.beat()
      this.start()
    })
  }

  close(): void {
    this.closed = true
    this.cancel?.()
  }

  async beat(): Promise<void> {
    const { clock, every, data, bus, proof, onAnswer, onError, onBeat } = this.terms
    const connection = data.current
    const listener = bus.current
    const asked = clock.now()
    const before = proof.now()
    onBeat()
    if (!connection) return
    try {
      const late = () => new CacheError("TIMEOUT", `\`pulse\` took more than ${every} ms`)
      const pulse = await inTime(clock, every, connection.pulse(), late)
      if (this.closed || data.current !== connection) return
      this.unanswered = 0
      data.settle()
      if (listener && listener === bus.current) {
        if (proof.compare(pulse, asked, before)) bus.settle()
        else this.lookAgain(pulse, asked, listener)
      }
      if (!pulse.current) data.drop()
      else await onAnswer(clock.now() - asked)
    } catch (error) {
      if (this.closed || data.current !== connection) return
      onError(error)
      // It has said no: that is an answer.
      if (error instanceof TierRefusal) this.unanswered = 0
      else if (++this.unanswered >= SILENT) this.replace()
    }
    onBeat()
  }

  /** The tier has told more than was heard here: it may be under way. */
  private lookAgain(pulse: TierPulse, asked: number, listener: TierListener): void {
    const { clock, every, bus, proof, onBeat } = this.terms
    clock.after(Math.min(every / 2, BEHIND), () => {
      if (this.closed || bus.current !== listener) return
      // Only another listener can be trusted then.
      if (proof.owes(pulse, asked)) bus.drop()
      onBeat()
    })
  }

  /** Half open, for all that is known: only new connections help. */
  private replace(): void {
    const { data, bus } = this.terms
    this.unanswered = 0
    data.drop()
    if (bus.current) bus.drop()
  }
}
