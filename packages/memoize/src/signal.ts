import { CacheError } from "@evictionary/core"

/** What is used of an `AbortSignal`. */
export interface SignalLike {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: "abort", listener: () => void): void
  removeEventListener(type: "abort", listener: () => void): void
}

/** The platform's `AbortSignal`, where its types are there. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : SignalLike

/** The platform's `AbortController`. */
interface Controller {
  readonly signal: Signal
  abort(reason?: unknown): void
}

/**
 * Whether a run has been given up. The platform's controller is made only for whoever asks for its
 * signal: most runs never do, and not every platform has one.
 */
export class Abandonment implements SignalLike {
  aborted: boolean
  reason: unknown
  private readonly listeners: Set<() => void>
  private controller: Controller | undefined

  constructor() {
    this.aborted = false
    this.listeners = new Set()
  }

  /** @throws {CacheError} `UNSUPPORTED` if the platform has no `AbortController`. */
  get signal(): Signal {
    if (!this.controller) {
      this.controller = createController()
      if (this.aborted) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.listeners.add(listener)
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.listeners.delete(listener)
  }

  abort(reason: unknown): void {
    this.aborted = true
    this.reason = reason
    this.controller?.abort(reason)
    for (const listener of this.listeners) listener()
  }
}

function createController(): Controller {
  const { AbortController } = globalThis as unknown as { AbortController?: new () => Controller }
  if (AbortController) return new AbortController()
  throw new CacheError("UNSUPPORTED", "`signal` needs `AbortController`, which is not there")
}
