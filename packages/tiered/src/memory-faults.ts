import type { TierClock } from "./clock.ts"

/** Something that happens between a cache and a tier. */
export interface MemoryStep {
  /** A connection is made; a question takes effect, or is answered; a message is heard. */
  readonly kind: "connect" | "execute" | "answer" | "tell"
  readonly role: "bus" | "data"
  readonly origin: string
  /** What was asked for. */
  readonly operation?: string | undefined
}

interface Connection {
  lose(): void
}

/** What goes wrong between caches and a {@link MemoryTier}, as a script of a test says. */
export class Faults {
  private readonly clock: TierClock
  private readonly gate: ((step: MemoryStep) => Promise<void> | undefined) | undefined
  private readonly connections: Map<Connection, "bus" | "data">
  private holds: ((step: MemoryStep) => boolean) | undefined
  private held: (() => void)[]
  private delay: number
  private refused: ReadonlySet<string>
  private isClosed: boolean

  constructor(clock: TierClock, gate?: (step: MemoryStep) => Promise<void> | undefined) {
    this.clock = clock
    this.gate = gate
    this.connections = new Map()
    this.holds = undefined
    this.held = []
    this.delay = 0
    this.refused = new Set()
    this.isClosed = false
  }

  /** From now on the steps for which `which` says so wait until `resume`, and those behind them. */
  hold(which: (step: MemoryStep) => boolean = () => true): void {
    this.holds = which
  }

  /** What was held goes on, unless `lost`: then it never does. Nothing is held any more. */
  resume(lost = false): void {
    const { held } = this
    this.holds = undefined
    this.held = []
    if (!lost) for (const go of held) go()
  }

  /** From now on every step takes so many milliseconds. */
  slow(delay: number): void {
    this.delay = delay
  }

  /** From now on the tier answers these operations with an error: `"store"`, `"read"` … */
  refuse(...operations: string[]): void {
    this.refused = new Set(operations)
  }

  /** From now on no connection can be made, or can again. */
  closed(isClosed: boolean): void {
    this.isClosed = isClosed
  }

  /** Ends the connections of a kind, or all. */
  cut(role?: "bus" | "data"): void {
    for (const [connection, each] of this.connections) {
      if (role === undefined || role === each) connection.lose()
    }
  }

  /** When a step may happen; at once if nothing is returned. */
  pass(step: MemoryStep): Promise<void> | undefined {
    const held = this.holds?.(step)
    if (step.kind === "connect" && this.isClosed) return Promise.reject(new Error("refused"))
    if (!held && this.delay === 0) return this.gate?.(step)
    return this.later(held === true).then(() => this.gate?.(step))
  }

  /** What the tier answers instead, if it refuses. */
  refusal(operation: string): string | undefined {
    return this.refused.has(operation) ? `it cannot ${operation} now` : undefined
  }

  /** How many connections there are. */
  get count(): number {
    return this.connections.size
  }

  add(role: "bus" | "data", connection: Connection): void {
    this.connections.set(connection, role)
  }

  remove(connection: Connection): void {
    this.connections.delete(connection)
  }

  private later(held: boolean): Promise<void> {
    return new Promise((resolve) => {
      if (held) this.held.push(resolve)
      else this.clock.after(this.delay, resolve)
    })
  }
}
