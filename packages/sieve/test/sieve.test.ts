import { sieve } from "@evictionary/sieve"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  replacesAtCapacityOne,
} from "../../../scripts/against-model.ts"

it("a visited entry stays where it is, and the hand goes on from there", () => {
  const cache = sieve<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3).get("a")
  expect([...cache.keys()]).toEqual(["b", "c", "a"])
  cache.set("d", 4) // the hand passes a, takes b, and rests on c
  expect([...cache.keys()]).toEqual(["c", "d", "a"])
  cache.set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "e", "a"])
  cache.set("f", 6)
  expect([...cache.keys()]).toEqual(["e", "f", "a"])
})

it("overwriting is a visit", () => {
  const cache = sieve<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["a", 3],
    ["c", 4],
  ])
})

it("from the head the hand goes on at the tail, not with the newcomer", () => {
  const cache = sieve<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  cache.get("a")
  cache.get("b")
  cache.set("d", 4) // takes c, the head
  expect([...cache.keys()]).toEqual(["a", "b", "d"])
  cache.set("e", 5)
  expect([...cache.keys()]).toEqual(["b", "d", "e"])
})

it("deleting the entry under the hand moves the hand on towards the head", () => {
  const cache = sieve<string, number>({ capacity: 4 })
  cache.set("a", 1).set("b", 2).set("c", 3).set("d", 4).get("a")
  cache.set("e", 5) // takes b; the hand is on c
  cache.delete("c")
  cache.set("f", 6)
  expect([...cache.keys()]).toEqual(["d", "e", "f", "a"])
  cache.set("g", 7)
  expect(cache.has("d")).toBe(false)
})

it("deleting the head under the hand sends the hand to the tail", () => {
  const cache = sieve<string, number>({ capacity: 3 })
  cache.set("a", 1).set("b", 2).set("c", 3).get("a")
  cache.set("d", 4).set("e", 5) // b and c have left; the hand is on d
  cache.delete("d")
  cache.delete("e")
  cache.set("f", 6).set("g", 7)
  expect([...cache.keys()]).toEqual(["a", "f", "g"])
})

foretellsVictims(sieve)
replacesAtCapacityOne(sieve)
forgetsWhenCleared(sieve)

it("the strategy says its name, and knows no options of its own", () => {
  expect(sieve.strategyName).toBe("sieve")
  expect(sieve.name).toBe("sieve")
  expect(sieve.neverEvicts).toBe(false)
  expect(sieve.options).toEqual([])
  expect(sieve({ capacity: 1 }).strategyName).toBe("sieve")
})
