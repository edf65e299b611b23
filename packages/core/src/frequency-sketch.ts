/** Words of 32 bits that a table has at first, and at least, if nothing else is said. */
const SHORTEST = 2 ** 10

/** Words that a table has at most. */
const LONGEST = 2 ** 27

/** So many increments for each entry that fits, and the counts are halved. */
const SAMPLE = 10

/** For the bits of a number that is no integer of 32 bits. */
const float = new Float64Array(1)
const halves = new Int32Array(float.buffer)

/**
 * Estimates how often keys have been used of late, in 8 to 16 bytes for each entry of a cache,
 * whatever the number of keys: a count-min sketch.
 *
 * A key is known by its hash, which picks one counter of 4 bits in each of four rows. The estimate
 * is the least of the four: never below the number of uses, up to 15, and above it only if other
 * keys share all four. When there have been ten increments for each entry, all counters are halved,
 * so that the past fades.
 *
 * Room for counters is taken as keys are met, and 4 kB at first. Every operation is O(1), amortised;
 * to hash a string is O(length).
 *
 * G. Cormode, S. Muthukrishnan, "An improved data stream summary: the count-min sketch and its
 * applications", Journal of Algorithms 55(1), 2005; halved as in G. Einziger, R. Friedman,
 * B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage
 * 13(4), 2017, and as in Caffeine.
 *
 * @example
 * ```ts
 * const sketch = new FrequencySketch(1_000)
 * const hash = sketch.hashOf("key")
 * sketch.increment(hash)
 * sketch.estimate(hash) // 1
 * ```
 */
export class FrequencySketch {
  private readonly seed: number
  /** Eight counters a word: two of each row. The length is a power of two. */
  private table: Int32Array
  private mask: number
  /** The least words, and the most. */
  private readonly least: number
  private most: number
  /** Keys met, while the table may become longer. */
  private keys: number
  /** Increments that the counters hold. */
  private increments: number
  /** Increments at which the counters are halved. */
  private sample: number
  /** Numbers for what has an identity only, in the order in which it was met. */
  private identities: WeakMap<WeakKey, number> | undefined
  private identified: number

  /**
   * `capacity` is that of the cache: a positive integer or `Infinity`. Sketches with the same
   * `seed`, an integer, that see the same keys are the same. `least` is a power of two: the words of
   * 32 bits that the table has at first.
   */
  constructor(capacity: number, seed: number = 0, least: number = SHORTEST) {
    this.seed = mixed(seed ^ 0x9e3779b9)
    this.table = new Int32Array(least)
    this.mask = least - 1
    this.least = least
    this.most = least
    this.keys = 0
    this.increments = 0
    this.sample = 0
    this.identities = undefined
    this.identified = 0
    this.resize(capacity)
  }

  /**
   * The hash of any key, an integer of 32 bits: the same for keys that are equal in a `Map`. Objects
   * and symbols are known by identity, all others by what they are.
   */
  hashOf(key: unknown): number {
    return typeof key === "number" && (key | 0) === key
      ? mixed(key ^ this.seed)
      : this.hashOfOther(key)
  }

  private hashOfOther(key: unknown): number {
    switch (typeof key) {
      case "number":
        return this.hashOfFloat(key)
      case "string":
        return this.hashOfText(key)
      case "bigint":
        return this.hashOfText(`${key.toString(16)}n`)
      case "boolean":
      case "undefined":
        return this.hashOfText(`${key}`)
      case "symbol": {
        // One from the registry is the same everywhere and for ever, as a string is.
        const name = Symbol.keyFor(key)
        return name === undefined ? this.hashOfSymbol(key) : this.hashOfText(name)
      }
      default:
        return key === null ? this.hashOfText("null") : this.hashOfIdentity(key as WeakKey)
    }
  }

  /** Counts one use of the key that has this hash. */
  increment(hash: number): void {
    if (this.tick(once(this.add(hash, 1)))) this.fade(0)
  }

  /** How often the key that has this hash was used of late, 0 to 15. */
  estimate(hash: number): number {
    const { table, mask } = this
    const step = stepOf(hash)
    let at = hash
    let shift = (step >>> 27) & 16
    let least = 15
    for (const end = shift + 16; shift < end; shift += 4) {
      least = lesser(least, (table[at & mask]! >>> shift) & 15)
      at = (at + step) | 0
    }
    return least
  }

