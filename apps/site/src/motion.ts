import type { Cache, CacheInspection } from "@evictionary/core"
import type { Key } from "@evictionary/simulator"
import { registry } from "evictionary"

/** What a request did in one cache. */
export interface Moment {
  readonly strategy: string
  /** The key that was asked for; `undefined` before the first request. */
  readonly key: Key | undefined
  readonly hit: boolean
  /** Who left for it. */
  readonly victims: readonly Key[]
  readonly before: CacheInspection<Key>
  readonly after: CacheInspection<Key>
  /** Whether it hit, for each request so far. */
  readonly tape: readonly boolean[]
  readonly hits: number
}

/** Caches of one capacity that all get the same requests, one by one, forth and back. */
export class Motion {
  readonly keys: readonly Key[]
  private readonly capacity: number
  private readonly names: readonly string[]
  private lanes: Lane[]
  private done: number

  constructor(names: readonly string[], capacity: number, keys: readonly Key[]) {
    this.keys = keys
    this.capacity = capacity
    this.names = names
    this.lanes = []
    this.done = 0
    this.begin()
  }

  /** How many requests have been made. */
  get at(): number {
    return this.done
  }

  get moments(): Moment[] {
    return this.lanes.map((lane) => lane.moment)
  }

  /** Goes to the moment after so many requests; back is from the beginning, since no cache unlearns. */
  goTo(at: number): void {
    const target = Math.max(0, Math.min(at, this.keys.length))
    if (target < this.done) this.begin()
    while (this.done < target) this.step()
  }

  /** Goes on to the next request for which somebody leaves, or to the end. */
  goToEviction(): void {
    do this.goTo(this.done + 1)
    while (
      this.done < this.keys.length &&
      this.lanes.every((lane) => lane.moment.victims.length === 0)
    )
  }

  private begin(): void {
    this.lanes = this.names.map((name) => new Lane(name, this.capacity))
    this.done = 0
  }

  private step(): void {
    const key = this.keys[this.done++]!
    for (const lane of this.lanes) lane.request(key)
  }
}

/** One cache and what it has done. */
class Lane {
  moment: Moment
  private readonly cache: Cache<Key, true>
  private readonly victims: Key[]
  private readonly tape: boolean[]

  constructor(strategy: string, capacity: number) {
    this.victims = []
    this.tape = []
    this.cache = registry.get(strategy)<Key, true>({
      capacity,
      onRemoval: (key) => this.victims.push(key),
    })
    const after = this.cache.inspect()
    const nothing = { key: undefined, hit: false, victims: [], tape: [], hits: 0 }
    this.moment = { strategy, ...nothing, before: after, after }
  }

  request(key: Key): void {
    const { cache } = this
    const before = cache.inspect()
    this.victims.length = 0
    const hit = cache.get(key) !== undefined
    if (!hit) cache.set(key, true)
    this.tape.push(hit)
    this.moment = {
      strategy: this.moment.strategy,
      key,
      hit,
      victims: [...this.victims],
      before,
      after: cache.inspect(),
      tape: this.tape,
      hits: cache.stats.hits,
    }
  }
}
