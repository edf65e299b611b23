import type { Cache } from "@evictionary/core"
import { lfu } from "@evictionary/lfu"
import fc from "fast-check"
import { expect, it } from "vitest"
import { LfuModel } from "./model.ts"

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
  const cache = lfu<number, number>({
    capacity,
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  return [cache, victims]
}

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

it("victims and order are those of the plain model, whatever is read, stored, deleted or resized", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, steps) => {
      const [cache, victims] = observed(capacity)
      const model = new LfuModel(capacity)
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
  const cache = lfu<string, number>({ capacity: 1 })
  cache.set("a", 1).get("a")
  cache.set("b", 2)
  expect([...cache]).toEqual([["b", 2]])
  cache.set("b", 3).set("c", 4).set("d", 5)
  expect([...cache]).toEqual([["d", 5]])
})

it("after `clear` nothing is left of earlier uses", () => {
  const cache = lfu<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).get("a")
  cache.get("b")
  cache.clear()
  cache.set("c", 3).set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "e"])
})

it("the strategy says its name, and knows no options of its own", () => {
  expect(lfu.strategyName).toBe("lfu")
  expect(lfu.name).toBe("lfu")
  expect(lfu.neverEvicts).toBe(false)
  expect(lfu.options).toEqual([])
  expect(lfu({ capacity: 1 }).strategyName).toBe("lfu")
})
