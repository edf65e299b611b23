import { CacheError } from "@evictionary/core"
import { inTime, type TierClock } from "./clock.ts"
import type { TierListener } from "./tier.ts"

/** Milliseconds until another attempt: doubled each time, and shortened or prolonged by chance. */
const SOON = 50
const LATE = 2_000

export interface LinkTerms<C> {
  readonly clock: TierClock
  readonly random: () => number
  /** How many milliseconds an attempt may take. */
  readonly budget: number
  connect(): Promise<C>
  onOpen(): void
  onLost(): void
  onError(error: unknown): void
}

/**
 * Keeps a connection open. Connections live once: one that ends, or is dropped, is replaced. An
 * attempt may hang like any question, so it has a budget; a connection that comes after it is
 * closed.
 */
export class Link<C extends TierListener> {
  /** The connection, if there is one now. */
  current: C | undefined
  private readonly terms: LinkTerms<C>
  /** Which attempt is the one that counts. */
  private attempt: number
  private backoff: number
  private cancel: (() => void) | undefined
  private closed: boolean

  constructor(terms: LinkTerms<C>) {
    this.terms = terms
    this.current = undefined
    this.attempt = 0
    this.backoff = SOON
    this.closed = false
  }

  async open(): Promise<void> {
    const { clock, budget, connect, onOpen, onError } = this.terms
    const attempt = ++this.attempt
    const opening = (async () => connect())()
    try {
      const late = () => new CacheError("TIMEOUT", `\`connect\` took more than ${budget} ms`)
      const connection = await inTime(clock, budget, opening, late)
      if (this.attempt !== attempt) return connection.close()
      this.current = connection
      connection.onClose(() => {
        if (this.current === connection) this.drop()
      })
      onOpen()
    } catch (error) {
      opening.then(
        (connection) => connection.close(),
        () => {},
      )
      if (this.attempt !== attempt) return
      onError(error)
      this.again()
    }
  }

  /** The connection is good for something: if it is lost, the next one may come soon. */
  settle(): void {
    this.backoff = SOON
  }

  /** Gives the connection up, and makes another. */
  drop(): void {
    const { current } = this
    this.current = undefined
    current?.close()
    this.terms.onLost()
    this.again()
  }

  close(): void {
    const { current } = this
    this.closed = true
    this.attempt++
    this.current = undefined
    this.cancel?.()
    current?.close()
  }

  private again(): void {
    this.attempt++
    this.cancel?.()
    if (this.closed) return
    const { clock, random } = this.terms
    const delay = this.backoff * (0.5 + random())
    this.backoff = Math.min(this.backoff * 2, LATE)
    this.cancel = clock.after(delay, () => this.open())
  }
}
