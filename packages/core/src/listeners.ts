import { checkFunction, invalid } from "./errors.ts"
import { unknownName } from "./options.ts"
import { heed, reporter } from "./reporter.ts"

/**
 * Why an entry left: the strategy chose it (`"evicted"`), its time was up (`"expired"`), its key
 * was deleted (`"deleted"`), it got another value (`"replaced"`), or the whole cache was cleared
 * (`"cleared"`).
 */
export type RemovalCause = "cleared" | "deleted" | "evicted" | "expired" | "replaced"

/**
 * Told of each entry that leaves, once, when the cache has finished the operation: it may use the
 * cache as it likes. If it throws, or returns a promise that rejects, the operation succeeds all
 * the same and the error goes to `onListenerError`.
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

type Handlers<K, V> = { [Event in EventName]?: CacheObserver<K, V>[Event] }

/** Those who listen to the events of one cache. Their errors never reach who used the cache. */
export class Listeners<K, V> {
  readonly report: (error: unknown) => void
  private added: readonly { observer: CacheObserver<K, V>; handlers: Handlers<K, V> }[]
  /** How often it has begun to tell of something. */
  begun: number

  constructor(onError: ((error: unknown) => unknown) | undefined) {
    this.report = reporter(onError)
    this.added = []
    this.begun = 0
  }

  /** Returns the function that removes the observer. */
  add(observer: CacheObserver<K, V>): () => void {
    if (typeof observer !== "object" || observer === null) {
      throw invalid("INVALID_ARGUMENT", "observer", "an object", observer)
    }
    const handlers: Handlers<K, V> = {}
    for (const event of EVENTS) {
      const handler = observer[event]
      if (handler === undefined) continue
      checkFunction("INVALID_ARGUMENT", event, handler)
      handlers[event] = handler as never
    }
    checkEvents(observer)
    // A new object for each time: the same observer may be added twice, and each removed once.
    const added = { observer, handlers }
    this.added = [...this.added, added]
    return () => {
      this.added = this.added.filter((other) => other !== added)
    }
  }

  /** Whether anybody listens to one of the events. */
  hear(...events: EventName[]): boolean {
    return this.added.some(({ handlers }) => events.some((event) => event in handlers))
  }

  tell<Event extends EventName>(
    event: Event,
    ...details: Parameters<Required<CacheObserver<K, V>>[Event] & object>
  ): void {
    this.begun++
    const { added } = this
    for (let i = 0; i < added.length; i++) {
      // One that was told before may have ended this one.
      if (i > 0 && !this.added.includes(added[i]!)) continue
      const { observer, handlers } = added[i]!
      const handler = handlers[event] as ((...details: unknown[]) => unknown) | undefined
      try {
        if (handler !== undefined) heed(handler.call(observer, ...details), this.report)
      } catch (error) {
        this.report(error)
      }
    }
  }
}

/**
 * Throws if an observer was meant to be told of what is no event: a member has a name like one, or
 * there are members and none is an event. Other members are the observer's own affair.
 */
function checkEvents(observer: object): void {
  const events: readonly string[] = EVENTS
  const names: string[] = []
  for (let of = observer; of !== null && of !== Object.prototype; of = Object.getPrototypeOf(of)) {
    names.push(...Object.getOwnPropertyNames(of))
  }
  const [first] = names.some((name) => events.includes(name)) ? [] : names
  const wrong = names.find((name) => name.startsWith("on") && !events.includes(name)) ?? first
  if (wrong !== undefined) throw unknownName(wrong, "event", events)
}
