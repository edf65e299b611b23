import { FrequencySketch } from "@evictionary/core"
import { protectedOf, windowOf } from "./quotas.ts"

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

/** A record is so many numbers of 16 bits, and is known by the index of the first. */
const LENGTH = 14
/** In a record of a key: its hash, which is two numbers, and the next record in the same chain. */
const NEXT = 2
/** The segments that it is in. */
const SEGMENTS = 3
/** The neighbours in the order of use, and, for each miniature, on its probation. */
const OLDER = 4
const YOUNGER = 5
const BEFORE = 6
const BEHIND = BEFORE + COUNT

/**
 * The first records are of segments. That of none has the ends of all the orders. The others have, for
 * each miniature: for how many more there is room, in that of probation for all that are not in the
 * window; and which is the oldest, but on probation.
 */
const ROOM = 0
const OLDEST = COUNT

/** Chains of records, found by the low bits of a hash. */
const CHAINS = 256

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
  private readonly sketch: FrequencySketch
  /** All records, and after them the first of each chain. */
  private readonly numbers: Uint16Array
  /** The same memory by words of 32 bits. */
  private readonly words: Int32Array
  /** Where the chains begin. */
  private readonly chains: number
  /** The first record that is free; the others follow as in a chain. */
  private free: number

  /** `entries`, 1 to 64, is what each has room for, `shares` what the windows have of it. */
  constructor(entries: number, shares: readonly number[]) {
    this.sketch = new FrequencySketch(entries, 0, SKETCH)
    this.free = LENGTH * COUNT
    // The key that is asked for has a record before another one leaves.
    this.chains = this.free + LENGTH * (COUNT * entries + 1)
    const numbers = new Uint16Array(this.chains + CHAINS)
    for (let record = this.free; record < this.chains; record += LENGTH) {
      numbers[record + NEXT] = record + LENGTH
    }
    for (const [n, share] of shares.entries()) {
      const window = windowOf(entries, share)
      numbers[LENGTH * WINDOW + ROOM + n] = window
      numbers[LENGTH * PROBATION + ROOM + n] = entries - window
      numbers[LENGTH * PROTECTED + ROOM + n] = protectedOf(entries, window)
    }
    this.numbers = numbers
    this.words = new Int32Array(numbers.buffer)
  }

  /** The key that has this hash is asked for. Bit n of the result is set if the n-th hits. */
  request(hash: number): number {
    const { numbers } = this
    this.sketch.increment(hash)
    let record = this.find(hash)
    if (record === 0) record = this.meet(hash)
    else this.renew(record)
    const segments = numbers[record + SEGMENTS]!
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

  /** The record of the key that has this hash, 0 if there is none. */
  private find(hash: number): number {
    const { numbers, words } = this
    let record = numbers[this.chains + (hash & (CHAINS - 1))]!
    while (record !== 0 && words[record >> 1] !== hash) record = numbers[record + NEXT]!
    return record
  }

  /** Makes a record for the key that has this hash, the youngest. */
  private meet(hash: number): number {
    const { numbers } = this
    const chain = this.chains + (hash & (CHAINS - 1))
    const record = this.free
    this.free = numbers[record + NEXT]!
    this.words[record >> 1] = hash
    numbers[record + NEXT] = numbers[chain]!
    numbers[chain] = record
    this.enter(record)
    return record
  }

  /** A record that is in one of the segments becomes the youngest. */
  private renew(record: number): void {
    const { numbers } = this
    const younger = numbers[record + YOUNGER]!
    if (younger === 0) return
    this.leave(record)
    this.enter(record)
    const segments = numbers[record + SEGMENTS]!
    for (let n = 0; n < COUNT; n++) {
      const segment = (segments >> (4 * n)) & 15
      if ((segment & 1) !== 0 && numbers[LENGTH * segment + OLDEST + n] === record) {
        this.seek(younger, segment, n)
      }
    }
  }

  private insert(record: number, n: number): void {
    const { numbers } = this
    const candidate = this.put(record, WINDOW, n)
    if (candidate === 0) return
    const room = LENGTH * PROBATION + ROOM + n
    const incumbent = numbers[BEHIND + n]!
    if (numbers[room]! > 0) {
      numbers[room]!--
      this.link(candidate, n)
    } else if (incumbent !== 0 && this.admits(candidate, incumbent)) {
      this.unlink(incumbent, n)
      this.link(candidate, n)
      this.drop(incumbent, n)
    } else {
      this.drop(candidate, n)
    }
  }

  private admits(candidate: number, incumbent: number): boolean {
    const { sketch, words } = this
    const uses = sketch.estimate(words[candidate >> 1]!)
    return uses > 1 && uses > sketch.estimate(words[incumbent >> 1]!) + 1
  }

  /** It was used while on probation. */
  private promote(record: number, n: number): void {
    this.unlink(record, n)
    const demoted = this.put(record, PROTECTED, n)
    if (demoted !== 0) this.link(demoted, n)
  }

  /**
   * Adds the youngest record to a window or a protected segment; returns the oldest there if that is
   * one too many, else 0.
   */
  private put(record: number, segment: number, n: number): number {
    const { numbers } = this
    const at = LENGTH * segment + n
    const oldest = numbers[at + OLDEST]! || record
    this.mark(record, segment, n)
    if (numbers[at + ROOM]! > 0) {
      numbers[at + ROOM]!--
      numbers[at + OLDEST] = oldest
      return 0
    }
    if (oldest !== record) this.seek(numbers[oldest + YOUNGER]!, segment, n)
    return oldest
  }

  /** Finds the oldest of a window or a protected segment, from a record on that is older. */
  private seek(from: number, segment: number, n: number): void {
    const { numbers } = this
    let record = from
    while (((numbers[record + SEGMENTS]! >> (4 * n)) & 15) !== segment) {
      record = numbers[record + YOUNGER]!
    }
    numbers[LENGTH * segment + OLDEST + n] = record
  }

  private mark(record: number, segment: number, n: number): void {
    const segments = this.numbers[record + SEGMENTS]!
    this.numbers[record + SEGMENTS] = (segments & ~(15 << (4 * n))) | (segment << (4 * n))
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

  /** A record that is in no order by itself leaves; it is free if it is in no miniature then. */
  private drop(record: number, n: number): void {
    const { numbers } = this
    this.mark(record, 0, n)
    if (numbers[record + SEGMENTS] !== 0) return
    let at = this.chains + (this.words[record >> 1]! & (CHAINS - 1))
    while (numbers[at] !== record) at = numbers[at]! + NEXT
    numbers[at] = numbers[record + NEXT]!
    numbers[record + NEXT] = this.free
    this.free = record
    this.leave(record)
  }

  /** Adds a record at the young end of the order of use. */
  private enter(record: number): void {
    const { numbers } = this
    const youngest = numbers[OLDER]!
    numbers[record + OLDER] = youngest
    numbers[record + YOUNGER] = 0
    numbers[youngest + YOUNGER] = record
    numbers[OLDER] = record
  }

  /** Takes a record out of the order of use. */
  private leave(record: number): void {
    const { numbers } = this
    const older = numbers[record + OLDER]!
    const younger = numbers[record + YOUNGER]!
    numbers[older + YOUNGER] = younger
    numbers[younger + OLDER] = older
  }
}
