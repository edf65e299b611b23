import type { ExpiryTerms } from "./cache.ts"
import { checkDuration, checkShare, invalid } from "./errors.ts"
import type { AnyOptions, Clock } from "./options.ts"
import type { Slot } from "./slot-list.ts"
import { extended } from "./slots.ts"

/**
 * When entries expire, by slot.
 *
 * An entry has expired when its *deadline* is not in the future any more. A binary heap of slots
 * leads to those in O(log n). So that hits and overwriting cost nothing there, a slot stays where
 * it is when its deadline moves away, or when its entry leaves: the heap goes by `dues`, the
 * deadlines as they were, none later than the true one. A slot whose due time comes before its
 * deadline sinks to its place then, once for all the times it was put off.
 *
 * Nothing here depends on the clock going forward, or beginning anywhere.
 */
export class Expiry<K, V> {
  /** The time of the operation under way. */
  now: number
  private readonly clock: Clock
  private ttl: number | ((value: V, key: K) => number)
  private idle: number
  private readonly jitter: number
  private readonly random: () => number
  /** When the value was stored. */
  private stored: Float64Array
  /** When the time to live is over; `Infinity` if never, and where there is no entry. */
  private ends: Float64Array
  /** When the entry was last used; read only if `idle` is finite. */
  private uses: Float64Array
  /** The deadline as the heap knows it. */
  private dues: Float64Array
  /** Slots, from 1 on; none is due before its parent, which is at half its place. */
  private heap: Int32Array
  /** The place of a slot in the heap, or 0. */
  private places: Int32Array
  private count: number

  constructor(options: AnyOptions<K, V>) {
    this.clock = clockOf(options)
    this.ttl = options.ttl ?? Infinity
    this.idle = options.idle ?? Infinity
    this.jitter = options.jitter ?? 0
    this.random = options.random ?? Math.random
    this.now = 0
    this.stored = new Float64Array(0)
    this.ends = new Float64Array(0)
    this.uses = new Float64Array(0)
    this.dues = new Float64Array(0)
    this.heap = new Int32Array(0)
    this.places = new Int32Array(0)
    this.count = 0
  }

  /** Forgets all slots, and makes room for slots below `length`. */
  reset(length: number): void {
    this.heap = this.places = new Int32Array(0)
    this.stored = this.ends = this.uses = this.dues = new Float64Array(0)
    this.count = 0
    this.grow(length)
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    this.heap = extended(this.heap, new Int32Array(length))
    this.places = extended(this.places, new Int32Array(length))
    this.dues = extended(this.dues, new Float64Array(length))
    // Entries that are there already have no end, and nobody knows when they were stored.
    this.stored = extended(this.stored, new Float64Array(length).fill(Number.NaN))
    this.ends = extended(this.ends, new Float64Array(length).fill(Infinity))
    if (this.idle < Infinity) {
      this.uses = extended(this.uses, new Float64Array(length).fill(Infinity))
    }
  }

  /** Changes what the options said; `occupied` are the slots that hold entries. */
  change({ ttl, idle }: ExpiryTerms<K, V>, occupied: readonly Slot[]): void {
    if (ttl !== undefined) this.ttl = ttl
    if (idle === undefined || idle === this.idle) return
    if (this.idle === Infinity) {
      // Uses were not taken down.
      this.uses = new Float64Array(this.ends.length).fill(Infinity)
      for (const slot of occupied) this.uses[slot] = this.now
    }
    this.idle = idle
    for (const slot of occupied) this.schedule(slot)
  }

  /** Looks at the clock, once for each operation, before it changes anything. */
  tick(): void {
    const now = this.clock.now()
    if (!Number.isFinite(now)) throw invalid("INVALID_ARGUMENT", "clock.now()", "a number", now)
    this.now = now
  }

  /** How long an entry may live, `ttl` being what was asked for it. Calls the user's code. */
  lifetime(value: V, key: K, ttl: number | undefined): number {
    const lifetime = ttl ?? (typeof this.ttl === "function" ? this.ttl(value, key) : this.ttl)
    checkDuration("INVALID_ARGUMENT", "ttl", lifetime)
    if (this.jitter === 0 || lifetime === Infinity) return lifetime
    const random = this.random()
    checkShare("INVALID_ARGUMENT", "random()", random)
    return lifetime * (1 - this.jitter * random)
  }

  /** Whether an entry with so much time left is over before it begins. */
  isOverAtOnce(lifetime: number = Infinity, idle: number = this.idle): boolean {
    return this.now + Math.min(lifetime, idle, this.idle) <= this.now
  }

