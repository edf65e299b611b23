import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { alike, same } from "../../../scripts/same.ts"
import { recency, remembering } from "./policies.ts"

/** As many keys as a `Map` takes in these tests, those counted that have left since it made room. */
const MOST = 1_000

/** How many lookups there were in any `Map`. */
let lookups = 0

/** A `Map` that is full as that of V8 is, but earlier. */
class LimitedMap<K, V> extends Map<K, V> {
  private left = 0

  override get(key: K): V | undefined {
    lookups++
    return super.get(key)
  }

  override set(key: K, value: V): this {
    if (!this.has(key) && this.size + (this.left ?? 0) >= MOST) {
      if (this.left < MOST / 2) throw new RangeError("Map maximum size exceeded")
      this.left = 0
    }
    return super.set(key, value)
  }

  override delete(key: K): boolean {
    const deleted = super.delete(key)
    if (deleted) this.left++
    return deleted
  }
}

const RealMap = Map

beforeEach(() => {
  vi.stubGlobal("Map", LimitedMap)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const name = (n: number) => `key ${n}`

it.each([
  ["strings", name],
  ["objects", (() => {
    const objects: object[] = []
    return (n: number) => (objects[n] ??= {})
  })()], // biome-ignore format: a line each
  ["fractions", (n: number) => n + 0.5],
  ["strings and integers", (n: number) => (n % 3 === 0 ? n : name(n))],
])("there may be more keys than a Map takes: %s", (_kind, keyOf: (n: number) => unknown) => {
  for (const make of [recency, remembering]) {
    const cache = make<unknown, number>({ capacity: 2_500 })
    for (let n = 0; n < 8_000; n++) {
      cache.set(keyOf(n), n)
      if (n % 10 === 0) cache.delete(keyOf(n - 5))
      same(cache.peek(keyOf(n)), n, `key ${n}`)
    }
    expect(cache.size).toBe(2_500)
    const entries = [...cache]
    expect(new RealMap(entries).size).toBe(2_500)
    for (const [key, value] of entries) {
      same(cache.get(key), value, `key ${value}`)
      same(keyOf(value), key, `key ${value} in iteration`)
    }
    expect(cache.has(keyOf(0))).toBe(false)
    for (let n = 0; n < 8_000; n++) cache.delete(keyOf(n))
    expect([cache.size, ...cache]).toEqual([0])
    cache.set(keyOf(1), 1).clear()
    expect(cache.set(keyOf(2), 2).size).toBe(1)
  }
})

it("so may there be in a dump, and in a cache that gets another strategy", () => {
  const cache = recency<string, number>({ capacity: 5_000 })
  for (let n = 0; n < 4_000; n++) cache.set(name(n), n)
  const entries = [...cache]
  cache.use(remembering)
  alike([...cache], entries)
  const copy = recency<string, number>({ capacity: 3_000 })
  copy.load(cache.dump())
  alike([...copy], entries.slice(1_000))
})

it("those that are found nowhere leave no slot behind", () => {
  const cache = recency<string, number>({ capacity: 3_000 })
  for (let round = 0; round < 20; round++) {
    for (let n = 0; n < 3_000; n++) cache.set(name(round * 3_000 + n), n)
    expect([cache.size, [...cache].length]).toEqual([3_000, 3_000])
  }
})

it("however many have come and gone, a lookup asks no more Maps than there are keys for", () => {
  const cache = recency<string, number>({ capacity: 1_500 })
  for (let n = 0; n < 40_000; n++) cache.set(name(n), n)
  lookups = 0
  expect(cache.has("none")).toBe(false)
  expect(lookups).toBeLessThan(5)
})

it("a stack that overflows is no sign of a full Map", () => {
  class Overflowing<K, V> extends RealMap<K, V> {
    override set(key: K, value: V): this {
      if (key === "deep") throw new RangeError("Maximum call stack size exceeded")
      return super.set(key, value)
    }
  }
  vi.stubGlobal("Map", Overflowing)
  const cache = recency<string, number>({ capacity: 10 })
  expect(() => cache.set("deep", 1)).toThrow("Maximum call stack size exceeded")
})

it.runIf(deep)("as many as no Map of this engine takes", () => {
  vi.unstubAllGlobals()
  const count = 2 ** 24 + 2 ** 20
  const cache = recency<number, number>({ capacity: count })
  for (let n = 0; n < count; n++) cache.set(n + 0.5, n)
  expect(cache.size).toBe(count)
  let found = 0
  for (let n = 0; n < count; n++) if (cache.peek(n + 0.5) === n) found++
  expect(found).toBe(count)
  expect(cache.get(count + 0.5)).toBeUndefined()
})
