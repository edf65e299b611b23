import type { Cache } from "@evictionary/core"
import { type S3FifoOptions, s3Fifo } from "@evictionary/s3-fifo"
import fc from "fast-check"
import { expect, it } from "vitest"
import { S3FifoModel } from "./model.ts"

/** A cache, and the keys of those that it has evicted. */
function observed(
  capacity: number,
  options: S3FifoOptions = {},
): [Cache<number, number>, number[]] {
  const evicted: number[] = []
  const cache = s3Fifo<number, number>({
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

it("a hit is not enough to stay, two are", () => {
  const [cache, evicted] = observed(3)
  for (const key of [1, 2, 3, 1, 1, 2, 4]) request(cache, key)
  expect(evicted).toEqual([2])
  request(cache, 5)
  expect(evicted).toEqual([2, 3])
  expect([...cache.keys()]).toEqual([4, 5, 1])
})

it("a key that comes back after it has left enters the main queue", () => {
  const [cache] = observed(4)
  for (const key of [1, 2, 3, 4, 5, 1, 6, 7, 8, 9]) request(cache, key)
  expect([...cache.keys()]).toEqual([7, 8, 9, 1])
})

it("in the main queue each hit is worth one more round", () => {
  const [cache, evicted] = observed(3, { small: 0.34, ghost: 2 })
  for (const key of [1, 2, 3, 4, 1, 2, 3]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 2, 3])
  request(cache, 1)
  evicted.length = 0
  request(cache, 9)
  expect(evicted).toEqual([2])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(2)
  for (const key of [1, 2, 3]) request(cache, key)
  cache.delete(2)
  for (const key of [1, 4, 5]) request(cache, key)
  expect([...cache.keys()]).toEqual([5, 1])
})

it("at capacity 1 each newcomer takes the place of the one that is there", () => {
  const [cache, evicted] = observed(1)
  const outcome = [1, 1, 2, 1, 1, 3, 3].map((key) => request(cache, key))
  expect(outcome).toEqual([false, true, false, false, true, false, true])
  expect(evicted).toEqual([1, 2, 1])
})

it("hits and victims are those of the plain model", () => {
  const options = fc.record({ small: fc.constantFrom(0, 0.1, 0.6, 1), ghost: fc.nat(3) })
  const any = fc.option(options, { nil: {} })
  fc.assert(
    fc.property(capacities, any, requests, (capacity, options: S3FifoOptions, keys) => {
      const [cache, evicted] = observed(capacity, options)
      const model = new S3FifoModel(capacity, options.small, options.ghost)
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
    [{ small: -0.1 }, "`small` must be a number from 0 to 1, received -0.1"],
    [{ small: 1.1 }, "`small` must be a number from 0 to 1"],
    [{ small: "0.5" }, "`small` must be a number from 0 to 1"],
    [{ ghost: -1 }, "`ghost` must be a finite number, 0 or more, received -1"],
    [{ ghost: Infinity }, "`ghost` must be a finite number"],
    [{ ghost: null }, "`ghost` must be a finite number"],
  ] as [object, string][]) {
    expect(() => s3Fifo({ capacity: 5, ...own })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(message),
      }),
    )
  }
})

it("the strategy says its name, and what it can do", () => {
  expect(s3Fifo.strategyName).toBe("s3-fifo")
  expect(s3Fifo.name).toBe("s3-fifo")
  expect(s3Fifo.options).toEqual(["small", "ghost"])
  expect([s3Fifo.promotes, s3Fifo.remembers, s3Fifo.scanResistant]).toEqual([true, true, true])
  expect(s3Fifo({ capacity: 1 }).strategyName).toBe("s3-fifo")
})
