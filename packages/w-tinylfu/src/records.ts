/** A record is so many numbers of 16 bits, and is known by the index of the first. */
export const LENGTH = 14
/** In a record: the hash of its key, which is two numbers, and the next record in the same chain. */
const NEXT = 2
/** For the user: nothing in a new record, and nothing when it is forgotten. */
export const MARKS = 3
/** The neighbours in the order of use. */
const OLDER = 4
export const YOUNGER = 5
/** From here on, a record has room for the user. */
export const ROOM = 6

/** Chains of records, found by the low bits of a hash. */
const CHAINS = 256

/**
 * Keys, known by their hashes, in the order of their last use. Each has a record in one piece of
 * memory, so that it is found at once and with all that is noted of it. Record 0 is none; it has the
 * ends of the order of use.
 */
export class Records {
  /** All records, and after them the first of each chain. */
  readonly numbers: Uint16Array
  /** The same memory by words of 32 bits. */
  private readonly words: Int32Array
  /** Where the chains begin. */
  private readonly chains: number
  /** The first record that is free; the others follow as in a chain. */
  private free: number

  /** For `count` keys at most; the `reserved` records before theirs are left to the user. */
  constructor(reserved: number, count: number) {
    this.chains = LENGTH * (reserved + count)
    this.numbers = new Uint16Array(this.chains + CHAINS)
    this.words = new Int32Array(this.numbers.buffer)
    this.free = LENGTH * reserved
    for (let record = this.free; record < this.chains; record += LENGTH) {
      this.numbers[record + NEXT] = record + LENGTH
    }
  }

  /** The hash of the key. */
  hashOf(record: number): number {
    return this.words[record >> 1]!
  }

  /** The record of the key that has this hash, 0 if there is none. */
  find(hash: number): number {
    const { numbers, words } = this
    let record = numbers[this.chains + (hash & (CHAINS - 1))]!
    while (record !== 0 && words[record >> 1] !== hash) record = numbers[record + NEXT]!
    return record
  }

  /** Makes a record for the key that has this hash, the youngest. */
  meet(hash: number): number {
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

  /** Makes the record free. */
  forget(record: number): void {
    const { numbers } = this
    let at = this.chains + (this.words[record >> 1]! & (CHAINS - 1))
    while (numbers[at] !== record) at = numbers[at]! + NEXT
    numbers[at] = numbers[record + NEXT]!
    numbers[record + NEXT] = this.free
    this.free = record
    this.leave(record)
  }

  /** The record becomes the youngest. */
  renew(record: number): void {
    this.leave(record)
    this.enter(record)
  }

  /** Adds a record at the young end. */
  private enter(record: number): void {
    const { numbers } = this
    const youngest = numbers[OLDER]!
    numbers[record + OLDER] = youngest
    numbers[record + YOUNGER] = 0
    numbers[youngest + YOUNGER] = record
    numbers[OLDER] = record
  }

  /** Takes a record out of the order. */
  private leave(record: number): void {
    const { numbers } = this
    const older = numbers[record + OLDER]!
    const younger = numbers[record + YOUNGER]!
    numbers[older + YOUNGER] = younger
    numbers[younger + OLDER] = older
  }
}