  /** @internal Adds uses, 1 to 15, of the key that has this hash; returns the estimate before. */
  add(hash: number, uses: number): number {
    const { table, mask } = this
    const step = stepOf(hash)
    let at = hash
    let shift = (step >>> 27) & 16
    let least = 15
    for (const end = shift + 16; shift < end; shift += 4) {
      const word = table[at & mask]!
      const count = (word >>> shift) & 15
      least = lesser(least, count)
      table[at & mask] = word + (lesser(uses, 15 - count) << shift)
      at = (at + step) | 0
    }
    if (table.length < this.most && least === 0) this.meet()
    return least
  }

  /** @internal So many uses were counted, here or elsewhere; returns whether to {@link fade}. */
  tick(uses: number): boolean {
    this.increments += uses
    return this.increments >= this.sample
  }

  /** @internal Halves all counters; `lost` uses were lost in halving those that are elsewhere. */
  fade(lost: number): void {
    const { table } = this
    let odd = 0
    for (let at = 0; at < table.length; at++) {
      const word = table[at]!
      // Each of the eight lowest bits, added up in the highest four.
      odd += Math.imul(word & 0x11111111, 0x11111111) >>> 28
      table[at] = (word >>> 1) & 0x77777777
    }
    // Each use is in four counters, and in more than that when the table has become longer since.
    this.increments = Math.max((this.increments - lost - (odd >>> 2)) >> 1, 0)
  }

  /**
   * The capacity of the cache has changed. Counts stay; in a shorter table, the larger of two that
   * come together.
   */
  resize(capacity: number): void {
    let entries = 1
    while (entries < capacity && 2 * entries < LONGEST) entries *= 2
    this.sample = SAMPLE * entries
    this.most = Math.max(2 * entries, this.least)
    // One that is twice too long stays, since the capacity may go up and down a little.
    if (this.table.length <= 2 * this.most) return
    while (this.table.length > this.most) this.fold()
  }

  /** There is one key more; with half as many as words, the table becomes longer. */
  private meet(): void {
    if (++this.keys <= this.table.length >> 1) return
    // Wherever a key looks in the longer table, it finds the count that it had.
    const { table } = this
    this.table = new Int32Array(2 * table.length)
    this.table.set(table)
    this.table.set(table, table.length)
    this.mask = this.table.length - 1
  }

  /** Lays the second half of the table over the first. */
  private fold(): void {
    const length = this.table.length >> 1
    const upper = this.table.subarray(length)
    this.table = this.table.slice(0, length)
    this.mask = length - 1
    // Should the table become longer again, then as keys are met again.
    this.keys = Math.min(this.keys, length >> 1)
    for (let at = 0; at < length; at++) {
      for (let shift = 0; shift < 32; shift += 4) {
        const more = ((upper[at]! >>> shift) & 15) - ((this.table[at]! >>> shift) & 15)
        if (more > 0) this.table[at] = this.table[at]! + (more << shift)
      }
    }
  }

  private hashOfFloat(key: number): number {
    // NaN has many forms in bits; 0, which is no such number, stands for all.
    float[0] = Number.isNaN(key) ? 0 : key
    return mixed(mixed(halves[0]! ^ this.seed) + halves[1]!)
  }

  private hashOfText(text: string): number {
    let hash = this.seed ^ 0x5bd1e995
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
      hash ^= hash >>> 15
    }
    return mixed(hash)
  }

  private hashOfSymbol(key: symbol): number {
    try {
      return this.hashOfIdentity(key as unknown as WeakKey)
    } catch {
      // Not every platform has symbols as weak keys: those of one name then look alike.
      return this.hashOfText(String(key))
    }
  }

  private hashOfIdentity(key: WeakKey): number {
    // It is no small thing to make, and few caches have such keys.
    this.identities ??= new WeakMap()
    let number = this.identities.get(key)
    if (number === undefined) {
      number = ++this.identified
      this.identities.set(key, number)
    }
    return mixed(mixed(number) ^ this.seed)
  }
}

/**
 * What one use more adds to the uses of late: 1, or 0 if there are 15 of them. Without a branch, since
 * a processor could only guess.
 */
export function once(uses: number): number {
  return (30 - uses) >> 4
}

/** Every bit of the result depends on every bit of `n`: the end of murmur3. */
function mixed(n: number): number {
  let hash = n ^ (n >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** `Math.min` of integers, without a branch that a processor could only guess. */
function lesser(a: number, b: number): number {
  return b + ((a - b) & ((a - b) >> 31))
}

/** What leads a hash from row to row: odd, so that it visits four different words. */
function stepOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 1
}
