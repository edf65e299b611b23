import { machineClock, type TierClock } from "./clock.ts"
import { Faults, type MemoryStep } from "./memory-faults.ts"
import { MemorySpace } from "./memory-space.ts"
import {
  type Tier,
  type TierConnection,
  type TierListener,
  type TierMessage,
  TierRefusal,
  type TierSpace,
} from "./tier.ts"

export interface MemoryTierOptions {
  /** @default machineClock */
  readonly clock?: TierClock | undefined
  /**
   * The most tags of a space whose invalidation is remembered.
   *
   * @default 10_000
   */
  readonly tags?: number | undefined
  /** Called before each step, which waits for its promise: so a test decides in which order. */
  readonly gate?: ((step: MemoryStep) => Promise<void> | undefined) | undefined
  /**
   * Makes a space.
   *
   * @default (terms) => new MemorySpace(terms)
   */
  readonly space?:
    | ((terms: ConstructorParameters<typeof MemorySpace>[0]) => MemorySpace)
    | undefined
}

/**
 * A second tier in the memory of one process, for tests: caches made with the same one share it as
 * processes share a server, and `faults` does to them what servers and networks do.
 */
export class MemoryTier implements Tier {
  readonly faults: Faults
  private readonly clock: TierClock
  private readonly tags: number
  private readonly make: (terms: ConstructorParameters<typeof MemorySpace>[0]) => MemorySpace
  private readonly spaces: Map<string, MemorySpace>
  private readonly listeners: Map<string, Set<MemoryListener>>

  constructor({ clock = machineClock, tags = 10_000, gate, space }: MemoryTierOptions = {}) {
    this.clock = clock
    this.tags = tags
    this.faults = new Faults(clock, gate)
    this.make = space ?? ((terms) => new MemorySpace(terms))
    this.spaces = new Map()
    this.listeners = new Map()
  }

  /** What is in it. */
  space(name: string): MemorySpace {
    const known = this.spaces.get(name)
    if (known) return known
    const { clock, tags } = this
    const tell = (message: TierMessage) => {
      for (const listener of this.listeners.get(name) ?? []) listener.tell(message)
    }
    const space = this.make({ clock, tags, tell })
    this.spaces.set(name, space)
    return space
  }

  async connect({ name, origin }: TierSpace): Promise<TierConnection> {
    await this.faults.pass({ kind: "connect", origin, role: "data" })
    const space = this.space(name)
    const connection = new MemoryConnection(space, origin, this.faults)
    space.claim(origin, connection)
    return connection
  }

  async listen(
    { name, origin }: TierSpace,
    hear: (message: TierMessage) => void,
  ): Promise<TierListener> {
    await this.faults.pass({ kind: "connect", origin, role: "bus" })
    const all = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, all)
    const listener = new MemoryListener(origin, hear, this.faults, () => all.delete(listener))
    all.add(listener)
    return listener
  }
}

/** What is common to connections of both kinds. */
abstract class Ending implements TierListener {
  protected readonly origin: string
  protected readonly faults: Faults
  protected ended: boolean
  private listener: (() => void) | undefined

  constructor(origin: string, role: "bus" | "data", faults: Faults) {
    this.origin = origin
    this.faults = faults
    this.ended = false
    this.listener = undefined
    faults.add(role, this)
  }

  onClose(listener: () => void): void {
    this.listener = listener
  }

  /** The other side has ended it. */
  lose(): void {
    if (this.ended) return
    this.close()
    this.listener?.()
  }

  close(): void {
    this.ended = true
    this.faults.remove(this)
  }
}

class MemoryListener extends Ending {
  private readonly hear: (message: TierMessage) => void
  private readonly onEnd: () => void
  /** Messages come in order. */
  private last: Promise<unknown>

  constructor(
    origin: string,
    hear: (message: TierMessage) => void,
    faults: Faults,
    onEnd: () => void,
  ) {
    super(origin, "bus", faults)
    this.hear = hear
    this.onEnd = onEnd
    this.last = Promise.resolve()
  }

  tell(message: TierMessage): void {
    const { origin } = this
    this.last = this.last
      .then(() => this.faults.pass({ kind: "tell", origin, role: "bus" }))
      .then(() => {
        if (!this.ended) this.hear(message)
      })
  }

  override close(): void {
    super.close()
    this.onEnd()
  }
}

class MemoryConnection extends Ending implements TierConnection {
  private readonly space: MemorySpace
  /** Questions are taken in order, and so are answers. */
  private requests: Promise<unknown>
  private replies: Promise<unknown>
  private readonly waiting: Set<(error: Error) => void>

  constructor(space: MemorySpace, origin: string, faults: Faults) {
    super(origin, "data", faults)
    this.space = space
    this.requests = Promise.resolve()
    this.replies = Promise.resolve()
    this.waiting = new Set()
  }

  read: TierConnection["read"] = (...args) => this.ask("read", () => this.space.read(...args))
  store: TierConnection["store"] = (...args) => this.ask("store", () => this.space.store(...args))
  write: TierConnection["write"] = (...args) =>
    this.ask("write", () => this.space.write(this.origin, this, ...args))
  remove: TierConnection["remove"] = (...args) =>
    this.ask("remove", () => this.space.remove(this.origin, ...args))
  invalidate: TierConnection["invalidate"] = (...args) =>
    this.ask("invalidate", () => this.space.invalidate(this.origin, ...args))
  clear: TierConnection["clear"] = () => this.ask("clear", () => this.space.clear(this.origin))
  renew: TierConnection["renew"] = (...args) => this.ask("renew", () => this.space.renew(...args))
  release: TierConnection["release"] = (...args) =>
    this.ask("release", () => this.space.release(...args))
  pulse: TierConnection["pulse"] = () =>
    this.ask("pulse", () => this.space.pulse(this.origin, this))

  override close(): void {
    super.close()
    for (const reject of this.waiting) reject(new Error("the connection has ended"))
    this.waiting.clear()
  }

  private ask<T>(operation: string, act: () => T): Promise<T> {
    const { origin, faults } = this
    if (this.ended) return Promise.reject(new Error("the connection has ended"))
    // What was sent is executed even if the connection ends meanwhile.
    const executed = this.requests
      .then(() => faults.pass({ kind: "execute", origin, role: "data", operation }))
      .then(() => {
        const refusal = faults.refusal(operation)
        return refusal === undefined ? { value: act() } : { error: new TierRefusal(refusal) }
      })
    this.requests = executed
    const answered = Promise.all([this.replies, executed]).then(
      ([, answer]) =>
        faults.pass({ kind: "answer", origin, role: "data", operation })?.then(() => answer) ??
        answer,
    )
    this.replies = answered
    return new Promise((resolve, reject) => {
      this.waiting.add(reject)
      answered.then((answer) => {
        if (!this.waiting.delete(reject)) return
        if ("error" in answer) reject(answer.error)
        else resolve(answer.value)
      }, reject)
    })
  }
}
