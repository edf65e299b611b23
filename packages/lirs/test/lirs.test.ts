import { lirs } from "@evictionary/lirs"
import fc from "fast-check"
import { expect, it } from "vitest"
import {
  foretellsNextVictim,
  observed,
  remembersAtMost,
  replacesAtCapacityOne,
  request,
} from "../../../scripts/against-model.ts"
import { histories, LirsModel } from "./model.ts"

it("newcomers displace each other, and leave alone what came first", () => {
  const [cache, evicted] = observed(lirs, 5)
  for (const key of [1, 2, 3, 4, 5, 6, 7, 8]) request(cache, key)
  expect(evicted).toEqual([4, 5, 6])
  expect([...cache.keys()]).toEqual([7, 8, 1, 2, 3])
})

it("a loop over more keys than fit hits nearly as often as can be", () => {
  const [cache] = observed(lirs, 10)
  let hits = 0
  for (let turn = 0; turn < 100; turn++) {
    for (let key = 0; key < 12; key++) if (request(cache, key)) hits++
  }
  expect(hits).toBe(99 * 8)
})

it("a second use soon makes a LIR entry, and the least recent one of those HIR", () => {
  const [cache, evicted] = observed(lirs, 5)
  for (const key of [1, 2, 3, 4, 5, 4]) request(cache, key)
  expect([...cache.keys()]).toEqual([5, 1, 2, 3, 4])
  request(cache, 6)
  expect(evicted).toEqual([5])
  request(cache, 5) // a ghost, used again soon
  expect([...cache.keys()]).toEqual([6, 2, 3, 4, 5])
})

it("a second use in a row changes nothing", () => {
  const [cache] = observed(lirs, 5)
  for (const key of [1, 2, 3, 4, 5, 5, 5]) request(cache, key)
  expect([...cache.keys()]).toEqual([4, 5, 1, 2, 3])
  cache.delete(5)
  request(cache, 5)
  expect([...cache.keys()]).toEqual([4, 5, 1, 2, 3])
})

it("when a LIR entry is deleted, the next newcomer takes its place", () => {
  const [cache] = observed(lirs, 5)
  for (const key of [1, 2, 3, 4, 5]) request(cache, key)
  cache.delete(1)
  request(cache, 6)
  expect([...cache.keys()]).toEqual([4, 5, 2, 3, 6])
})

it("a ghost older than all LIR entries is as good as forgotten", () => {
  const [cache] = observed(lirs, 5)
  for (const key of [1, 2, 3, 4, 5, 6, 1, 2, 3]) request(cache, key) // 4 is a ghost, below 1
  for (const key of [1, 2, 3]) cache.delete(key)
  for (const key of [11, 12, 13, 4]) request(cache, key)
  expect([...cache.keys()]).toEqual([6, 4, 11, 12, 13])
})

it("without a history nobody is remembered", () => {
  const [cache] = observed(lirs, 5, { history: 0 })
  for (const key of [1, 2, 3, 4, 5, 6, 4]) request(cache, key)
  expect([...cache.keys()]).toEqual([6, 4, 1, 2, 3])
})

it("the capacity may change, and with it how many are LIR", () => {
  const [cache, evicted] = observed(lirs, 6)
  for (const key of [1, 2, 3, 4, 5, 6]) request(cache, key)
  cache.resize(4)
  expect(evicted).toEqual([5, 6])
  expect([...cache.keys()]).toEqual([1, 2, 3, 4])
  cache.resize(Infinity)
  request(cache, 7)
  expect([...cache.keys()]).toEqual([1, 2, 3, 4, 7])
})

it("time begins anew, and the order stays", () => {
  const [cache, evicted] = observed(lirs, 50)
  const model = new LirsModel(50)
  let n = 1
  for (let step = 0; step < 4_000; step++) {
    n = (n * 16_807) % 2_147_483_647
    const key = n % (step % 3 === 0 ? 400 : 60)
    expect(request(cache, key)).toBe(model.request(key))
  }
  expect(evicted).toEqual(model.evicted)
})

foretellsNextVictim(lirs, histories)
const bounded = fc.record({ history: fc.constantFrom(undefined, 0, 0.5, 1) })
remembersAtMost(lirs, (capacity, { history = 2 }) => history * capacity, bounded)
replacesAtCapacityOne(lirs)

it("an option that is not what it must be is refused, by name", () => {
  for (const [own, message] of [
    [{ history: -1 }, "`history` must be a non-negative number, received -1"],
    [{ history: "2" }, "`history` must be a non-negative number"],
    [{ history: NaN }, "`history` must be a non-negative number"],
    [{ history: null }, "`history` must be a non-negative number"],
  ] as [object, string][]) {
    expect(() => lirs({ capacity: 5, ...own })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(message),
      }),
    )
  }
})

it("the strategy says its name, and what it can do", () => {
  expect(lirs.strategyName).toBe("lirs")
  expect(lirs.name).toBe("lirs")
  expect(lirs.options).toEqual(["history"])
  expect([lirs.promotes, lirs.remembers, lirs.scanResistant]).toEqual([true, true, true])
  expect(lirs({ capacity: 1 }).strategyName).toBe("lirs")
})
