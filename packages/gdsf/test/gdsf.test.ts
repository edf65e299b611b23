import { gdsf } from "@evictionary/gdsf"
import fc from "fast-check"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  observed,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"
import { alike } from "../../../scripts/same.ts"
import { GdsfModel } from "./model.ts"

/** A cache whose values are what the entries weigh and cost, and the keys that it has evicted. */
function weighing(options: { capacity?: number; maxWeight: number }) {
  const evicted: unknown[] = []
  const cache = gdsf<number, [weight: number, cost: number]>({
    ...options,
    weigher: ([weight]) => weight,
    cost: ([, cost]) => cost,
    onRemoval: (key, _value, cause) => cause === "evicted" && evicted.push(key),
  })
  return { cache, evicted }
}

it("what is used more often stays", () => {
  const [cache, evicted] = observed(gdsf, 3)
  for (const key of [1, 2, 3, 1, 3, 1]) request(cache, key)
  for (const key of [4, 5, 6]) request(cache, key)
  // 2 left with 1, so that 4 has 1 + 1, as 3 has, which was used before; then 5 and 6 have 2 + 1.
  expect(evicted).toEqual([2, 3, 4])
  expect([...cache.keys()]).toEqual([1, 5, 6])
})

it("what was used often is overtaken in the end", () => {
  const [cache, evicted] = observed(gdsf, 2)
  for (let n = 0; n < 10; n++) request(cache, 1)
  for (let key = 2; evicted.at(-1) !== 1; key++) request(cache, key)
  expect(evicted).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 1])
})

it("of those that were used as often, the heavier leaves, and it is replaced by several", () => {
  const { cache, evicted } = weighing({ maxWeight: 8 })
  cache.set(1, [1, 1]).set(2, [4, 1]).set(3, [2, 1])
  cache.set(4, [2, 1]).set(5, [1, 1])
  expect(evicted).toEqual([2])
  cache.set(6, [3, 1])
  expect(evicted).toEqual([2, 3])
})

it("of those that weigh the same, the one that costs less leaves", () => {
  const { cache, evicted } = weighing({ maxWeight: 3 })
  cache.set(1, [1, 5]).set(2, [1, 2]).set(3, [1, 9])
  cache.set(4, [1, 9]).set(5, [1, 9])
  expect(evicted).toEqual([2, 1])
  // 4 and 5 came when the clock was at 2 and 5.
  expect([...cache.keys()]).toEqual([3, 4, 5])
})

it("what costs nothing leaves first, and what weighs nothing is worth what its cost is", () => {
  const { cache, evicted } = weighing({ capacity: 3, maxWeight: 9 })
  cache.set(1, [0, 1]).set(2, [3, 0]).set(3, [3, 6])
  cache.set(4, [0, 0]).set(5, [0, 3])
  expect(evicted).toEqual([2, 4])
  expect([...cache.keys()]).toEqual([1, 3, 5])
})

it("what was overwritten counts as what it weighs and costs now", () => {
  const { cache, evicted } = weighing({ maxWeight: 12 })
  cache.set(1, [2, 1]).set(2, [2, 1]).set(3, [4, 1])
  cache.set(1, [8, 2])
  expect(evicted).toEqual([3])
  // It was used twice, and costs 2: 4 / 8, as 2.
  expect([...cache.keys()]).toEqual([2, 1])
})

it("what is overwritten stays though it is now worth least, and begins anew", () => {
  const { cache, evicted } = weighing({ maxWeight: 10 })
  cache.set(1, [1, 1]).set(2, [1, 1]).set(3, [1, 1])
  for (let n = 0; n < 3; n++) cache.get(1)
  cache.set(1, [9, 1])
  expect(evicted).toEqual([2])
  // It has 1 + 1 / 9, where 5 / 9 were not enough.
  expect([...cache.keys()]).toEqual([3, 1])
})

/** Powers of two, so that all sums are exact. */
const sizes = fc.constantFrom(0, 1, 2, 4, 8, 16)
const costs = fc.constantFrom(0, 1, 3, 100)

it("victims and order are those of the plain model, whatever entries weigh and cost", () => {
  const operation = fc.constantFrom("get", "set", "set", "set", "delete")
  const steps = fc.array(fc.tuple(operation, fc.nat(9), sizes, costs), {
    maxLength: 100,
    size: "max",
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(40), steps, (capacity, maxWeight, steps) => {
      const { cache, evicted } = weighing({ capacity, maxWeight })
      const model = new GdsfModel(capacity, maxWeight)
      for (const [operation, key, size, cost] of steps) {
        for (const subject of [cache, model]) {
          if (operation === "get") subject.get(key)
          if (operation === "set") subject.set(key, [size, cost])
          if (operation === "delete") subject.delete(key)
        }
        alike(evicted, model.victims, "victims")
        alike([...cache.keys()], model.order(), "order")
      }
    }),
  )
})

it("however long a cache lives, it tells what is worth little from what is worth less", () => {
  const { cache } = weighing({ capacity: 3, maxWeight: Infinity })
  for (let key = 0; key < 30_000; key++) cache.set(key, [1, 2 ** 40])
  // Doubles of this size are even numbers.
  expect(cache.inspect().scalars.clock).toBeGreaterThan(2 ** 53)
  const dear = [...cache.keys()]
  cache.resize(5)
  cache.set(-1, [2 ** 20, 3]).set(-2, [2 ** 20, 2])
  expect([...cache.keys()].filter((key) => key < 0)).toEqual([-2, -1])
  expect([...cache.keys()].filter((key) => key >= 0)).toEqual(dear)
})

foretellsVictims(gdsf)
forgetsWhenCleared(gdsf)
replacesAtCapacityOne(gdsf)

it("the strategy says its name, and what it can do", () => {
  expect(gdsf.strategyName).toBe("gdsf")
  expect(gdsf.name).toBe("gdsf")
  expect(gdsf.options).toEqual([])
  expect([gdsf.promotes, gdsf.scanResistant, gdsf.weighs]).toEqual([true, true, true])
  expect([gdsf.remembers, gdsf.rearranges]).toEqual([false, false])
})
