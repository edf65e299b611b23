import { arc } from "@evictionary/arc"
import { expect, it } from "vitest"
import {
  foretellsNextVictim,
  observed,
  remembersAtMost,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"

it("a second use takes an entry out of the reach of newcomers", () => {
  const [cache, evicted] = observed(arc, 3)
  for (const key of [1, 2, 3, 1, 4, 5, 6]) request(cache, key)
  expect(evicted).toEqual([2, 3, 4])
  expect([...cache.keys()]).toEqual([5, 6, 1])
})

it("overwriting is a use", () => {
  const [cache] = observed(arc, 2)
  cache.set(1, 1).set(2, 2).set(1, 3).set(3, 3)
  expect([...cache.keys()]).toEqual([3, 1])
})

it("what left too early, and comes back, gives recency more room", () => {
  const [cache, evicted] = observed(arc, 4)
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
  const [cache] = observed(arc, 3)
  for (const key of [1, 1]) request(cache, key)
  for (let key = 10; key < 100; key++) request(cache, key)
  expect([...cache.keys()]).toEqual([98, 99, 1])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(arc, 2)
  for (const key of [1, 1, 2, 3]) request(cache, key) // 2 is a ghost
  cache.delete(3)
  for (const key of [2, 4]) request(cache, key)
  expect([...cache.keys()]).toEqual([2, 4])
})

it("the capacity may change, and the balance with it", () => {
  const [cache, evicted] = observed(arc, 8)
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

foretellsNextVictim(arc)
remembersAtMost(arc, (capacity) => capacity)
replacesAtCapacityOne(arc)

it("the strategy says its name, and what it can do", () => {
  expect(arc.strategyName).toBe("arc")
  expect(arc.name).toBe("arc")
  expect(arc.options).toEqual([])
  expect([arc.promotes, arc.remembers, arc.scanResistant]).toEqual([true, true, true])
  expect(arc({ capacity: 1 }).strategyName).toBe("arc")
})
