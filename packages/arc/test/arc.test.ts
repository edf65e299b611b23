import { arc } from "@evictionary/arc"
import type { Cache } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { ArcModel } from "./model.ts"

/** A cache, and the keys of those that it has evicted. */
function observed(capacity: number): [Cache<number, number>, number[]] {
  const evicted: number[] = []
  const cache = arc<number, number>({
    capacity,
    onRemoval: (key, _value, cause) => cause === "evicted" && evicted.push(key),
  })
  return [cache, evicted]
}

/** Whether it hits; what misses is stored. */
function request(cache: Cache<number, number>, key: number): boolean {
  if (cache.get(key) !== undefined) return true
  cache.set(key, key)
  return false
}

const capacities = fc.integer({ min: 1, max: 9 })
const requests = fc.array(fc.nat(25), { maxLength: 400, size: "max" })

it("a second use takes an entry out of the reach of newcomers", () => {
  const [cache, evicted] = observed(3)
  for (const key of [1, 2, 3, 1, 4, 5, 6]) request(cache, key)
  expect(evicted).toEqual([2, 3, 4])
  expect([...cache.keys()]).toEqual([5, 6, 1])
})

it("overwriting is a use", () => {
  const [cache] = observed(2)
  cache.set(1, 1).set(2, 2).set(1, 3).set(3, 3)
  expect([...cache.keys()]).toEqual([3, 1])
})

it("what left too early, and comes back, gives recency more room", () => {
  const [cache, evicted] = observed(4)
  for (const key of [1, 1, 2, 2, 3, 4, 5]) request(cache, key)
  expect(evicted).toEqual([3])
  request(cache, 3) // a ghost of T1: one place is for recency now
  expect(evicted).toEqual([3, 4])
  expect([...cache.keys()]).toEqual([1, 2, 3, 5])
  request(cache, 6)
  expect(evicted).toEqual([3, 4, 1])
  request(cache, 1) // a ghost of T2: the place goes back
  request(cache, 7)
  expect(evicted).toEqual([3, 4, 1, 5, 6])
})

it("a scan of new keys displaces only what was used once", () => {
  const [cache] = observed(3)
  for (const key of [1, 1]) request(cache, key)
  for (let key = 10; key < 100; key++) request(cache, key)
  expect([...cache.keys()]).toEqual([98, 99, 1])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(2)
  for (const key of [1, 1, 2, 3]) request(cache, key) // 2 is a ghost
  cache.delete(3)
  for (const key of [2, 4]) request(cache, key)
  expect([...cache.keys()]).toEqual([2, 4])
})

it("the capacity may change, and the balance with it", () => {
  const [cache, evicted] = observed(8)
  for (let key = 0; key < 8; key++) request(cache, key)
  for (const key of [0, 1, 2, 3, 8, 9, 4, 5]) request(cache, key)
  evicted.length = 0
  cache.resize(2)
  expect(evicted.length).toBe(6)
  for (const key of [20, 21, 22]) request(cache, key)
  expect([...cache.keys()]).toContain(22)
  cache.resize(4)
  for (const key of [30, 31]) request(cache, key)
  expect(cache.size).toBe(4)
})

it("at capacity 1 each newcomer takes the place of the one that is there", () => {
  const [cache, evicted] = observed(1)
  const outcome = [1, 1, 2, 1, 1, 3, 3].map((key) => request(cache, key))
  expect(outcome).toEqual([false, true, false, false, true, false, true])
  expect(evicted).toEqual([1, 2, 1])
})

it("hits and victims are those of the plain model", () => {
  fc.assert(
    fc.property(capacities, requests, (capacity, keys) => {
      const [cache, evicted] = observed(capacity)
      const model = new ArcModel(capacity)
      for (const key of keys) expect(request(cache, key)).toBe(model.request(key))
      expect(evicted).toEqual(model.evicted)
    }),
  )
})

it("the first in the order of iteration is the one that a new key displaces", () => {
  fc.assert(
    fc.property(capacities, requests, (capacity, keys) => {
      const [cache, evicted] = observed(capacity)
      for (const key of keys) request(cache, key)
      for (let fresh = 100; fresh < 110; fresh++) {
        const expected = cache.size === capacity ? [...cache.keys()].slice(0, 1) : []
        evicted.length = 0
        cache.set(fresh, fresh)
        expect(evicted).toEqual(expected)
      }
    }),
  )
})

it("the strategy says its name, and what it can do", () => {
  expect(arc.strategyName).toBe("arc")
  expect(arc.name).toBe("arc")
  expect(arc.options).toEqual([])
  expect([arc.promotes, arc.remembers, arc.scanResistant]).toEqual([true, true, true])
  expect(arc({ capacity: 1 }).strategyName).toBe("arc")
})
