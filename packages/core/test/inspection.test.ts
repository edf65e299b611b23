import { inspect } from "node:util"
import { defineStrategy } from "@evictionary/core"
import { expect, it } from "vitest"
import { Recency, recency } from "./policies.ts"

const keeping = defineStrategy("keeping", ({ slots }) => new Recency(slots), { neverEvicts: true })

it("as text, a cache says how full it is", () => {
  expect(`${recency({ capacity: 1_000 }).set("a", 1)}`).toBe("recency(1 of 1000)")
  expect(`${recency({ maxWeight: 50 }).set("a", 1, { weight: 20 })}`).toBe(
    "recency(1, weight 20 of 50)",
  )
  expect(`${recency({ capacity: 3, maxWeight: 50 })}`).toBe("recency(0 of 3, weight 0 of 50)")
  expect(`${keeping()}`).toBe("keeping(0)")
})

it("Node shows the entries, next victim first, and touches nothing", () => {
  const cache = recency<string, unknown>({ capacity: 3 })
    .set("a", 1)
    .set("b", { deep: [1] })
  cache.get("a")
  const before = cache.stats.snapshot()
  expect(inspect(cache)).toBe("recency(2 of 3) Map(2) { 'b' => { deep: [ 1 ] }, 'a' => 1 }")
  expect(inspect({ in: { an: { object: cache } } })).toBe(
    "{ in: { an: { object: [recency(2 of 3)] } } }",
  )
  expect(cache.stats.snapshot()).toEqual(before)
  expect([...cache.keys()]).toEqual(["b", "a"])
})

it("browsers' consoles show the tag", () => {
  expect(Object.prototype.toString.call(recency({ capacity: 3 }))).toBe("[object recency(0 of 3)]")
})
