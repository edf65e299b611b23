import { unbounded } from "@evictionary/unbounded"
import { expect, it } from "vitest"

it("keeps everything, in the order of insertion", () => {
  const cache = unbounded<number, number>()
  for (let n = 0; n < 10_000; n++) cache.set(n, n * n)
  cache.get(0)
  cache.set(1, 1)
  expect(cache.size).toBe(10_000)
  expect(cache.capacity).toBe(Infinity)
  expect([...cache.keys()]).toEqual(Array.from({ length: 10_000 }, (_, n) => n))
})

it("options may be left out", () => {
  const removed: string[] = []
  const cache = unbounded<string, number>({ onRemoval: (key) => removed.push(key) })
  cache.set("a", 1).delete("a")
  expect(removed).toEqual(["a"])
})

it("the strategy says its name, and that it never evicts", () => {
  expect(unbounded.strategyName).toBe("unbounded")
  expect(unbounded.neverEvicts).toBe(true)
})
