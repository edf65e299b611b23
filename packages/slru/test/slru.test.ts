import { slru } from "@evictionary/slru"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  replacesAtCapacityOne,
} from "../../../scripts/against-model.ts"
import { shares } from "./model.ts"

/** One is the default. */
it("a second use protects, and the least recently used of the protected goes back on probation", () => {
  const cache = slru<string, number>({ capacity: 3 }) // two of them protected
  cache.set("a", 1).set("b", 2).set("c", 3)
  cache.get("a")
  cache.get("b")
  expect([...cache.keys()]).toEqual(["c", "a", "b"])
  cache.get("c") // a has to make room
  expect([...cache.keys()]).toEqual(["a", "b", "c"])
  cache.set("d", 4)
  expect([...cache.keys()]).toEqual(["d", "b", "c"])
  cache.get("b")
  expect([...cache.keys()]).toEqual(["d", "c", "b"])
})

it("overwriting is a use", () => {
  const cache = slru<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["c", 4],
    ["a", 3],
  ])
})

it("what is demoted goes to the young end of probation", () => {
  const cache = slru<string, number>({ capacity: 5, protected: 0.2 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  cache.get("a")
  cache.get("b")
  expect([...cache.keys()]).toEqual(["c", "a", "b"])
})

it("probation uses the room that the protected do not use, and they all of theirs", () => {
  const cache = slru<number, number>({ capacity: 10 })
  for (let key = 0; key < 10; key++) cache.set(key, key)
  expect(cache.size).toBe(10)
  for (let key = 0; key < 10; key++) cache.get(key)
  for (let key = 10; key < 99; key++) cache.set(key, key)
  expect([...cache.keys()]).toEqual([97, 98, 2, 3, 4, 5, 6, 7, 8, 9])
})

it("where nobody is on probation, the least recently used of the protected leaves", () => {
  const cache = slru<string, number>({ capacity: 2, protected: 1 })
  cache.set("a", 1).set("b", 2).get("b")
  cache.get("a")
  cache.set("c", 3)
  expect([...cache.keys()]).toEqual(["c", "a"])
})

it("one entry at least is protected, however small the share", () => {
  for (const capacity of [3, Infinity]) {
    const cache = slru<string, number>({ capacity, protected: 0 })
    cache.set("a", 1).set("b", 2).set("c", 3)
    cache.get("a")
    cache.get("b")
    expect([...cache.keys()]).toEqual(["c", "a", "b"])
    cache.resize(2)
    cache.set("d", 4)
    expect([...cache.keys()]).toEqual(["d", "b"])
  }
})

it("resizing moves the limit, and those beyond it back on probation", () => {
  const cache = slru<number, number>({ capacity: Infinity })
  for (let key = 0; key < 10; key++) cache.set(key, key).get(key)
  cache.resize(10)
  expect([...cache.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  cache.get(0) // on probation by now
  expect([...cache.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
  cache.resize(5)
  expect([...cache.keys()]).toEqual([6, 7, 8, 9, 0])
})

foretellsVictims(slru, shares)
replacesAtCapacityOne(slru)
forgetsWhenCleared(slru)

it("a share that is none is refused, by name", () => {
  for (const bad of [-0.1, 1.1, NaN, "0.5", null, {}]) {
    expect(() => slru({ capacity: 5, protected: bad as number })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining("`protected` must be a number from 0 to 1, received "),
      }),
    )
  }
  expect(slru({ capacity: 5, protected: undefined }).capacity).toBe(5)
})

it("the strategy says its name, and knows its option", () => {
  expect(slru.strategyName).toBe("slru")
  expect(slru.name).toBe("slru")
  expect(slru.neverEvicts).toBe(false)
  expect(slru.options).toEqual(["protected"])
  expect(slru({ capacity: 1 }).strategyName).toBe("slru")
})
