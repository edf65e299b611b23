import type { Cache } from "@evictionary/core"
import { sieve } from "@evictionary/sieve"
import fc from "fast-check"
import { expect, it } from "vitest"
import { SieveModel } from "./model.ts"

interface Subject {
  get(key: number): unknown
  set(key: number, value: number): unknown
  delete(key: number): unknown
  resize(capacity: number): unknown
}

const steps = fc.array(
  fc.tuple(fc.constantFrom("get", "get", "set", "set", "set", "delete", "resize"), fc.nat(9)),
  { maxLength: 100, size: "max" },
)

function perform(subject: Subject, operation: string, n: number): void {
  if (operation === "get") subject.get(n)
  if (operation === "set") subject.set(n, n)
  if (operation === "delete") subject.delete(n)
  if (operation === "resize") subject.resize(n + 1)
}

/** A cache, and the keys of those that it has evicted. */
function observed(capacity: number): [Cache<number, number>, number[]] {
  const victims: number[] = []
  const cache = sieve<number, number>({
    capacity,
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  return [cache, victims]
}

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

it("victims and order are those of the plain model, whatever is read, stored, deleted or resized", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, steps) => {
      const [cache, victims] = observed(capacity)
      const model = new SieveModel(capacity)
      for (const [operation, n] of steps) {
        perform(cache, operation, n)
        perform(model, operation, n)
        expect(victims).toEqual(model.victims)
        expect([...cache.keys()]).toEqual(model.order())
      }
    }),
  )
})

it("iteration tells whom evictions would take, one after the other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, steps) => {
      const [cache, victims] = observed(capacity)
      for (const [operation, n] of steps) perform(cache, operation, n)
      const foretold = [...cache.keys()]
      victims.length = 0
      while (cache.size > 0) cache.resize(cache.size - 1)
      expect(victims).toEqual(foretold)
    }),
  )
})

it("at capacity 1 the newcomer takes the place of the one that is there, used or not", () => {
  const cache = sieve<string, number>({ capacity: 1 })
  cache.set("a", 1).get("a")
  cache.set("b", 2)
  expect([...cache]).toEqual([["b", 2]])
  cache.set("b", 3).set("c", 4).set("d", 5)
  expect([...cache]).toEqual([["d", 5]])
})

it("after `clear` nothing is left of earlier uses", () => {
  const cache = sieve<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).get("a")
  cache.get("b")
  cache.clear()
  cache.set("c", 3).set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "e"])
})

it("the strategy says its name, and knows no options of its own", () => {
  expect(sieve.strategyName).toBe("sieve")
  expect(sieve.name).toBe("sieve")
  expect(sieve.neverEvicts).toBe(false)
  expect(sieve.options).toEqual([])
  expect(sieve({ capacity: 1 }).strategyName).toBe("sieve")
})
