import { clock } from "@evictionary/clock"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  replacesAtCapacityOne,
} from "../../../scripts/against-model.ts"

it("a used entry gets a second chance, and after it the others have had theirs", () => {
  const cache = clock<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3).get("a")
  expect([...cache.keys()]).toEqual(["b", "c", "a"])
  cache.set("d", 4) // a goes to the young end, b leaves
  expect([...cache.keys()]).toEqual(["c", "a", "d"])
  cache.set("e", 5)
  expect([...cache.keys()]).toEqual(["a", "d", "e"])
  cache.set("f", 6)
  expect([...cache.keys()]).toEqual(["d", "e", "f"])
})

it("overwriting is a use", () => {
  const cache = clock<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["a", 3],
    ["c", 4],
  ])
})

it("many uses are worth no more than one", () => {
  const cache = clock<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  for (let n = 0; n < 300; n++) cache.get("a")
  cache.set("c", 3).set("d", 4)
  expect([...cache.keys()]).toEqual(["c", "d"])
})

it("where all were used, the oldest leaves, and none of the others has its bit left", () => {
  const cache = clock<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  for (const key of ["c", "a", "b"]) cache.get(key)
  expect([...cache.keys()]).toEqual(["a", "b", "c"])
  cache.set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["c", "d", "e"])
})

it("the sweep comes before the newcomer", () => {
  const cache = clock<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).get("a")
  cache.set("c", 3) // the order is a c, not c a
  cache.set("d", 4)
  expect(cache.has("a")).toBe(false)
  expect(cache.has("c")).toBe(true)
})

foretellsVictims(clock)
replacesAtCapacityOne(clock)
forgetsWhenCleared(clock)

it("the strategy says its name, and knows no options of its own", () => {
  expect(clock.strategyName).toBe("clock")
  expect(clock.name).toBe("clock")
  expect(clock.neverEvicts).toBe(false)
  expect(clock.options).toEqual([])
  expect(clock({ capacity: 1 }).strategyName).toBe("clock")
})
