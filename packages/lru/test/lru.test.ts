import { lru } from "@evictionary/lru"
import { expect, it } from "vitest"

it("the victim is the entry that was used least recently", () => {
  const cache = lru<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  cache.get("a")
  cache.set("c", 3)
  expect([...cache.keys()]).toEqual(["a", "c"])
})

it("overwriting is a use", () => {
  const cache = lru<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["a", 3],
    ["c", 4],
  ])
})

it("deleting keeps the order of the others", () => {
  const cache = lru<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  cache.delete("b")
  cache.set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["c", "d", "e"])
})

it("the strategy says its name", () => {
  expect(lru.strategyName).toBe("lru")
  expect(lru.name).toBe("lru")
  expect(lru.neverEvicts).toBe(false)
  expect(lru({ capacity: 1 }).strategyName).toBe("lru")
})
