import { type TwoQueueOptions, twoQueue } from "@evictionary/two-queue"
import { expect, it } from "vitest"
import {
  foretellsNextVictim,
  observed,
  remembersAtMost,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"
import { options } from "./model.ts"

it("a hit on a newcomer changes nothing", () => {
  const [cache, evicted] = observed(twoQueue, 2)
  for (const key of [1, 2, 1, 1, 3]) request(cache, key)
  expect(evicted).toEqual([1])
})

it("a key that comes back after it has left stays longer than newcomers", () => {
  const [cache, evicted] = observed(twoQueue, 4)
  for (const key of [1, 2, 3, 4, 5, 1, 6, 7, 8, 9]) request(cache, key)
  expect(evicted).toEqual([1, 2, 3, 4, 5, 6])
  expect([...cache.keys()]).toEqual([7, 8, 1, 9])
})

it("of those that came back, the least recently used leaves when newcomers keep to their share", () => {
  const [cache, evicted] = observed(twoQueue, 4)
  for (const key of [1, 2, 3, 4, 5, 1, 2, 3]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 2, 3, 5])
  request(cache, 1)
  evicted.length = 0
  request(cache, 4) // a ghost: newcomers have one place, and keep it
  expect(evicted).toEqual([2])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(twoQueue, 2)
  for (const key of [1, 2, 3]) request(cache, key)
  cache.delete(2)
  request(cache, 1)
  expect([...cache.keys()]).toEqual([1, 3])
})

it("more room for newcomers, and a longer history, are options", () => {
  const [cache] = observed(twoQueue, 4, { recent: 0.75, history: 2 })
  for (const key of [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 7, 8, 9])
  const [forgetful] = observed(twoQueue, 4, { recent: 0, history: 0 })
  for (const key of [1, 2, 3, 4, 5, 6, 1]) request(forgetful, key)
  expect([...forgetful.keys()]).toEqual([4, 5, 6, 1])
})

foretellsNextVictim(twoQueue, options)
remembersAtMost(
  twoQueue,
  (capacity, { history = 0.5 }: TwoQueueOptions) => Math.max(history * capacity, 1),
  options,
)
replacesAtCapacityOne(twoQueue)

it("an option that is not what it must be is refused, by name", () => {
  for (const [own, message] of [
    [{ recent: -0.1 }, "`recent` must be a number from 0 to 1, received -0.1"],
    [{ recent: 1.1 }, "`recent` must be a number from 0 to 1"],
    [{ recent: "0.5" }, "`recent` must be a number from 0 to 1"],
    [{ recent: NaN }, "`recent` must be a number from 0 to 1"],
    [{ history: -1 }, "`history` must be a finite number, 0 or more, received -1"],
    [{ history: Infinity }, "`history` must be a finite number"],
    [{ history: null }, "`history` must be a finite number"],
    [{ history: NaN }, "`history` must be a finite number"],
  ] as [object, string][]) {
    expect(() => twoQueue({ capacity: 5, ...own })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(message),
      }),
    )
  }
})

it("the strategy says its name, and what it can do", () => {
  expect(twoQueue.strategyName).toBe("two-queue")
  expect(twoQueue.name).toBe("two-queue")
  expect(twoQueue.options).toEqual(["recent", "history"])
  expect([twoQueue.promotes, twoQueue.remembers, twoQueue.scanResistant]).toEqual([
    true,
    true,
    true,
  ])
  expect(twoQueue({ capacity: 1 }).strategyName).toBe("two-queue")
})
