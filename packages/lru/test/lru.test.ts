import { lru } from "@evictionary/lru"
import fc from "fast-check"
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

it("the order is that of a Map in which every use puts the entry at the end", () => {
  const step = fc.tuple(fc.constantFrom("get", "set", "delete"), fc.nat(12))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(step, { maxLength: 100, size: "max" }),
      (capacity, steps) => {
        const victims: number[] = []
        const cache = lru<number, number>({
          capacity,
          onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
        })
        const model = new Map<number, number>()
        const expectedVictims: number[] = []
        steps.forEach(([operation, key], value) => {
          const old = model.get(key)
          const present = model.delete(key)
          if (operation === "delete") expect(cache.delete(key)).toBe(present)
          if (operation === "get") {
            expect(cache.get(key)).toBe(old)
            if (old !== undefined) model.set(key, old)
          }
          if (operation === "set") {
            cache.set(key, value)
            const [oldest] = model.keys()
            if (!present && model.size === capacity && oldest !== undefined) {
              model.delete(oldest)
              expectedVictims.push(oldest)
            }
            model.set(key, value)
          }
          expect([...cache]).toEqual([...model])
        })
        expect(victims).toEqual(expectedVictims)
      },
    ),
  )
})

it("the strategy says its name", () => {
  expect(lru.strategyName).toBe("lru")
  expect(lru.name).toBe("lru")
  expect(lru.neverEvicts).toBe(false)
  expect(lru({ capacity: 1 }).strategyName).toBe("lru")
})
