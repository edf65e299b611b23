/**
 * Why an entry left: the strategy chose it (`"evicted"`), its key was deleted (`"deleted"`), it
 * got another value (`"replaced"`), or the whole cache was cleared (`"cleared"`).
 */
export type RemovalCause = "cleared" | "deleted" | "evicted" | "replaced"

/**
 * Told of each entry that leaves, once, when the cache has finished the operation: it may use the
 * cache as it likes. If it throws, the operation succeeds all the same and the error goes to
 * `onListenerError`.
 */
export type RemovalListener<K, V> = (key: K, value: V, cause: RemovalCause) => void

/** Tells several listeners of removals, and keeps their errors away from the caller. */
export class Removals<K, V> {
  private readonly listeners: readonly RemovalListener<K, V>[]
  private readonly onError: (error: unknown) => void

  constructor(
    listeners: readonly RemovalListener<K, V>[],
    onError: (error: unknown) => void = reportUncaught,
  ) {
    this.listeners = listeners
    this.onError = onError
  }

  notify(key: K, value: V, cause: RemovalCause): void {
    for (const listener of this.listeners) {
      try {
        listener(key, value, cause)
      } catch (error) {
        this.report(error)
      }
    }
  }

  private report(error: unknown): void {
    try {
      this.onError(error)
    } catch (errorOfHandler) {
      reportUncaught(errorOfHandler)
    }
  }
}

/** As an error that nobody caught: seen by the host, not by the caller. */
function reportUncaught(error: unknown): void {
  const host = globalThis as { reportError?: (error: unknown) => void }
  if (host.reportError !== undefined) host.reportError(error)
  else
    Promise.resolve().then(() => {
      throw error
    })
}
