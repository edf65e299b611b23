import { lfu } from "@evictionary/lfu"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  replacesAtCapacityOne,
} from "../../../scripts/against-model.ts"

it("the victim has the fewest uses, and among equals the one whose last use is longest ago", () => {
  const cache = lfu<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  cache.get("b")
  cache.get("a")
  expect([...cache.keys()]).toEqual(["c", "b", "a"])
  cache.set("d", 4)
  expect([...cache.keys()]).toEqual(["d", "b", "a"])
  cache.get("d")
  expect([...cache.keys()]).toEqual(["b", "a", "d"])
  cache.set("e", 5)
  expect([...cache.keys()]).toEqual(["e", "a", "d"])
})

it("overwriting is a use", () => {
  const cache = lfu<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["c", 4],
    ["a", 3],
  ])
})

it("the newcomer is never the victim of its own arrival, though nobody has fewer uses", () => {
  const cache = lfu<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  for (const key of ["a", "a", "b"]) cache.get(key)
  cache.set("c", 3)
  expect([...cache.keys()]).toEqual(["c", "a"])
})

it("a count is forgotten when its entry leaves", () => {
  const cache = lfu<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  for (const key of ["a", "a", "a", "b"]) cache.get(key)
  cache.delete("a")
  cache.set("a", 3)
  expect([...cache.keys()]).toEqual(["a", "b"])
})

it("an entry that nobody equals keeps its place while it catches up", () => {
  const cache = lfu<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2)
  for (let n = 0; n < 5; n++) cache.get("a")
  for (let n = 0; n < 4; n++) cache.get("b")
  expect([...cache.keys()]).toEqual(["b", "a"])
  cache.get("b")
  expect([...cache.keys()]).toEqual(["a", "b"])
  cache.get("a")
  expect([...cache.keys()]).toEqual(["b", "a"])
})

it("any number of different counts is kept apart", () => {
  const cache = lfu<number, number>({ capacity: 100 })
  for (let key = 0; key < 100; key++) cache.set(key, key)
  for (let key = 0; key < 100; key++) for (let n = key; n < 100; n++) cache.get(key)
  expect([...cache.keys()]).toEqual(Array.from({ length: 100 }, (_, n) => 99 - n))
  for (let key = 0; key < 100; key++) for (let n = 0; n < key; n++) cache.get(key)
  expect([...cache.keys()]).toEqual(Array.from({ length: 100 }, (_, n) => n))
})

foretellsVictims(lfu)
replacesAtCapacityOne(lfu)
forgetsWhenCleared(lfu)

it("the strategy says its name, and knows no options of its own", () => {
  expect(lfu.strategyName).toBe("lfu")
  expect(lfu.name).toBe("lfu")
  expect(lfu.neverEvicts).toBe(false)
  expect(lfu.options).toEqual([])
  expect(lfu({ capacity: 1 }).strategyName).toBe("lfu")
})
