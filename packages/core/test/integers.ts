/** What the multiplier of the hash, the golden ratio, turns into 1, modulo 2^32. */
const INVERSE = 0xe8b2f51
const GOLDEN = 0x9e3779b1

/** Sets of keys against which a hash table of integers may be weak. */
export function adversarial(count: number): Record<string, number[]> {
  const make = (key: (n: number) => number) => Array.from({ length: count }, (_, n) => key(n) | 0)
  /** Keys that the hash turns into these numbers, whose high bits are the home. */
  const hashed = (hash: (n: number) => number) => make((n) => Math.imul(hash(n), INVERSE))
  const sets: Record<string, number[]> = {
    "in sequence": make((n) => n),
    "in sequence below zero": make((n) => -n),
    "that are multiples of the table's size": make((n) => n << 14),
    "that differ in their high bits only": make((n) => (n << 17) | (n >> 15)),
    "spread by the constant of the hash": make((n) => Math.imul(n, GOLDEN)),
    "that all have one home": hashed((n) => n),
  }
  for (const each of [10, 60, 200, 1_000]) {
    sets[`of which every ${each} have one home`] = hashed((n) => {
      return Math.imul(Math.floor(n / each), GOLDEN) + (n % each)
    })
  }
  for (const bits of [10, 11, 14, 15, 16]) {
    sets[`whose homes follow each other in a table of 2^${bits}`] = hashed((n) => n << (32 - bits))
  }
  return sets
}

/** Distinct keys without a pattern. */
export function random(count: number): number[] {
  const keys = new Set<number>()
  // What murmur3 does to a number in the end: each goes to another one.
  for (let n = 1; keys.size < count; n++) {
    const mixed = Math.imul(n ^ (n >>> 16), 0x85ebca6b)
    const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    keys.add(again ^ (again >>> 16))
  }
  return [...keys]
}
