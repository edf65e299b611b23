import { FrequencySketch, SlotFrequencies, type SlotParts } from "@evictionary/core"
import fc from "fast-check"

const SHARES = [0.01, 0.1, 0.4, 1]

/** Window, probation and protected, as arrays from the oldest key to the youngest. */
class Segments {
  window: number[] = []
  probation: number[] = []
  protected: number[] = []
  c = 0
  private windowLimit = 0
  private protectedLimit = 0
  private readonly admits: (candidate: number, incumbent: number) => boolean

  constructor(admits: (candidate: number, incumbent: number) => boolean) {
    this.admits = admits
  }

  get keys(): number[] {
    return [...this.probation, ...this.protected, ...this.window]
  }

  limit(c: number, share: number): void {
    this.c = c
    this.windowLimit = c === Infinity ? c : Math.max(c - Math.floor((1 - share) * c), 1)
    this.protectedLimit = c === Infinity ? c : Math.floor(0.8 * (c - this.windowLimit))
    this.settle()
  }

  use(x: number): void {
    const home = this.window.includes(x) ? this.window : this.protected
    this.remove(x)
    home.push(x)
    this.settle()
  }

  insert(x: number): void {
    this.window.push(x)
    this.settle()
  }

  victim(): number {
    const { window, probation } = this
    const candidate = window.length < this.windowLimit ? undefined : window[0]
    const incumbent = probation[0]
    if (incumbent === undefined) {
      return (candidate ?? this.protected[0] ?? window[0]) as number
    }
    return candidate === undefined || this.admits(candidate, incumbent) ? incumbent : candidate
  }

  remove(x: number): void {
    for (const list of [this.window, this.probation, this.protected]) {
      if (list.includes(x)) list.splice(list.indexOf(x), 1)
    }
  }

  settle(): void {
    while (this.protected.length > this.protectedLimit) {
      this.probation.push(this.protected.shift() as number)
    }
    while (this.window.length > this.windowLimit) {
      this.probation.push(this.window.shift() as number)
    }
  }
}

/** Four caches of a few keys, of which one leads. */
class Choice {
  current: number
  private madeFor = 0
  private hasBegun = false
  private entries = 0
  private share = 0
  private advantage = 1 / 4
  private leads = [0, 0, 0, 0]
  private caches: Segments[] = []
  private sketch = new FrequencySketch(1)

  constructor(share: number) {
    const distance = (n: number) => Math.abs((SHARES[n] as number) - share)
    this.current = [0, 1, 2, 3].reduce((a, b) => (distance(b) < distance(a) ? b : a))
  }

  resize(c: number): void {
    const entries = Math.min(c, Math.max(16, Math.min(64, Math.ceil(c / 8))))
    const isNear = c < 2 * this.madeFor && c > this.madeFor / 2
    this.share = this.entries / c
    if (this.hasBegun && this.entries <= c && isNear) return
    this.hasBegun = false
    this.madeFor = c
    this.entries = entries
    this.share = entries / c
    this.leads = [0, 0, 0, 0]
    const sketch = new FrequencySketch(entries, 0, 128)
    this.sketch = sketch
    this.caches = SHARES.map((share) => {
      const cache = new Segments((a, b) => sketch.estimate(a) > sketch.estimate(b) + 1)
      cache.limit(entries, share)
      return cache
    })
  }

  /** Whether another one leads now. */
  request(hash: number): boolean {
    if (hash >>> 0 >= Math.floor(this.share * 2 ** 32)) return false
    this.hasBegun = true
    this.sketch.increment(hash)
    const hits = this.caches.map((cache) => {
      const isHit = cache.keys.includes(hash)
      if (isHit) cache.use(hash)
      else {
        if (cache.keys.length === this.entries) cache.remove(cache.victim())
        cache.insert(hash)
      }
      return Number(isHit)
    })
    const own = hits[this.current] as number
    this.leads = this.leads.map((lead, n) => Math.max(0, lead + (hits[n] as number) - own))
    const most = Math.max(...this.leads)
    if (most <= this.advantage * this.entries) return false
    this.current = this.leads.indexOf(most)
    this.leads = [0, 0, 0, 0]
    this.advantage = Math.min(2 * this.advantage, 1)
    return true
  }
}

interface Own {
  adaptive?: boolean
  window?: number
  seed?: number
}

/** W-TinyLFU, in the plainest code: a key is in the slot after its number, since 0 is no slot. */
export class WTinyLfuModel {
  readonly evicted: number[] = []
  private readonly adaptive: boolean
  private share: number
  private random: number
  private readonly hasher: FrequencySketch
  private readonly frequencies: SlotFrequencies
  private readonly segments: Segments
  private readonly choice: Choice

  constructor(c: number, { adaptive = true, window = 0.01, seed = 0 }: Own = {}) {
    this.adaptive = adaptive
    this.share = window
    this.random = seed | 1
    this.hasher = new FrequencySketch(1, seed)
    this.segments = new Segments((a, b) => this.admits(a, b))
    this.frequencies = new SlotFrequencies(columns, this.slots(), c, seed)
    this.choice = new Choice(window)
    this.resize(c)
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { segments, frequencies } = this
    const isHit = segments.keys.includes(x)
    if (isHit) {
      frequencies.use(x + 1)
      segments.use(x)
    } else {
      if (segments.keys.length >= segments.c) this.evict()
      segments.window.push(x)
      frequencies.add(x + 1, x)
      segments.settle()
    }
    if (this.adaptive && this.choice.request(this.hasher.hashOf(x))) {
      this.share = SHARES[this.choice.current] as number
      segments.limit(segments.c, this.share)
    }
    return isHit
  }

  delete(x: number): void {
    if (!this.segments.keys.includes(x)) return
    this.frequencies.remove(x + 1)
    this.segments.remove(x)
  }

  resize(c: number): void {
    this.frequencies.resize(c)
    this.choice.resize(c)
    this.segments.limit(c, this.share)
    while (this.segments.keys.length > c) this.evict()
  }

  private evict(): void {
    const victim = this.segments.victim()
    this.delete(victim)
    this.evicted.push(victim)
  }

  private admits(candidate: number, incumbent: number): boolean {
    const [more = 0, less = 0] = [candidate, incumbent].map((x) => this.frequencies.of(x + 1))
    if (!this.adaptive) return more > less
    return more > less + 1 || (more >= 6 && this.draw() % 128 === 0)
  }

  private draw(): number {
    this.random ^= this.random << 13
    this.random ^= this.random >>> 17
    this.random ^= this.random << 5
    return this.random >>> 0
  }

  /** What is there. */
  private slots(): Iterable<number> {
    const { segments } = this
    return {
      *[Symbol.iterator]() {
        for (const x of segments.keys) yield x + 1
      },
    }
  }
}

/** Columns by slot, as plain as can be. */
const columns = { bytes: column, integers: column } as unknown as SlotParts

function column() {
  const values: number[] = []
  return {
    get: (slot: number) => values[slot] ?? 0,
    set: (slot: number, value: number) => {
      values[slot] = value
    },
  }
}

/** Options to compare it with. */
export const options = fc.record({
  adaptive: fc.boolean(),
  window: fc.constantFrom(0, 0.01, 0.3, 1),
  seed: fc.nat(3),
})
