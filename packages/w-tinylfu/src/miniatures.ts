import { FrequencySketch } from "@evictionary/core"
import { protectedOf, windowOf } from "./quotas.ts"
import { LENGTH, MARKS, Records, ROOM, YOUNGER } from "./records.ts"

/** How many miniatures there are, one for each window. */
const COUNT = 4

/** What {@link Miniatures.request} returns if all of them hit. */
export const ALL = 0b1111

/** Segments, 0 being none. In those that are odd, the order is that of the last use. */
const WINDOW = 1
const PROBATION = 2
const PROTECTED = 3

/** Four segments are four digits of 4 bits. Here are the bits that say that they are odd. */
const ODD = 0x1111

/** In a record of a key, for each miniature: the neighbours on its probation. */
const BEFORE = ROOM
const BEHIND = ROOM + COUNT

/**
 * The first records are of segments. That of none has the ends of the probations. In the others, for
 * each miniature: how many are there (on that of probation, how many there are in all), how many
 * there may be, and which is the oldest.
 */
const SIZE = 0
const LIMIT = COUNT
const OLDEST = 2 * COUNT

/** Words of the sketch, at least. */
const SKETCH = 128

/**
 * Four caches of a few entries each, which differ in the size of their window only. They know keys
 * by their hashes, hold no values, and share a sketch.
 *
 * A key that is in any of them has one record, which says in which of their segments it is. There is
 * one order of use for all, in which the oldest of a window or of a protected segment has its place;
 * only probation, where the order is that of arrival, is a list by itself. So a request of what is
 * in no probation is the same work as in one cache. It takes 9.4 kB at most, all of it at first.
 *
 * Every operation is O(1), amortised: of each segment the search for the oldest passes each place in
 * the order of use once.
 */
export class Miniatures {
  private readonly entries: number
  private readonly sketch: FrequencySketch
  private readonly records: Records
  /** Those of the records. */
  private readonly numbers: Uint16Array

  /** `entries`, 1 to 64, is what each has room for, `shares` what the windows have of it. */
  constructor(entries: number, shares: readonly number[]) {
    this.entries = entries
    this.sketch = new FrequencySketch(entries, 0, SKETCH)
    // The key that is asked for has a record before another one leaves.
    this.records = new Records(COUNT, COUNT * entries + 1)
    this.numbers = this.records.numbers
    for (const [n, share] of shares.entries()) {
      const window = windowOf(entries, share)
      this.numbers[LENGTH * WINDOW + LIMIT + n] = window
      this.numbers[LENGTH * PROTECTED + LIMIT + n] = protectedOf(entries, window)
    }
  }

  /** The key that has this hash is asked for. Bit n of the result is set if the n-th hits. */
  request(hash: number): number {
    this.sketch.increment(hash)
    let record = this.records.find(hash)
    if (record === 0) record = this.records.meet(hash)
    else this.renew(record)
    const segments = this.numbers[record + MARKS]!
    if ((segments & ODD) === ODD) return ALL
    let hits = 0
    for (let n = 0; n < COUNT; n++) {
      const segment = (segments >> (4 * n)) & 15
      if (segment === 0) this.insert(record, n)
      else hits |= 1 << n
      if (segment === PROBATION) this.promote(record, n)
    }
    return hits
  }

  private insert(record: number, n: number): void {
    const { numbers } = this
    const size = LENGTH * PROBATION + SIZE + n
    if (numbers[size] === this.entries) this.evict(n)
    else numbers[size]!++
    this.put(record, WINDOW, n)
  }

  /** As in the cache itself, but that nothing is left to chance. */
  private evict(n: number): void {
    const { numbers } = this
    const window = LENGTH * WINDOW + n
    const isFull = numbers[window + SIZE] === numbers[window + LIMIT]
    const incumbent = numbers[BEHIND + n]!
    let victim = incumbent
    if (incumbent === 0) {
      const isMain = !isFull && numbers[LENGTH * PROTECTED + SIZE + n] !== 0
      victim = this.pop(isMain ? PROTECTED : WINDOW, n)
    } else if (isFull && !this.admits(numbers[window + OLDEST]!, incumbent)) {
      victim = this.pop(WINDOW, n)
    } else {
      this.unlink(victim, n)
    }
    this.mark(victim, 0, n)
    if (numbers[victim + MARKS] === 0) this.records.forget(victim)
  }

  private admits(candidate: number, incumbent: number): boolean {
    const uses = this.sketch.estimate(this.records.hashOf(candidate))
    return uses > 1 && uses > this.sketch.estimate(this.records.hashOf(incumbent)) + 1
  }

  /** It was used while on probation. */
  private promote(record: number, n: number): void {
    this.unlink(record, n)
    this.put(record, PROTECTED, n)
  }

  /** Adds a record that was just used to a window or a protected segment. */
  private put(record: number, segment: number, n: number): void {
    const { numbers } = this
    const at = LENGTH * segment + n
    this.mark(record, segment, n)
    if (numbers[at + SIZE]!++ === 0) numbers[at + OLDEST] = record
    if (numbers[at + SIZE]! > numbers[at + LIMIT]!) this.link(this.pop(segment, n), n)
  }

  /** Takes the oldest out of a window or a protected segment. */
  private pop(segment: number, n: number): number {
    const { numbers } = this
    const at = LENGTH * segment + n
    const record = numbers[at + OLDEST]!
    if (--numbers[at + SIZE]! !== 0) this.seek(numbers[record + YOUNGER]!, segment, n)
    return record
  }

  /** Finds the oldest of a window or a protected segment, from a record on that is older. */
  private seek(from: number, segment: number, n: number): void {
    const { numbers } = this
    let record = from
    while (((numbers[record + MARKS]! >> (4 * n)) & 15) !== segment) {
      record = numbers[record + YOUNGER]!
    }
    numbers[LENGTH * segment + OLDEST + n] = record
  }

  private mark(record: number, segment: number, n: number): void {
    const segments = this.numbers[record + MARKS]!
    this.numbers[record + MARKS] = (segments & ~(15 << (4 * n))) | (segment << (4 * n))
  }

  /** Adds a record at the young end of a probation. */
  private link(record: number, n: number): void {
    const { numbers } = this
    const before = numbers[BEFORE + n]!
    this.mark(record, PROBATION, n)
    numbers[record + BEFORE + n] = before
    numbers[record + BEHIND + n] = 0
    numbers[before + BEHIND + n] = record
    numbers[BEFORE + n] = record
  }

  /** Takes a record out of a probation. */
  private unlink(record: number, n: number): void {
    const { numbers } = this
    const before = numbers[record + BEFORE + n]!
    const behind = numbers[record + BEHIND + n]!
    numbers[before + BEHIND + n] = behind
    numbers[behind + BEFORE + n] = before
  }

  /** The record becomes the youngest in the order of use. */
  private renew(record: number): void {
    const { numbers } = this
    const younger = numbers[record + YOUNGER]!
    if (younger === 0) return
    const segments = numbers[record + MARKS]!
    for (let n = 0; n < COUNT; n++) {
      const segment = (segments >> (4 * n)) & 15
      const at = LENGTH * segment + n
      if ((segment & 1) !== 0 && numbers[at + OLDEST] === record && numbers[at + SIZE] !== 1) {
        this.seek(younger, segment, n)
      }
    }
    this.records.renew(record)
  }
}
