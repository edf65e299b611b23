import type { ExpiryTerms } from "./cache.ts"
import { Deadlines } from "./deadlines.ts"
import type { DumpedEntry } from "./dump.ts"
import { checkDuration, checkShare, invalid } from "./errors.ts"
import type { AnyOptions, Clock } from "./options.ts"
import type { Slot } from "./slot-list.ts"

type Times = Pick<DumpedEntry<unknown, unknown>, "age" | "idle" | "ttl">

/**
 * When entries expire, by slot: when their time to live is over, counted from when the value was
 * stored, or their idle time, counted from when it was used. Of entries that expire at once, the one
 * goes first that was stored first.
 *
 * Nothing here depends on the clock going forward, or beginning anywhere.
 */
export class Expiry<K, V> {
  /** The time of the operation under way. */
  now: number
  /** No entry expires before this time; `Infinity` if none ever does. */
  nextDue: number
  private readonly clock: Clock
  /** As in the options. */
  ttl: number | ((value: V, key: K) => number)
  /** How long all live that are told nothing else; `NaN` if that has to be asked for each. */
  usual: number
  /** As in the options. */
  idle: number
  private readonly jitter: number
  private readonly random: () => number
  /** Slots are below this number. */
  private length: number
  /** The deadlines of values, which begin when those are stored. */
  private readonly byAge: Deadlines
  /** The deadlines of entries that nobody uses, which begin with each use; empty without `idle`. */
  private byUse: Deadlines

  constructor(options: AnyOptions<K, V>, length: number) {
    this.clock = clockOf(options)
    this.ttl = options.ttl ?? Infinity
    this.idle = options.idle ?? Infinity
    this.jitter = options.jitter ?? 0
    this.usual = this.usualOf(this.ttl)
    this.random = options.random ?? Math.random
    this.now = 0
    this.length = length
    this.nextDue = Infinity
    this.byAge = new Deadlines(spanOf(this.ttl), length)
    this.byUse = this.deadlinesByUse(this.idle)
  }

  /** Makes room for slots below `length`. */
  grow(length: number): void {
    this.length = length
    this.byAge.grow(length)
    if (this.idle < Infinity) this.byUse.grow(length)
  }

  /** Changes what the options said; `occupied` are the slots that hold entries. */
  change({ ttl, idle }: ExpiryTerms<K, V>, occupied: readonly Slot[]): void {
    if (ttl !== undefined) {
      this.ttl = ttl
      this.usual = this.usualOf(ttl)
      this.byAge.span = spanOf(ttl)
    }
    if (idle === undefined || idle === this.idle) return
    if (Math.max(idle, this.idle) < Infinity) {
      this.byUse.respan(idle)
    } else {
      // Uses were not taken down, or need not be any more.
      const byUse = this.deadlinesByUse(idle)
      for (const slot of occupied) byUse.add(slot, this.now)
      this.byUse = byUse
    }
    this.idle = idle
    this.nextDue = -Infinity
    this.next()
  }

  /** Whether an entry may have expired. */
  get isDue(): boolean {
    return this.now >= this.nextDue
  }

  /** Looks at the clock, once for each operation, before it changes anything. */
  tick(): void {
    const now = this.clock.now()
    if (!Number.isFinite(now)) throw invalid("INVALID_ARGUMENT", "clock.now()", "a number", now)
    this.now = now
  }

