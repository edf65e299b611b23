import { clock } from "@evictionary/clock"
import type { Cache } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { ClockModel } from "./model.ts"

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
  const cache = clock<number, number>({
    capacity,
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  return [cache, victims]
}

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

it("victims and order are those of the plain model, whatever is read, stored, deleted or resized", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, steps) => {
      const [cache, victims] = observed(capacity)
      const model = new ClockModel(capacity)
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
  const cache = clock<string, number>({ capacity: 1 })
  cache.set("a", 1).get("a")
  cache.set("b", 2)
  expect([...cache]).toEqual([["b", 2]])
  cache.set("b", 3).set("c", 4).set("d", 5)
  expect([...cache]).toEqual([["d", 5]])
})

it("after `clear` nothing is left of earlier uses", () => {
  const cache = clock<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).get("a")
  cache.get("b")
  cache.clear()
  cache.set("c", 3).set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "e"])
})

it("the strategy says its name, and knows no options of its own", () => {
  expect(clock.strategyName).toBe("clock")
  expect(clock.name).toBe("clock")
  expect(clock.neverEvicts).toBe(false)
  expect(clock.options).toEqual([])
  expect(clock({ capacity: 1 }).strategyName).toBe("clock")
})
