import type { Cache } from "@evictionary/core"
import { type TwoQueueOptions, twoQueue } from "@evictionary/two-queue"
import fc from "fast-check"
import { expect, it } from "vitest"
import { TwoQueueModel } from "./model.ts"

/** A cache, and the keys of those that it has evicted. */
function observed(
  capacity: number,
  options: TwoQueueOptions = {},
): [Cache<number, number>, number[]] {
  const evicted: number[] = []
  const cache = twoQueue<number, number>({
    ...options,
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

it("a hit on a newcomer changes nothing", () => {
  const [cache, evicted] = observed(2)
  for (const key of [1, 2, 1, 1, 3]) request(cache, key)
  expect(evicted).toEqual([1])
})

it("a key that comes back after it has left stays longer than newcomers", () => {
  const [cache, evicted] = observed(4)
  for (const key of [1, 2, 3, 4, 5, 1, 6, 7, 8, 9]) request(cache, key)
  expect(evicted).toEqual([1, 2, 3, 4, 5, 6])
  expect([...cache.keys()]).toEqual([7, 8, 1, 9])
})

it("of those that came back, the least recently used leaves when newcomers keep to their share", () => {
  const [cache, evicted] = observed(4)
  for (const key of [1, 2, 3, 4, 5, 1, 2, 3]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 2, 3, 5])
  request(cache, 1)
  evicted.length = 0
  request(cache, 4) // a ghost: newcomers have one place, and keep it
  expect(evicted).toEqual([2])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(2)
  for (const key of [1, 2, 3]) request(cache, key)
  cache.delete(2)
  request(cache, 1)
  expect([...cache.keys()]).toEqual([1, 3])
})

it("more room for newcomers, and a longer history, are options", () => {
  const [cache] = observed(4, { recent: 0.75, history: 2 })
  for (const key of [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 7, 8, 9])
  const [forgetful] = observed(4, { recent: 0, history: 0 })
  for (const key of [1, 2, 3, 4, 5, 6, 1]) request(forgetful, key)
  expect([...forgetful.keys()]).toEqual([4, 5, 6, 1])
})

it("at capacity 1 each newcomer takes the place of the one that is there", () => {
  const [cache, evicted] = observed(1)
  const outcome = [1, 1, 2, 1, 1, 3, 3].map((key) => request(cache, key))
  expect(outcome).toEqual([false, true, false, false, true, false, true])
  expect(evicted).toEqual([1, 2, 1])
})

it("hits and victims are those of the plain model", () => {
  const options = fc.record({ recent: fc.constantFrom(0, 0.25, 0.6, 1), history: fc.nat(3) })
  const any = fc.option(options, { nil: {} })
  fc.assert(
    fc.property(capacities, any, requests, (capacity, options: TwoQueueOptions, keys) => {
      const [cache, evicted] = observed(capacity, options)
      const model = new TwoQueueModel(capacity, options.recent, options.history)
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