  /** An entry has been stored in `slot`. */
  begin(slot: Slot, lifetime: number): void {
    this.resume(slot, lifetime, this.idle, 0)
  }

  /** An entry is in `slot` that has so much time left, to live and to go unused. */
  resume(
    slot: Slot,
    lifetime: number = Infinity,
    idle: number = this.idle,
    age: number = Number.NaN,
  ): void {
    this.stored[slot] = this.now - age
    this.ends[slot] = this.now + lifetime
    this.uses[slot] = this.now - Math.max(this.idle - idle, 0)
    this.schedule(slot)
  }

  /** The entry in `slot` has been used. */
  use(slot: Slot): void {
    if (this.idle === Infinity) return
    this.uses[slot] = this.now
    this.schedule(slot)
  }

  /** The entry in `slot` has left. */
  end(slot: Slot): void {
    this.ends[slot] = Infinity
    this.uses[slot] = Infinity
  }

  /** Whether the entry in `slot` has expired. */
  isOver(slot: Slot): boolean {
    return this.deadline(slot) <= this.now
  }

  /** An entry that has expired, or 0. */
  next(): Slot {
    while (this.count > 0) {
      const slot = this.heap[1]!
      if (this.dues[slot]! > this.now) return 0
      const deadline = this.deadline(slot)
      if (deadline <= this.now) return slot
      if (deadline === Infinity) {
        this.places[slot] = 0
        const last = this.heap[this.count--]!
        if (last !== slot) this.sink(last)
      } else {
        this.dues[slot] = deadline
        this.sink(slot)
      }
    }
    return 0
  }

  /** No entry expires before this time; `Infinity` if none ever does. */
  get nextDue(): number {
    return this.count === 0 ? Infinity : this.dues[this.heap[1]!]!
  }

  /** Milliseconds since the value in `slot` was stored, if that is known. */
  age(slot: Slot): number | undefined {
    const age = this.now - this.stored[slot]!
    return Number.isNaN(age) ? undefined : Math.max(age, 0)
  }

  /** Milliseconds until the entry in `slot` expires if it is not used. */
  left(slot: Slot): number {
    return this.deadline(slot) - this.now
  }

  /** Milliseconds of its time to live that are left. */
  leftToLive(slot: Slot): number {
    return this.ends[slot]! - this.now
  }

  /** Milliseconds that it may still go unused. */
  leftIdle(slot: Slot): number {
    return this.idle === Infinity ? Infinity : this.uses[slot]! + this.idle - this.now
  }

  private deadline(slot: Slot): number {
    const end = this.ends[slot]!
    if (this.idle === Infinity) return end
    return Math.min(this.uses[slot]! + this.idle, end)
  }

  private schedule(slot: Slot): void {
    const deadline = this.deadline(slot)
    let place = this.places[slot]!
    if (place === 0) {
      if (deadline === Infinity) return
      place = ++this.count
    } else if (deadline >= this.dues[slot]!) {
      return
    }
    this.dues[slot] = deadline
    this.rise(slot, place)
  }

  /** Puts a slot at `place`, or as far above it as it belongs. */
  private rise(slot: Slot, from: number): void {
    let place = from
    while (place > 1) {
      const parent = this.heap[place >> 1]!
      if (this.dues[parent]! <= this.dues[slot]!) break
      this.put(parent, place)
      place >>= 1
    }
    this.put(slot, place)
  }

  /** Puts a slot at the top, or as far below it as it belongs. */
  private sink(slot: Slot): void {
    const { heap, dues, count } = this
    let place = 1
    for (;;) {
      let child = 2 * place
      if (child > count) break
      if (child < count && dues[heap[child + 1]!]! < dues[heap[child]!]!) child++
      if (dues[slot]! <= dues[heap[child]!]!) break
      this.put(heap[child]!, place)
      place = child
    }
    this.put(slot, place)
  }

  private put(slot: Slot, place: number): void {
    this.heap[place] = slot
    this.places[slot] = place
  }
}

/**
 * The clock that is asked for, or `performance`, or `Date` where there is none: the platform's is
 * looked up each time, since tests replace it.
 */
export function clockOf({ clock }: { clock?: Clock | undefined }): Clock {
  return clock ?? { now: platformTime }
}

function platformTime(): number {
  const { performance = Date } = globalThis as unknown as { performance?: Clock }
  return performance.now()
}
