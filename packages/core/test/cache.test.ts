import { defineStrategy } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { Recency, recency } from "./policies.ts"

it("members of the Map kind do what a Map does while there is room", () => {
  const step = fc.tuple(
    fc.constantFrom("set", "get", "has", "delete", "getOrInsert", "clear"),
    fc.oneof(fc.nat(5), fc.constantFrom("a", "b", undefined, null, Number.NaN, -0, 0.5)),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const cache = recency<unknown, number>({ capacity: 100 })
      const map = new Map<unknown, number>()
      steps.forEach(([operation, key], value) => {
        if (operation === "set") expect(cache.set(key, value)).toBe(cache)
        if (operation === "get") expect(cache.get(key)).toBe(map.get(key))
        if (operation === "has") expect(cache.has(key)).toBe(map.has(key))
        if (operation === "delete") expect(cache.delete(key)).toBe(map.delete(key))
        if (operation === "clear") cache.clear()
        if (operation === "getOrInsert") {
          expect(cache.getOrInsert(key, value)).toBe(map.get(key) ?? value)
        }
        if (operation === "clear") map.clear()
        if (operation === "set" || (operation === "getOrInsert" && !map.has(key))) {
          map.set(key, value)
        }
      })
      expect(new Map(cache)).toEqual(map)
    }),
  )
})

it("forEach calls back with value, key, cache and the given this", () => {
  const cache = recency<string, number>({ capacity: 2 }).set("a", 1)
  const calls: unknown[] = []
  cache.forEach(function (this: unknown, ...args: unknown[]) {
    calls.push([this, ...args])
  }, "this")
  expect(calls).toEqual([["this", 1, "a", cache]])
})

it("coldest and hottest give entries from either end", () => {
  const cache = recency<string, number>({ capacity: 3 }).set("a", 1).set("b", 2).set("c", 3)
  expect(cache.coldest(2).map(([key]) => key)).toEqual(["a", "b"])
  expect(cache.hottest(2).map(([key]) => key)).toEqual(["c", "b"])
  expect(cache.hottest(Infinity)).toHaveLength(3)
  expect(cache.coldest(0)).toEqual([])
})

it("a listener may clear the cache, or change its capacity, in the middle of an eviction", () => {
  for (const act of ["clear", "resize"] as const) {
    const cache = recency<string, number>({
      capacity: 2,
      onRemoval: () => (act === "clear" ? cache.clear() : cache.resize(0)),
    })
    cache.set("a", 1).set("b", 2).set("c", 3)
    expect([...cache]).toEqual([])
    expect(cache.size).toBe(0)
  }
})

it("counts can be compared, kept and reset", () => {
  const cache = recency<string, number>({ capacity: 1 })
  cache.set("a", 1).set("b", 2).get("b")
  cache.get("a")
  expect(cache.stats.hitRatio).toBe(0.5)
  const before = cache.stats.snapshot()
  cache.get("b")
  expect(cache.stats.minus(before)).toMatchObject({ hits: 1, misses: 0, evictions: 0 })
  expect(before).toMatchObject({ hits: 1, misses: 1, inserts: 2, evictions: 1, hitRatio: 0.5 })
  expect(Object.isFrozen(before)).toBe(true)
  cache.stats.reset()
  expect(cache.stats).toMatchObject({ hits: 0, misses: 0, inserts: 0, hitRatio: 0 })
})

it("getOrInsertComputed computes once, for an absent key only, and may be entered again", () => {
  const cache = recency<number, number>({ capacity: 2 })
  const fib = (n: number): number =>
    n < 2 ? n : cache.getOrInsertComputed(n - 1, fib) + cache.getOrInsertComputed(n - 2, fib)
  expect(cache.getOrInsertComputed(30, fib)).toBe(832_040)
  expect(cache.size).toBe(2)
  expect(cache.getOrInsertComputed(30, () => 0)).toBe(832_040)
  expect(cache.getOrInsertComputed(-0, (key) => 1 / key)).toBe(Infinity)
})

it("a cache that never evicts cannot be given a capacity", () => {
  const eternal = defineStrategy("eternal", ({ slots }) => new Recency(slots), {
    neverEvicts: true,
  })
  const cache = eternal<string, number>()
  expect(() => cache.resize(1)).toThrow(
    "the strategy eternal never evicts, so it cannot be resized to 1",
  )
  expect(() => eternal({ capacity: 1 } as never)).toThrow("`capacity` is not an option")
  expect(() => recency(null as never)).toThrow("`options` must be an object, received null")
  expect(() => recency(undefined as never)).toThrow("`capacity` must be")
  cache.resize(Infinity)
  expect(cache.capacity).toBe(Infinity)
})
