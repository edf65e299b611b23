import type { Cache } from "@evictionary/core"
import { fifo } from "@evictionary/fifo"
import fc from "fast-check"
import { expect, it } from "vitest"
import { FifoModel } from "./model.ts"

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
  const cache = fifo<number, number>({
    capacity,
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  return [cache, victims]
}

it("the victim is the entry that was stored first, however much it is used", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  cache.get("a")
  cache.set("c", 3)
  expect([...cache.keys()]).toEqual(["b", "c"])
  cache.peek("b")
  cache.set("d", 4)
  expect([...cache.keys()]).toEqual(["c", "d"])
})

it("overwriting does not make an entry younger", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["b", 2],
    ["c", 4],
  ])
})

it("what was deleted and comes back is the youngest", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).delete("a")
  cache.set("a", 3).set("c", 4)
  expect([...cache.keys()]).toEqual(["a", "c"])
})

it("victims and order are those of the plain model, whatever is read, stored, deleted or resized", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, steps) => {
      const [cache, victims] = observed(capacity)
      const model = new FifoModel(capacity)
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
  const cache = fifo<string, number>({ capacity: 1 })
  cache.set("a", 1).get("a")
  cache.set("b", 2)
  expect([...cache]).toEqual([["b", 2]])
  cache.set("b", 3).set("c", 4).set("d", 5)
  expect([...cache]).toEqual([["d", 5]])
})

it("after `clear` nothing is left of earlier uses", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).get("a")
  cache.get("b")
  cache.clear()
  cache.set("c", 3).set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "e"])
})

it("the strategy says its name, and knows no options of its own", () => {
  expect(fifo.strategyName).toBe("fifo")
  expect(fifo.name).toBe("fifo")
  expect(fifo.neverEvicts).toBe(false)
  expect(fifo.options).toEqual([])
  expect(fifo({ capacity: 1 }).strategyName).toBe("fifo")
})
