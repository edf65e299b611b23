import { type WTinyLfuOptions, wTinyLfu } from "@evictionary/w-tinylfu"
import { expect, it } from "vitest"

/** A cache whose values are what the entries weigh, and the keys of those that it has evicted. */
function weighing(bounds: { capacity: number } | { maxWeight: number }, own: WTinyLfuOptions = {}) {
  const evicted: unknown[] = []
  const cache = wTinyLfu<number, number>({
    ...bounds,
    ...own,
    weigher: (weight) => weight,
    onRemoval: (key, _value, cause) => cause === "evicted" && evicted.push(key),
  })
  return { cache, evicted }
}

/** With a window that keeps its size, which is one entry here. */
const fixed = { adaptive: false }

/** Six on probation, and in the window one that weighs as much as four of them. */
function oneAgainstMany(uses: number, bounds: { capacity: number } | { maxWeight: number }) {
  const { cache, evicted } = weighing(bounds, fixed)
  for (const key of [1, 2, 3, 4, 5, 6]) cache.set(key, 1)
  cache.set(10, 4)
  for (let n = 1; n < uses; n++) cache.get(10)
  return { cache, evicted }
}

it("a candidate has to be used more than all those together whose room it needs", () => {
  const refused = oneAgainstMany(4, { maxWeight: 10 })
  refused.cache.set(11, 1)
  expect(refused.evicted).toEqual([10])
  const admitted = oneAgainstMany(5, { maxWeight: 10 })
  admitted.cache.set(11, 1)
  expect(admitted.evicted).toEqual([1])
  expect(admitted.cache.inspect().lists.probation?.at(-1)?.key).toBe(10)
})

it("those for whom it was admitted leave one after the other, without another comparison", () => {
  const { cache, evicted } = oneAgainstMany(5, { maxWeight: 10 })
  cache.set(11, 3)
  expect(evicted).toEqual([1, 2, 3])
  expect(cache.has(10)).toBe(true)
})

it("where only the number is bounded, it has to be used more than one of them", () => {
  const { cache, evicted } = oneAgainstMany(2, { capacity: 7 })
  cache.set(11, 1)
  expect(evicted).toEqual([1])
})

it("of a victim that is heavier than the candidate only the share counts that is needed", () => {
  const { cache, evicted } = weighing({ maxWeight: 10 }, fixed)
  cache.set(1, 8).get(1)
  // 2 was used once, 1 twice, but for an eighth of its room that is a quarter.
  cache.set(2, 1).set(3, 2)
  expect(evicted).toEqual([1])
  const { cache: adaptive, evicted: left } = weighing({ maxWeight: 10 }, { window: 0.01 })
  adaptive.set(1, 8).get(1)
  adaptive.set(2, 1).set(3, 2)
  // Here one more use is not enough.
  expect(left).toEqual([2])
})

it("what weighs nothing is no reason to look further", () => {
  const { cache, evicted } = weighing({ maxWeight: 4 }, fixed)
  for (let key = 1; key <= 40; key++) cache.set(key, 0)
  cache.set(100, 4)
  for (let n = 0; n < 20; n++) cache.get(100)
  cache.set(101, 4)
  expect(evicted.at(-1)).toBe(100)
  expect(cache.has(101)).toBe(true)
})

it("a heavier value of a key has to be used more, too", () => {
  const { cache, evicted } = oneAgainstMany(2, { maxWeight: 10 })
  cache.set(10, 2)
  // Three uses, and room for two.
  cache.set(11, 3)
  expect(evicted[0]).toBe(1)
  expect(cache.has(10)).toBe(true)
})
