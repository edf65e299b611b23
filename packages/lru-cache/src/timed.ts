import type { Perf } from "./options.ts"

/** A value with a time to live. What has none is stored as it is. */
export class Timed<V> {
  readonly value: V
  readonly ttl: number
  /** When that began. */
  start: number

  constructor(value: V, ttl: number, start: number) {
    this.value = value
    this.ttl = ttl
    this.start = start
  }
}

/** What the cache underneath holds. No user's value is a `Timed`: none ever gets hold of one. */
export type Stored<V> = V | Timed<V>

export function valueIn<V>(stored: Stored<V>): V {
  return stored instanceof Timed ? (stored.value as V) : stored
}

interface Host {
  setTimeout(callback: () => void, delay: number): { unref?(): void } | number
}

interface Terms {
  readonly perf: Perf
  /** May change. */
  readonly ttlResolution: number
}

/** The time, looked up at most once in `ttlResolution` milliseconds. */
export class Time {
  readonly perf: Perf
  private readonly terms: Terms
  private last: number
  private isFresh: boolean

  constructor(terms: Terms) {
    this.perf = terms.perf
    this.terms = terms
    this.last = 0
    this.isFresh = false
  }

  now(): number {
    return this.isFresh ? this.last : this.look()
  }

  /** Milliseconds of its time to live that are left at a time, below 0 if it is over. */
  left(stored: unknown, now: number = this.now()): number {
    return stored instanceof Timed ? stored.ttl - (now - stored.start) : Infinity
  }

  isStale(stored: unknown): boolean {
    return stored instanceof Timed && this.isOver(stored)
  }

  isOver({ start, ttl }: Timed<unknown>): boolean {
    return this.now() - start > ttl
  }

  /** A value whose time to live begins now. */
  begin<V>(value: V, ttl: number): Timed<V> {
    return new Timed(value, ttl, this.perf.now())
  }

  private look(): number {
    const now = this.perf.now()
    const { ttlResolution } = this.terms
    if (ttlResolution > 0) {
      this.last = now
      this.isFresh = true
      const { setTimeout } = globalThis as unknown as Host
      const timeout = setTimeout(() => {
        this.isFresh = false
      }, ttlResolution)
      if (typeof timeout === "object") timeout.unref?.()
    }
    return now
  }
}
