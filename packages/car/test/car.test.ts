import { car } from "@evictionary/car"
import { expect, it } from "vitest"
import {
  foretellsNextVictim,
  observed,
  remembersAtMost,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"

it("a hit moves nothing until the hand comes round, and then the entry goes to T2", () => {
  const [cache, evicted] = observed(car, 3)
  for (const key of [1, 2, 3, 1]) request(cache, key)
  expect([...cache.keys()]).toEqual([2, 3, 1])
  for (const key of [4, 5, 6]) request(cache, key)
  expect(evicted).toEqual([2, 3, 4])
  expect([...cache.keys()]).toEqual([5, 6, 1])
})

it("what left T1 too early, and comes back, gives recency more room", () => {
  const [cache, evicted] = observed(car, 4)
  for (const key of [1, 2, 1, 2, 3, 4, 5]) request(cache, key)
  expect(evicted).toEqual([3])
  request(cache, 3) // a ghost of T1: one place is for recency now
  expect(evicted).toEqual([3, 4])
  request(cache, 6)
  request(cache, 7)
  expect(evicted).toEqual([3, 4, 5, 6])
  expect([...cache.keys()]).toEqual([7, 1, 2, 3])
})

it("a scan of new keys displaces only what was used once", () => {
  const [cache] = observed(car, 3)
  for (const key of [1, 1]) request(cache, key)
  for (let key = 10; key < 100; key++) request(cache, key)
  expect([...cache.keys()]).toEqual([98, 99, 1])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(car, 2)
  for (const key of [1, 1, 2, 3]) request(cache, key) // 2 is a ghost
  cache.delete(3)
  request(cache, 2)
  request(cache, 4)
  expect([...cache.keys()]).toEqual([4, 2])
})

it("the capacity may change, and the balance with it", () => {
  const [cache, evicted] = observed(car, 8)
  for (let key = 0; key < 8; key++) request(cache, key)
  for (const key of [0, 1, 2, 3, 8, 9, 4, 5]) request(cache, key)
  evicted.length = 0
  cache.resize(2)
  expect(evicted).toHaveLength(6)
  for (const key of [20, 21, 22]) request(cache, key)
  expect([...cache.keys()]).toContain(22)
  cache.resize(4)
  for (const key of [30, 31]) request(cache, key)
  expect(cache.size).toBe(4)
})

foretellsNextVictim(car)
remembersAtMost(car, (capacity) => capacity)
replacesAtCapacityOne(car)

it("the strategy says its name, and what it can do", () => {
  expect(car.strategyName).toBe("car")
  expect(car.name).toBe("car")
  expect(car.options).toEqual([])
  expect([car.promotes, car.remembers, car.scanResistant]).toEqual([true, true, true])
})
