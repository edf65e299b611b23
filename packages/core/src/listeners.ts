import { checkFunction, checkObject } from "./errors.ts"
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

/** Events by their index in there. */
type Event = 0 | 1 | 2 | 3 | 4
export const HIT = 0
export const MISS = 1
export const LOAD = 2
export const LOAD_ERROR = 3
export const REMOVAL = 4

/** What has happened and is still to be told of. */
interface News {
  event: Event
  key: unknown
  /** Its value, or the error. */
  value: unknown
  /** How long it took, or the cause. */
  detail: unknown
}

type Handler = (...details: unknown[]) => unknown

interface Added {
  observer: object
  /** Those that it has, by event. */
  handlers: readonly (Handler | undefined)[]
}

/** Those who listen to the events of one cache. Their errors never reach who used the cache. */
export class Listeners<K, V> {
  readonly report: (error: unknown) => void
  private added: readonly Added[]
  /** What is to be told of. */
  pending: News[]

  constructor(onError: ((error: unknown) => unknown) | undefined) {
    this.report = reporter(onError)
    this.added = []
    this.pending = []
  }

  /** Returns the function that removes the observer. */
  add(observer: CacheObserver<K, V>): () => void {
    checkObject("INVALID_ARGUMENT", "observer", observer)
    const handlers = EVENTS.map((event) => {
      const handler = observer[event]
      if (handler !== undefined) checkFunction("INVALID_ARGUMENT", event, handler)
      return handler as Handler | undefined
    })
    checkEvents(observer)
    // A new object for each time: the same observer may be added twice, and each removed once.
    const added = { observer, handlers }
    this.added = [...this.added, added]
    return () => {
      this.added = this.added.filter((other) => other !== added)
    }
  }

  /** Whether anybody listens to one of the events. */
  hear(...events: Event[]): boolean {
    return this.added.some(({ handlers }) => events.some((event) => handlers[event] !== undefined))
  }

  /** Takes down what {@link Listeners.settle} is to tell of. */
  note(event: Event, key: unknown, value?: unknown, detail?: unknown): void {
    const news = { event, key, value, detail }
    // An array that grows has room for many more than there mostly are.
    if (this.pending.length === 0) this.pending = [news]
    else this.pending.push(news)
  }

  /** Tells of all there is. If the stack is too full for that, what is left waits. */
  settle(): void {
    const { pending } = this
    this.pending = []
    let told = 0
    try {
      while (told < pending.length) {
        const news = pending[told++]!
        const { added } = this
        for (let i = 0; i < added.length; i++) {
          // One that was told before may have ended this one.
          if (i > 0 && !this.added.includes(added[i]!)) continue
          const { observer, handlers } = added[i]!
          const handler = handlers[news.event]
          try {
            if (handler !== undefined) heed(call(handler, observer, news), this.report)
          } catch (error) {
            this.report(error)
          }
        }
      }
    } catch (error) {
      this.pending = pending.slice(told).concat(this.pending)
      throw error
    }
  }
}

function call(handler: Handler, observer: object, { event, key, value, detail }: News): unknown {
  if (event === MISS) return handler.call(observer, key)
  if (event === HIT) return handler.call(observer, key, value)
  return handler.call(observer, key, value, detail)
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
  const others = names.filter((name) => !events.includes(name))
  const [first] = others.length < names.length ? [] : others
  const wrong = others.find((name) => name.startsWith("on")) ?? first
  if (wrong !== undefined) throw unknownName(wrong, "event", events)
}
