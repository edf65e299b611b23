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

it("at most as many entries are shown as of a Map, and the others are counted", () => {
  for (const size of [99, 100, 101, 102, 1_000]) {
    for (const options of [{}, { maxArrayLength: 3 }, { maxArrayLength: 0 }, { compact: false }]) {
      const cache = recency<number, string>({ capacity: 1_000 })
      const map = new Map<number, string>()
      for (let n = 0; n < size; n++) {
        cache.set(n, "1 more item }")
        map.set(n, "1 more item }")
      }
      expect(inspect(cache, options)).toBe(`${cache} ${inspect(map, options)}`)
    }
  }
  const all = recency({ capacity: 200 })
  for (let n = 0; n < 150; n++) all.set(n, n)
  expect(inspect(all, { maxArrayLength: null })).not.toContain("more item")
})

it("to show a large cache takes no longer than to show a small one", () => {
  let steps = 0
  const counting = defineStrategy("counting", ({ slots }) => {
    return new (class extends Recency {
      override *[Symbol.iterator]() {
        for (const slot of { [Symbol.iterator]: () => super[Symbol.iterator]() }) {
          steps++
          yield slot
        }
      }
    })(slots)
  })
  const cache = counting<number, number>({ capacity: 10_000 })
  for (let n = 0; n < 10_000; n++) cache.set(n, n)
  inspect(cache)
  expect(steps).toBeLessThanOrEqual(101)
})

it("a cache that is in itself is shown once, however deep one looks", () => {
  const cache = recency<string, unknown>({ capacity: 3 })
  const other = recency<string, unknown>({ capacity: 3 }).set("cache", cache)
  cache
    .set("self", cache)
    .set("in", { an: { object: [cache] } })
    .set("other", other)
  for (const depth of [2, 20, Infinity, null]) {
    const text = inspect(cache, { depth })
    expect(text).toContain("'self' => [Circular recency(3 of 3)]")
    expect(text.length).toBeLessThan(400)
  }
  expect(inspect(cache)).toBe(inspect(cache))
})

it("it is shown as deep as a Map would be", () => {
  const value = { a: { b: { c: { d: 1 } } } }
  const map = new Map([["key", value]])
  for (const depth of [0, 1, 2, 3, 4]) {
    const cache = recency<string, object>({ capacity: 3 }).set("key", value)
    expect(inspect(cache, { depth })).toBe(`${cache} ${inspect(map, { depth })}`)
    // Lines are broken elsewhere, since there is more on the first.
    const flat = (of: unknown) => inspect([{ of }], { depth: depth + 2 }).replace(/\s+/g, " ")
    expect(flat(cache)).toBe(flat(map).replace("Map", `${cache} Map`))
  }
})

it("who has no `inspect` to give gets one line, and the prototype is no cache", () => {
  const cache = recency({ capacity: 3 }).set("a", 1)
  const custom = Symbol.for("nodejs.util.inspect.custom")
  const show = (cache as never)[custom] as (depth?: number, options?: object) => string
  expect(show.call(cache, 2, {})).toBe("[recency(1 of 3)]")
  expect(show.call(cache)).toBe("[recency(1 of 3)]")
  for (let of: object = cache; of !== Object.prototype; of = Object.getPrototypeOf(of)) {
    expect(() => inspect(of)).not.toThrow()
    expect(() => Object.prototype.toString.call(of)).not.toThrow()
    expect(() => show.call(of as typeof cache)).not.toThrow()
  }
})

it("an assertion about an object that holds a cache fails with its own message", () => {
  const cache = recency({ capacity: 3 }).set("a", 1)
  expect(() => expect({ cache }).toBe(1)).toThrow("expected")
})

it("browsers' consoles show the tag", () => {
  expect(Object.prototype.toString.call(recency({ capacity: 3 }))).toBe("[object recency(0 of 3)]")
})
