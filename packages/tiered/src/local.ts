import type { MapLike } from "@evictionary/core"
import { type Operation, Pending } from "./pending.ts"

/** A value in the first tier. */
export class Held<V> {
  readonly value: V
  /** When it was certainly right: its load or read began then. */
  readonly since: number
  /** When it is stale. */
  readonly until: number
  /** When it is to be renewed, if somebody asks for it. */
  renewAt: number
  readonly tags: readonly string[]
  /** The count of changes when its load or read began. */
  readonly tick: number

  constructor(value: V, terms: Terms, operation: Moment) {
    this.value = value
    this.since = operation.since
    this.until = terms.until
    this.renewAt = terms.renewAt
    this.tags = terms.tags
    this.tick = operation.tick
  }
}

export interface Terms {
  readonly until: number
  readonly renewAt: number
  readonly tags: readonly string[]
  /** Milliseconds to keep it, from now. */
  readonly ttl: number
}

/** When something began. */
export interface Moment {
  readonly since: number
  readonly tick: number
}

/** What the first tier is asked for. */
export interface LocalCache<V> extends MapLike<string, Held<V>> {
  peek(key: string): Held<V> | undefined
  set(key: string, value: Held<V>, terms?: { readonly ttl?: number | undefined }): unknown
}

/** The most tags whose last invalidation is remembered. */
const TAGS = 10_000

/**
 * The first tier, and what is known of changes since its entries were read or loaded.
 *
 * Changes are counted. An entry that began before its key, one of its tags, or all changed is not
 * there any more; nor does it get there if what it comes from was under way then.
 */
export class Local<V> {
  readonly cache: LocalCache<V>
  private readonly pending: Pending
  /** The number of changes to tags, and to all. */
  private tick: number
  /** When all last changed. */
  private all: number
  /** When a tag last changed. */
  private readonly tags: Map<string, number>

  constructor(cache: LocalCache<V>) {
    this.cache = cache
    this.pending = new Pending()
    this.tick = 0
    this.all = 0
    this.tags = new Map()
  }

  /** What there is; it may be stale. Promotes and counts. */
  find(key: string): Held<V> | undefined {
    const held = this.cache.get(key)
    return held === undefined || this.stands(held, held.tags) ? held : this.dropped(key)
  }

  /** As `find`; neither promotes nor counts. */
  peek(key: string): Held<V> | undefined {
    const held = this.cache.peek(key)
    return held === undefined || this.stands(held, held.tags) ? held : undefined
  }

  begin(key: string): Operation {
    return this.pending.begin(key, this.tick)
  }

  end(operation: Operation): void {
    this.pending.end(operation)
  }

  /** Whether what comes of an operation may be kept. */
  isClean(operation: Operation, tags: readonly string[]): boolean {
    return !operation.dirty && this.stands(operation, tags)
  }

  /** Keeps a value that comes of an operation, unless something has changed since. */
  fill(operation: Operation, since: number, value: V, terms: Terms): Held<V> | undefined {
    if (terms.ttl <= 0 || !this.isClean(operation, terms.tags)) return undefined
    const held = new Held(value, terms, { since, tick: operation.tick })
    this.cache.set(operation.key, held, { ttl: terms.ttl })
    return held
  }

  /** Keeps a value that is new. */
  put(key: string, since: number, value: V, terms: Terms): void {
    this.change(key)
    if (terms.ttl <= 0) return
    this.cache.set(key, new Held(value, terms, { since, tick: this.tick }), { ttl: terms.ttl })
  }

  /** Lets go of a value, if it is still the one. */
  release(key: string, held: Held<V> | undefined): void {
    if (held !== undefined && this.cache.peek(key) === held) this.cache.delete(key)
  }

  change(key: string): void {
    this.cache.delete(key)
    this.pending.soil(key)
  }

  changeTags(tags: readonly string[]): void {
    this.tick++
    for (const tag of tags) this.tags.set(tag, this.tick)
    if (this.tags.size > TAGS) this.changeAll()
  }

  changeAll(): void {
    this.all = ++this.tick
    this.tags.clear()
    this.cache.clear()
  }

  /** From now on nothing is kept. */
  close(): void {
    this.changeAll()
    this.all = Infinity
  }

  private dropped(key: string): undefined {
    this.cache.delete(key)
  }

  private stands({ tick }: { tick: number }, tags: readonly string[]): boolean {
    if (tick < this.all) return false
    for (const tag of tags) {
      const changed = this.tags.get(tag)
      if (changed !== undefined && changed > tick) return false
    }
    return true
  }
}
