import { type S3FifoOptions, s3Fifo } from "@evictionary/s3-fifo"
import { expect, it } from "vitest"
import {
  foretellsNextVictim,
  observed,
  remembersAtMost,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"
import { options } from "./model.ts"

it("a hit is not enough to stay, two are", () => {
  const [cache, evicted] = observed(s3Fifo, 3)
  for (const key of [1, 2, 3, 1, 1, 2, 4]) request(cache, key)
  expect(evicted).toEqual([2])
  request(cache, 5)
  expect(evicted).toEqual([2, 3])
  expect([...cache.keys()]).toEqual([4, 5, 1])
})

it("a key that comes back after it has left enters the main queue", () => {
  const [cache] = observed(s3Fifo, 4)
  for (const key of [1, 2, 3, 4, 5, 1, 6, 7, 8, 9]) request(cache, key)
  expect([...cache.keys()]).toEqual([7, 8, 9, 1])
})

it("in the main queue each hit is worth one more round", () => {
  const [cache, evicted] = observed(s3Fifo, 3, { small: 0.34, ghost: 2 })
  for (const key of [1, 2, 3, 4, 1, 2, 3]) request(cache, key)
  expect([...cache.keys()]).toEqual([1, 2, 3])
  request(cache, 1)
  evicted.length = 0
  request(cache, 9)
  expect(evicted).toEqual([2])
})

it("a ghost comes back as known while there is room, too", () => {
  const [cache] = observed(s3Fifo, 2)
  for (const key of [1, 2, 3]) request(cache, key)
  cache.delete(2)
  for (const key of [1, 4, 5]) request(cache, key)
  expect([...cache.keys()]).toEqual([5, 1])
})

foretellsNextVictim(s3Fifo, options)
remembersAtMost(
  s3Fifo,
  (capacity, { ghost = 0.9 }: S3FifoOptions) => Math.max(ghost * capacity, 1),
  options,
)
replacesAtCapacityOne(s3Fifo)

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
