import { defineStrategy } from "@evictionary/core"
import { expect, it } from "vitest"
import { Recency, recency } from "./policies.ts"

/** What the policy is told of the capacity. */
function told() {
  const capacities: number[] = []
  class Listening extends Recency {
    override resize(capacity: number): void {
      capacities.push(capacity)
    }
  }
  const listening = defineStrategy("listening", ({ slots, capacity }) => {
    capacities.push(capacity)
    return new Listening(slots)
  })
  return { listening, capacities }
}

it("by weight, the policy learns how many entries fit, within an eighth", () => {
  const { listening, capacities } = told()
  const cache = listening<number, number>({ maxWeight: 10_000, weigher: (weight) => weight })
  for (const weight of [10, 25, 1, 100]) {
    for (let n = 0; n < 20_000; n++) {
      cache.set(n, weight)
      const known = capacities.at(-1) as number
      if (!(known >= cache.size)) expect.fail(`told ${known}, where ${cache.size} are there`)
    }
    const fit = 10_000 / weight
    expect(capacities.at(-1)).toBeLessThanOrEqual(1.125 * fit)
  }
  // It is told seldom: each change of weights takes a few dozen steps.
  expect(capacities.length).toBeLessThan(400)
})

it("with both bounds, the policy never learns of more than the capacity", () => {
  const { listening, capacities } = told()
  const cache = listening<number, number>({ capacity: 100, maxWeight: 10_000 })
  for (let n = 0; n < 1_000; n++) cache.set(n, n)
  expect(cache.size).toBe(100)
  expect(Math.max(...capacities)).toBe(100)
  cache.resize(50)
  expect(capacities.at(-1)).toBe(50)
  cache.resize(1_000, 200)
  for (let n = 0; n < 1_000; n++) cache.set(n, n)
  expect([cache.size, cache.weight]).toEqual([200, 200])
  expect(capacities.at(-1)).toBeGreaterThanOrEqual(200)
})

it("weights that come late count all entries that were there", () => {
  const { listening } = told()
  const cache = listening<string, number>({ capacity: 10 }).set("a", 1).set("b", 2)
  expect(cache.weight).toBe(2)
  cache.set("c", 3, { weight: 5 })
  expect(cache.weight).toBe(7)
  cache.resize(10, 6)
  expect([...cache.keys()]).toEqual(["b", "c"])
  expect(cache.maxWeight).toBe(6)
})

it("a bound by weight may come later than the entries", () => {
  const { listening } = told()
  const cache = listening<string, number>({ capacity: 3 }).set("a", 1).set("b", 2).set("c", 3)
  cache.resize(3, 2)
  expect([cache.weight, ...cache.keys()]).toEqual([2, "b", "c"])
  cache.resize(3, 0)
  expect(cache.size).toBe(0)
})

it("the weight that was evicted is counted as far as that is exact", () => {
  const heavy = 2 ** 52
  const cache = recency<number, number>({ maxWeight: heavy, weigher: () => heavy })
  for (let n = 0; n < 5; n++) cache.set(n, n)
  expect([cache.weight, cache.size]).toEqual([heavy, 1])
  expect(cache.stats.evictedWeight).toBe(Number.MAX_SAFE_INTEGER)
})
