import { FrequencySketch } from "@evictionary/core"
import fc from "fast-check"
import { expect, it, vi } from "vitest"

const hashes = fc.array(fc.integer(), { maxLength: 300, size: "max" })

/** Counts one use of a key. */
function use(sketch: FrequencySketch, key: unknown, times = 1): void {
  const hash = sketch.hashOf(key)
  for (let n = 0; n < times; n++) sketch.increment(hash)
}

function usesOf(sketch: FrequencySketch, key: unknown): number {
  return sketch.estimate(sketch.hashOf(key))
}

it("an estimate is never below the number of uses, up to 15", () => {
  fc.assert(
    fc.property(hashes, (hashes) => {
      const sketch = new FrequencySketch(1_000)
      const uses = new Map<number, number>()
      for (const hash of hashes) {
        sketch.increment(hash)
        uses.set(hash, (uses.get(hash) ?? 0) + 1)
      }
      for (const [hash, count] of uses) {
        const estimate = sketch.estimate(hash)
        if (!(estimate >= Math.min(count, 15))) expect.fail(`${estimate} for ${count} uses`)
      }
    }),
  )
})

it("estimates are right but for a few, as long as there are no more keys than fit", () => {
  const sketch = new FrequencySketch(10_000)
  for (let key = 0; key < 10_000; key++) use(sketch, key, key % 4)
  let wrong = 0
  for (let key = 0; key < 10_000; key++) if (usesOf(sketch, key) !== key % 4) wrong++
  expect(wrong).toBeLessThan(1_000)
})

it("a key that was never used is estimated at 0, and one used often at 15", () => {
  const sketch = new FrequencySketch(100)
  use(sketch, "often", 100)
  expect(usesOf(sketch, "often")).toBe(15)
  expect(usesOf(sketch, "never")).toBe(0)
})

it("the past fades: after ten uses for each entry, all counts are halved", () => {
  const sketch = new FrequencySketch(64)
  use(sketch, "old", 10)
  for (let key = 0; key < 629; key++) use(sketch, key)
  expect(usesOf(sketch, "old")).toBe(10)
  use(sketch, "last")
  expect(usesOf(sketch, "old")).toBe(5)
})

it("estimates outlive growth and shrinking, those that were not lost in collisions", () => {
  const sketch = new FrequencySketch(Infinity)
  use(sketch, "hot", 9)
  for (let key = 0; key < 100_000; key++) use(sketch, key)
  expect(usesOf(sketch, "hot")).toBeGreaterThanOrEqual(9)
  expect(usesOf(sketch, "hot")).toBeLessThan(12)
  sketch.resize(50_000)
  expect(usesOf(sketch, "hot")).toBeGreaterThanOrEqual(9)
  sketch.resize(10)
  expect(usesOf(sketch, "hot")).toBeGreaterThanOrEqual(9)
  sketch.resize(1_000_000)
  expect(usesOf(sketch, "hot")).toBeGreaterThanOrEqual(9)
})

it("when the capacity shrinks after the table grew, the past goes on fading as it did", () => {
  const sketch = new FrequencySketch(1_000)
  use(sketch, "hot", 15)
  for (let key = 0; key < 600; key++) use(sketch, key)
  sketch.resize(10)
  use(sketch, "newcomer")
  expect(usesOf(sketch, "hot")).toBe(7)
  use(sketch, "newcomer", 10)
  expect(usesOf(sketch, "hot")).toBe(7)
})

it("keys that a Map holds equal have one hash, others hardly ever", () => {
  const { hashOf } = bound(new FrequencySketch(10))
  expect(hashOf(-0)).toBe(hashOf(0))
  expect(hashOf(NaN)).toBe(hashOf(0 / 0))
  expect(hashOf("ab")).toBe(hashOf(["a", "b"].join("")))
  expect(hashOf(10n ** 30n)).toBe(hashOf(10n ** 29n * 10n))
  expect(hashOf(Symbol.for("name"))).toBe(hashOf(Symbol.for("name")))
  const object = {}
  const symbol = Symbol("name")
  const callback = () => {}
  for (const key of [object, symbol, callback]) expect(hashOf(key)).toBe(hashOf(key))
  const keys = [
    ...[0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 53, 0.5, -0.5, Infinity, -Infinity, NaN, 1e300],
    ...["", "0", "1", "a", "b", "ab", "ba", "__proto__", "é".repeat(1_000)],
    ...[0n, 1n, -1n, 2n ** 100n, true, false, null],
    ...[object, {}, [], symbol, Symbol("name"), Symbol.for("other"), callback, () => {}],
  ]
  expect(new Set(keys.map(hashOf)).size).toBe(keys.length)
  for (const key of keys) expect(hashOf(key)).toBe(hashOf(key) | 0)
  expect(hashOf(undefined)).toBe(hashOf(undefined))
})

it("symbols have hashes where they are no weak keys", () => {
  const { hashOf } = bound(new FrequencySketch(10))
  const set = vi.spyOn(WeakMap.prototype, "set").mockImplementation((key) => {
    throw new TypeError(`${String(key)} is no object`)
  })
  const symbols = [Symbol("one"), Symbol("other")]
  const hashes = [...symbols, ...symbols].map(hashOf)
  set.mockRestore()
  expect(hashes.slice(2)).toEqual(hashes.slice(0, 2))
  expect(hashes[0]).not.toBe(hashes[1])
})

it("sketches of one seed agree on hashes, those of another do not", () => {
  const keys = [1, -5, 0.5, "key", 7n, true, null, undefined]
  const hashes = (seed: number) => keys.map(bound(new FrequencySketch(10, seed)).hashOf)
  expect(hashes(5)).toEqual(hashes(5))
  expect(hashes(5)).not.toEqual(hashes(6))
})

it("a sketch does not keep objects alive, nor numbers them by what other sketches have met", () => {
  const first = new FrequencySketch(10)
  const second = new FrequencySketch(10)
  first.hashOf({})
  const key = {}
  expect(first.hashOf(key)).not.toBe(second.hashOf(key))
})

it("integers in sequence, in equal steps, and strings that differ little, are spread evenly", () => {
  for (const key of [
    (n: number) => n,
    (n: number) => n << 16,
    (n: number) => n * 1_000_003,
    (n: number) => n / 7,
    (n: number) => `user:${n}`,
  ]) {
    const sketch = new FrequencySketch(4_096)
    for (let n = 0; n < 4_096; n++) use(sketch, key(n))
    let wrong = 0
    for (let n = 0; n < 4_096; n++) if (usesOf(sketch, key(n)) !== 1) wrong++
    expect(wrong).toBeLessThan(400)
  }
})

function bound(sketch: FrequencySketch): { hashOf: (key: unknown) => number } {
  return { hashOf: (key) => sketch.hashOf(key) }
}
