/** Somebody who waits for the result. */
interface Waiter<V> {
  readonly resolve: (value: V) => void
  readonly reject: (error: unknown) => void
  /** Waits no longer. */
  leave(): void
}

/**
 * One load of a key, shared by all in this process who want it. Who leaves is rejected and nobody
 * else is; when the last has left, the load itself is aborted, unless it goes on for others to come.
 */
export class Flight<V> {
  /** It renews a value that callers get meanwhile: it goes on though nobody waits. */
  renews: boolean
  /** Made when somebody asks for its signal. */
  private controller: AbortController | undefined
  private reason: { readonly reason: unknown } | undefined
  private readonly waiters: Set<Waiter<V>>
  private readonly onAbort: () => void

  constructor(renews: boolean, onAbort: () => void) {
    this.renews = renews
    this.waiters = new Set()
    this.onAbort = onAbort
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController()
    if (this.reason) this.controller.abort(this.reason.reason)
    return this.controller.signal
  }

  get isAborted(): boolean {
    return this.reason !== undefined
  }

  get isAwaited(): boolean {
    return this.waiters.size > 0
  }

  /** Its result, for one caller. */
  join(signal?: AbortSignal): Promise<V> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const leave = () => {
        this.waiters.delete(waiter)
        signal?.removeEventListener("abort", quit)
      }
      const quit = () => {
        leave()
        reject(signal?.reason)
        if (this.waiters.size > 0 || this.renews) return
        this.reason = { reason: signal?.reason }
        this.controller?.abort(signal?.reason)
        this.onAbort()
      }
      const waiter = { resolve, reject, leave }
      this.waiters.add(waiter)
      signal?.addEventListener("abort", quit)
    })
  }

  /** Gives all who wait a value. It may go on, and renew that. */
  resolve(value: V): void {
    for (const waiter of this.waiters) {
      waiter.leave()
      waiter.resolve(value)
    }
  }

  /** Returns whether anybody has got the error. */
  reject(error: unknown): boolean {
    const { isAwaited } = this
    for (const waiter of this.waiters) {
      waiter.leave()
      waiter.reject(error)
    }
    return isAwaited
  }
}
