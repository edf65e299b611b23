import type { CacheCounts, EntryTerms, RemovalCause } from "@evictionary/core"
import { keeping, others } from "./others.ts"
import {
  act,
  keyOfStep,
  type Situation,
  type Step,
  type Subject,
  subjectIn,
  type TestClock,
  ttlOf,
  weightOf,
} from "./situations.ts"
import type { AnyStrategy, TestCache } from "./subject.ts"

/** An entry as the model knows it. */
export interface Held {
  readonly value: unknown
  readonly weight: number
  /** When it was stored; undefined if time was of no use then. */
  readonly storedAt: number | undefined
  /** When its time to live is over. */
  readonly ends: number
  usedAt: number
}

/** A removal that was told, and what the model thought of it at that moment. */
export interface Departure {
  readonly key: unknown
  readonly cause: RemovalCause
  /** The entry was there, with this value, and such a cause could be. */
  readonly isRight: boolean
  /** Everything had room with it. */
  readonly fitted: boolean
  /** There were entries that had expired. */
  readonly someWereOver: boolean
}

/** What happened in one step. */
export interface Turn extends Subject {
  readonly model: Model
  readonly step: Step
  readonly result: unknown
  /** What the result must be, if the model says so. */
  readonly expected: readonly unknown[]
  readonly departures: readonly Departure[]
  /** Removals that should have been told, and were not. */
  readonly untold: readonly Removal[]
}

type Removal = [key: unknown, value: unknown, cause: RemovalCause]

/**
 * What a cache must hold: a map that knows nothing of how victims are chosen, nor when those that
 * have expired are removed. It learns of both by what listeners are told.
 */
export class Model {
  readonly entries: Map<unknown, Held> = new Map()
  readonly counts: { -readonly [Name in keyof CacheCounts]: number } = {
    hits: 0,
    misses: 0,
    inserts: 0,
    updates: 0,
    evictions: 0,
    evictedWeight: 0,
    expirations: 0,
    deletes: 0,
  }
  capacity: number
  maxWeight: number
  private readonly situation: Situation
  private readonly clock: TestClock
  private readonly idle: number
  private timed: boolean
  /** Removals that must be told in this step. */
  private due: Removal[] = []

  constructor({ neverEvicts }: AnyStrategy, situation: Situation, clock: TestClock) {
    const { capacity = Infinity, maxWeight = Infinity } = neverEvicts ? {} : situation.bounds
    this.capacity = capacity
    this.maxWeight = maxWeight
    this.situation = situation
    this.clock = clock
    this.idle = situation.idle ?? Infinity
    this.timed = situation.ttl !== undefined || situation.idle !== undefined
  }

  get weight(): number {
    let weight = 0
    for (const held of this.entries.values()) weight += held.weight
    return weight
  }

  /** Milliseconds until it expires. */
  left({ ends, usedAt }: Held): number {
    return Math.min(ends, usedAt + this.idle) - this.clock.time
  }

  /** The entry of `key`, unless it has expired. */
  live(key: unknown): Held | undefined {
    const held = this.entries.get(key)
    return held !== undefined && this.left(held) > 0 ? held : undefined
  }

  /** Begins with what a cache holds; `timed` if that can tell when it was stored. */
  adopt(cache: TestCache, timed: boolean): void {
    const now = this.clock.time
    this.capacity = cache.capacity
    this.maxWeight = cache.maxWeight
    this.timed ||= timed
    for (const { key, value, weight = 1, age, ttl = Infinity, idle } of cache.dump().entries) {
      const storedAt = age === undefined ? undefined : now - age
      const usedAt = idle === undefined ? now : now + idle - this.idle
      this.entries.set(key, { value, weight, storedAt, ends: now + ttl, usedAt })
    }
  }

  /** What can be seen: all that has not expired. */
  visible(): Map<unknown, unknown> {
    const live = [...this.entries].filter(([, held]) => this.left(held) > 0)
    return new Map(live.map(([key, { value }]) => [key, value]))
  }

  /** Does what the cache has done. */
  take(subject: Subject, step: Step, value: number, result: unknown, told: Removal[]): Turn {
    this.due = []
    const expected = this.expect(step, value)
    const departures = told.map((removal) => this.depart(removal))
    return { ...subject, model: this, step, result, expected, departures, untold: this.due }
  }