  /** How long an entry may live, `ttl` being what was asked for it. Calls the user's code. */
  lifetime(value: V, key: K, ttl: number | undefined): number {
    if (ttl === undefined && this.usual >= 0) return this.usual
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
  begin(slot: Slot, lifetime: number = this.usual): void {
    this.byAge.add(slot, this.now, this.now + lifetime)
    this.putOff(slot, this.now)
    this.expect(this.now + lifetime)
  }

  /** An entry is in `slot` that has so much time left, to live and to go unused. */
  resume(slot: Slot, { age = Number.NaN, ttl = Infinity, idle = this.idle }: Times): void {
    this.byAge.add(slot, this.now - age, this.now + ttl)
    this.putOff(slot, this.now - Math.max(this.idle - idle, 0))
    this.expect(this.now + ttl)
  }

  /**
   * Takes over what another one knows of entries, each of which `moves` from its slot there to one
   * here. It may be torn, but for when values were stored, how long they live, and when they were
   * used.
   */
  inherit(before: Expiry<K, V>, moves: Int32Array): void {
    for (const from of inOrder(before.byAge, moves)) {
      const due = before.byAge.due(from)
      this.byAge.add(moves[from]!, before.byAge.begin(from), due)
      this.expect(due)
    }
    for (const from of inOrder(before.byUse, moves)) {
      this.putOff(moves[from]!, before.byUse.begin(from))
    }
  }

  /** The entry in `slot` has been used. */
  use(slot: Slot): void {
    // Once more at the same time changes nothing.
    if (this.idle < Infinity && this.byUse.begin(slot) !== this.now) this.putOff(slot, this.now)
  }

  /** The entry in `slot` has left. */
  end(slot: Slot): void {
    this.byAge.remove(slot)
    if (this.idle < Infinity) this.byUse.remove(slot)
  }

  /** Whether the entry in `slot` has expired. */
  isOver(slot: Slot): boolean {
    return this.isDue && this.deadline(slot) <= this.now
  }

  /** The entry that expired first, or 0. */
  next(): Slot {
    if (!this.isDue) return 0
    const { byAge, byUse } = this
    const old = byAge.first
    const unused = byUse.first
    const later =
      byAge.due(old) - byUse.due(unused) ||
      byAge.begin(old) - byAge.begin(unused) ||
      // What was not used lies there in the order in which it was stored.
      Number(byUse.begin(unused) === byAge.begin(unused))
    const slot = later > 0 ? unused : old
    this.nextDue = this.deadline(slot)
    return this.isDue ? slot : 0
  }

  /** Milliseconds since the value in `slot` was stored, if that is known. */
  age(slot: Slot): number | undefined {
    const age = this.now - this.byAge.begin(slot)
    return Number.isNaN(age) ? undefined : Math.max(age, 0)
  }

  /** Milliseconds until the entry in `slot` expires if it is not used. */
  left(slot: Slot): number {
    return this.deadline(slot) - this.now
  }

  /** Milliseconds of its time to live that are left. */
  leftToLive(slot: Slot): number {
    return this.byAge.due(slot) - this.now
  }

  /** Milliseconds that it may still go unused. */
  leftIdle(slot: Slot): number {
    return this.byUse.due(slot) - this.now
  }

  private usualOf(ttl: number | ((value: V, key: K) => number)): number {
    return typeof ttl === "number" && (this.jitter === 0 || ttl === Infinity) ? ttl : Number.NaN
  }

  /** The entry in `slot` was used then. */
  private putOff(slot: Slot, use: number): void {
    if (this.idle === Infinity) return
    this.byUse.add(slot, use)
    // Not later than all others if the clock was put back.
    this.expect(use + this.idle)
  }

  private expect(due: number): void {
    if (due < this.nextDue) this.nextDue = due
  }

  private deadline(slot: Slot): number {
    const end = this.byAge.due(slot)
    return this.idle === Infinity ? end : Math.min(this.byUse.due(slot), end)
  }

  private deadlinesByUse(idle: number): Deadlines {
    return new Deadlines(idle, idle < Infinity ? this.length : 1)
  }
}

/** The slots that move, each once, in the order in which they have to be added. */
function* inOrder(deadlines: Deadlines, moves: Int32Array): Generator<Slot, void, undefined> {
  const left = moves.slice()
  for (const slot of deadlines.ordered()) {
    if (left[slot]! > 0) yield slot
    left[slot] = 0
  }
  for (let slot = 1; slot < left.length; slot++) if (left[slot]! > 0) yield slot
}

/** How long an entry lives of which nothing else is known; `Infinity` if each has to be looked at. */
function spanOf(ttl: number | ((...entry: never[]) => number)): number {
  return typeof ttl === "number" ? ttl : Infinity
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
