import { checkFunction, invalid } from "./errors.ts"

/**
 * Why an entry left: the strategy chose it (`"evicted"`), its time was up (`"expired"`), its key
 * was deleted (`"deleted"`), it got another value (`"replaced"`), or the whole cache was cleared
 * (`"cleared"`).
 */
export type RemovalCause = "cleared" | "deleted" | "evicted" | "expired" | "replaced"

/**
 * Told of each entry that leaves, once, when the cache has finished the operation: it may use the
 * cache as it likes. If it throws, the operation succeeds all the same and the error goes to
 * `onListenerError`.
 */
export type RemovalListener<K, V> = (key: K, value: V, cause: RemovalCause) => void

/**
 * Watches a cache from outside, on the terms of {@link RemovalListener}. A cache that nobody
 * watches spends no time on it.
 */
export interface CacheObserver<K, V> {
  /** A lookup that counted found this. */
  readonly onHit?: ((key: K, value: V) => void) | undefined
  /** A lookup that counted found nothing. */
  readonly onMiss?: ((key: K) => void) | undefined
  /** `getOrInsertComputed` has computed a value, in so many milliseconds by the cache's clock. */
  readonly onLoad?: ((key: K, value: V, duration: number) => void) | undefined
  /** What `getOrInsertComputed` called has thrown `error`. */
  readonly onLoadError?: ((key: K, error: unknown, duration: number) => void) | undefined
  /** An entry has left. */
  readonly onRemoval?: RemovalListener<K, V> | undefined
}

const EVENTS = ["onHit", "onMiss", "onLoad", "onLoadError", "onRemoval"] as const
type EventName = (typeof EVENTS)[number]

/** Those who listen to the events of one cache. Their errors never reach who used the cache. */
export class Listeners<K, V> {
  private readonly onError: (error: unknown) => void
  private added: readonly { observer: CacheObserver<K, V> }[]

  constructor(onError: (error: unknown) => void = reportUncaught) {
    this.onError = onError
    this.added = []
  }

  /** Returns the function that removes the observer. */
  add(observer: CacheObserver<K, V>): () => void {
    if (typeof observer !== "object" || observer === null) {
      throw invalid("INVALID_ARGUMENT", "observer", "an object", observer)
    }
    for (const event of EVENTS) {
      if (observer[event] !== undefined) checkFunction("INVALID_ARGUMENT", event, observer[event])
    }
    // A new object for each time: the same observer may be added twice, and each removed once.
    const added = { observer }
    this.added = [...this.added, added]
    return () => {
      this.added = this.added.filter((other) => other !== added)
    }
  }

  /** Whether anybody listens to one of the events. */
  hear(...events: EventName[]): boolean {
    return this.added.some(({ observer }) => events.some((event) => observer[event] !== undefined))
  }

  tell<Event extends EventName>(
    event: Event,
    ...details: Parameters<Required<CacheObserver<K, V>>[Event] & object>
  ): void {
    const { added } = this
    for (let i = 0; i < added.length; i++) {
      // One that was told before may have ended this one.
      if (i > 0 && !this.added.includes(added[i]!)) continue
      try {
        const observer = added[i]!.observer as Record<Event, (...details: unknown[]) => void>
        observer[event]?.(...details)
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
export function reportUncaught(error: unknown): void {
  const host = globalThis as { reportError?: (error: unknown) => void }
  if (host.reportError !== undefined) host.reportError(error)
  else
    Promise.resolve().then(() => {
      throw error
    })
}