  private expect(step: Step, value: number): readonly unknown[] {
    const key = keyOfStep(step)
    switch (step[0]) {
      case "get":
      case "getOrInsert":
      case "getOrInsertComputed": {
        const held = this.live(key)
        this.counts[held === undefined ? "misses" : "hits"]++
        if (held !== undefined) held.usedAt = this.clock.time
        else if (step[0] !== "get") this.store(key, value, {})
        return [held === undefined && step[0] !== "get" ? value : held?.value]
      }
      case "set":
      case "setOn":
        this.store(key, value, step[2] ?? {})
        return []
      case "delete": {
        const held = this.live(key)
        if (held !== undefined) this.remove(key, held)
        return [held !== undefined]
      }
      case "clear":
        this.clear()
        return []
      case "reload":
        this.reload()
        return []
      case "resize":
        if (Math.min(this.capacity, this.maxWeight) < Infinity) this.capacity = step[1]
        return []
      case "resizeWeight":
        if (Math.min(this.capacity, this.maxWeight) < Infinity) this.maxWeight = step[1]
        return []
      case "use":
        if (others[step[1]] === keeping) this.capacity = this.maxWeight = Infinity
        return []
      default:
        return []
    }
  }

  private store(key: unknown, value: unknown, terms: EntryTerms): void {
    const now = this.clock.time
    const { ttl, weigher, jitter = 0 } = this.situation
    if (terms.ttl !== undefined) this.timed = true
    const weight = terms.weight ?? (weigher === undefined ? 1 : weightOf(value))
    const asked = terms.ttl ?? (ttl === "by value" ? ttlOf(value) : (ttl ?? Infinity))
    const lifetime = asked * (1 - jitter / 2)
    const held = this.live(key)
    if (this.capacity === 0 || weight > this.maxWeight || lifetime === 0) {
      if (held !== undefined) this.remove(key, held)
      return
    }
    const before = this.entries.get(key)
    if (held !== undefined) this.due.push([key, held.value, "replaced"])
    else if (before !== undefined) this.due.push([key, before.value, "expired"])
    this.counts[held === undefined ? "inserts" : "updates"]++
    const storedAt = this.timed ? now : undefined
    this.entries.set(key, { value, weight, storedAt, ends: now + lifetime, usedAt: now })
  }

  private remove(key: unknown, { value }: Held): void {
    this.due.push([key, value, "deleted"])
    this.counts.deletes++
    this.entries.delete(key)
  }

  private clear(): void {
    for (const [key, { value }] of this.entries) this.due.push([key, value, "cleared"])
    this.entries.clear()
  }

  private reload(): void {
    const now = this.clock.time
    const live = [...this.entries].filter(([, held]) => this.left(held) > 0)
    this.clear()
    this.counts.inserts += live.length
    // A dump tells ages, and those are never negative.
    for (const [key, { storedAt, usedAt, ...held }] of live) {
      this.entries.set(key, {
        ...held,
        storedAt: storedAt === undefined ? undefined : Math.min(storedAt, now),
        usedAt: Math.min(usedAt, now),
      })
    }
  }

  private depart([key, value, cause]: Removal): Departure {
    const held = this.entries.get(key)
    const place = this.due.findIndex((each) => isSame(each, [key, value, cause]))
    const fitted = this.entries.size <= this.capacity && this.weight <= this.maxWeight
    const someWereOver = [...this.entries.values()].some((each) => this.left(each) <= 0)
    let isRight = place >= 0
    if (isRight) {
      this.due.splice(place, 1)
      if (cause === "expired") this.counts.expirations++
    } else if (held !== undefined && held.value === value) {
      isRight = cause === (this.left(held) > 0 ? "evicted" : "expired")
      if (cause === "expired") this.counts.expirations++
      if (cause === "evicted") {
        this.counts.evictions++
        this.counts.evictedWeight += held.weight
      }
      this.entries.delete(key)
    }
    return { key, cause, isRight, fitted, someWereOver }
  }
}

function isSame(a: Removal, b: Removal): boolean {
  return a.every((member, index) => [member].includes(b[index]))
}

/**
 * Runs a cache and the model side by side; `check` looks at them after each step. If something is
 * to happen to the cache `before`, the model begins with what is there then.
 */
export function follow(
  strategy: AnyStrategy,
  situation: Situation,
  steps: readonly Step[],
  check: (turn: Turn) => void,
  before?: (subject: Subject, model: Model) => void,
): void {
  let told: Removal[] = []
  const subject = subjectIn(strategy, situation, { onRemoval: (...removal) => told.push(removal) })
  const model = new Model(strategy, situation, subject.clock)
  before?.(subject, model)
  steps.forEach((step, value) => {
    told = []
    const result = act(subject, step, value, strategy)
    check(model.take(subject, step, value, result, told))
  })
}
