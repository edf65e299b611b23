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
  /** An entry has come under a key that had none. */
  readonly onInsert?: ((key: K, value: V) => void) | undefined
  /** A value has come in place of `previous`; of that, `onRemoval` is told before. */
  readonly onUpdate?: ((key: K, value: V, previous: V) => void) | undefined
  /** `getOrInsertComputed` has computed a value, in so many milliseconds by the cache's clock. */
  readonly onLoad?: ((key: K, value: V, duration: number) => void) | undefined
  /** What `getOrInsertComputed` called has thrown `error`. */
  readonly onLoadError?: ((key: K, error: unknown, duration: number) => void) | undefined
  /** An entry has left. */
  readonly onRemoval?: RemovalListener<K, V> | undefined
}

const EVENTS = [
  "onHit",
  "onMiss",
  "onInsert",
  "onUpdate",
  "onLoad",
  "onLoadError",
  "onRemoval",
] as const

/** Events by their index in there. */
export type Event = 0 | 1 | 2 | 3 | 4 | 5 | 6
export const HIT = 0
export const MISS = 1
export const INSERT = 2
export const UPDATE = 3
export const LOAD = 4
export const LOAD_ERROR = 5
export const REMOVAL = 6

/** What has happened and is still to be told of, and what happened next. */
interface News {
  event: Event
  key: unknown
  value: unknown
  /** A cause, a duration or an earlier value, as the event has it. */
  more: unknown
  next: News | undefined
}

type Handler = (...details: unknown[]) => unknown

interface Added {
  readonly observer: object
  /** Those that it has, by event. */
  readonly handlers: readonly (Handler | undefined)[]
  isOver: boolean
}

/** Those who listen to the events of one cache. Their errors never reach who used the cache. */
export class Listeners<K, V> {
  readonly report: (error: unknown) => void
  private added: readonly Added[]
  /** What is to be told of is linked from here to `last`, if there is any. */
  first: News | undefined
  private last: News | undefined
  /** How much has been taken down, and how much of it told of. */
  private noted: number
  private told: number
  /** Is used again, since one object that stays costs much less than one for each event. */
  private spare: News | undefined

  constructor(onError: ((error: unknown) => unknown) | undefined) {
    this.report = reporter(onError)
    this.added = []
    this.first = undefined
    this.last = undefined
    this.noted = 0
    this.told = 0
    this.spare = undefined
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
    const added = { observer, handlers, isOver: false }
    this.added = [...this.added, added]
    return () => {
      added.isOver = true
      this.added = this.added.filter((other) => other !== added)
    }
  }

  /** Whether anybody listens to one of the events. */
  hear(...events: Event[]): boolean {
    return this.added.some(({ handlers }) => events.some((event) => handlers[event] !== undefined))
  }

  /** Takes down what {@link Listeners.settle} is to tell of. */
  note(event: Event, key: unknown, value?: unknown, more?: unknown): void {
    const news = this.spare ?? ({} as News)
    this.spare = undefined
    news.event = event
    news.key = key
    news.value = value
    news.more = more
    news.next = undefined
    this.append(news, news, 1)
  }

  /** Takes over what another one has taken down. */
  inherit({ first, last, noted, told }: Listeners<K, V>): void {
    if (first !== undefined) this.append(first, last, noted - told)
  }

  private append(first: News, last: News | undefined, count: number): void {
    if (this.first === undefined) this.first = first
    else this.last!.next = first
    this.last = last
    this.noted += count
  }

  /**
   * Tells of all there is, in the order in which it happened: what else happens meanwhile is told of
   * by who makes it happen, after that. If the stack is too full, what is left waits.
   */
  settle(): void {
    const { noted } = this
    while (this.told < noted) {
      const news = this.first!
      const { event, key, value, more, next } = news
      this.first = next
      this.told++
      this.spare = news
      news.key = news.value = news.more = undefined
      this.tell(event, key, value, more)
    }
  }

  /** Tells of this, after what waits. */
  tellAfter(event: Event, key: unknown, value: unknown, more: unknown): void {
    if (this.first !== undefined) this.settle()
    this.tell(event, key, value, more)
  }

  private tell(event: Event, key: unknown, value: unknown, more: unknown): void {
    // To store a value once more removes nothing.
    const removes = event === UPDATE && !Object.is(value, more)
    const { added } = this
    for (let i = 0; i < added.length; i++) {
      if (removes) this.call(added[i]!, REMOVAL, key, more, "replaced")
      this.call(added[i]!, event, key, value, more)
    }
  }

  private call(added: Added, event: Event, key: unknown, value: unknown, more: unknown): void {
    const handler = added.handlers[event]
    // One that was told before may have ended this one.
    if (handler === undefined || added.isOver) return
    try {
      const { observer } = added
      const result =
        event > INSERT
          ? handler.call(observer, key, value, more)
          : event === MISS
            ? handler.call(observer, key)
            : handler.call(observer, key, value)
      if (result !== undefined) heed(result, this.report)
    } catch (error) {
      this.report(error)
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
  const others = names.filter((name) => !events.includes(name))
  const [first] = others.length < names.length ? [] : others
  const wrong = others.find((name) => name.startsWith("on")) ?? first
  if (wrong !== undefined) throw unknownName(wrong, "event", events)
}
