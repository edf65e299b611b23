import { defineStrategy } from "@evictionary/core"
import { expect, it } from "vitest"
import { Recency, recency, remembering } from "./policies.ts"

const eternal = defineStrategy("eternal", ({ slots }) => new Recency(slots), { neverEvicts: true })

/** First in, first out, or the other way round. */
const queue = defineStrategy<{ reverse: boolean }>(
  "queue",
  ({ slots, options }) => {
    const policy = new Recency(slots)
    policy.onHit = () => {}
    if (options.reverse) policy.onInsert = (slot) => policy.list.addOldest(slot)
    return policy
  },
  { options: ["reverse"] },
)

it("a swapped strategy chooses the victims from then on", () => {
  const cache = recency<string, number>({ capacity: 3 }).set("a", 1).set("b", 2).set("c", 3)
  cache.use(queue, { reverse: false })
  expect(cache.strategyName).toBe("queue")
  cache.get("a")
  cache.set("d", 4)
  expect([...cache.keys()]).toEqual(["b", "c", "d"])
  cache.use(recency)
  cache.get("b")
  cache.set("e", 5)
  expect([...cache.keys()]).toEqual(["d", "b", "e"])
  expect(cache.stats.evictions).toBe(2)
})

it("ghosts of the strategy that went are forgotten, and their keys come back as new ones", () => {
  const cache = remembering<number, number>({ capacity: 10 })
  for (let n = 0; n < 40; n++) cache.set(n, n)
  cache.use(remembering)
  for (let n = 0; n < 40; n++) {
    cache.set(n, -n)
    expect(cache.peek(n)).toBe(-n)
  }
  expect(cache.size).toBe(10)
  cache.use(recency)
  expect([...cache.keys()]).toHaveLength(10)
  for (let n = 0; n < 100; n++) cache.set(n, n)
  expect([...cache.values()]).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
})

it("a cleared cache keeps the strategy and the options that it was given last", () => {
  const cache = recency<string, number>({ capacity: 2 })
  cache.use(queue, { reverse: true })
  cache.clear()
  cache.set("a", 1).set("b", 2).set("c", 3)
  expect([...cache.keys()]).toEqual(["c", "a"])
})

it("with a strategy that never evicts, the bounds are gone; with another, they may come back", () => {
  const cache = recency<number, number>({ capacity: 2, maxWeight: 10 })
  cache.use(eternal)
  expect([cache.capacity, cache.maxWeight]).toEqual([Infinity, Infinity])
  for (let n = 0; n < 100; n++) cache.set(n, n)
  expect(cache.size).toBe(100)
  cache.use(recency)
  cache.resize(3)
  expect([...cache.keys()]).toEqual([97, 98, 99])
})

it("what is no strategy, and options that it does not know, are refused", () => {
  const cache = recency<number, number>({ capacity: 2 }).set(1, 1)
  expect(() => cache.use("lru" as never)).toThrow('`strategy` must be a strategy, received "lru"')
  expect(() => cache.use(queue, { backwards: true } as never)).toThrow(
    "`backwards` is not an option; the options are reverse",
  )
  expect(() => cache.use(recency, { reverse: true } as never)).toThrow("the options are none")
  expect(cache.strategyName).toBe("recency")
})

it("a large cache goes through dump, JSON and load with its order", () => {
  let now = 50
  const options = { capacity: 5_000, ttl: 1_000, idle: 400, clock: { now: () => now } }
  const cache = recency<number, string>(options)
  for (let n = 0; n < 5_000; n++) cache.set(n, `value ${n}`, { weight: n % 3 })
  now += 300
  for (let n = 0; n < 5_000; n += 7) cache.get(n)
  const text = JSON.stringify(cache.dump())
  now = 0
  const copy = recency<number, string>(options)
  copy.load(JSON.parse(text))
  expect([...copy]).toEqual([...cache])
  expect(copy.entry(7)).toEqual({ key: 7, value: "value 7", weight: 1, age: 300, ttl: 400 })
  expect(copy.weight).toBe(cache.weight)
  now += 100
  expect(copy.has(7)).toBe(true)
  expect(copy.has(8)).toBe(false)
})

it("what does not fit into the cache that loads is left out, coldest first", () => {
  const cache = recency<string, number>({ capacity: 10 })
  cache.set("a", 1).set("b", 2, { weight: 8 }).set("c", 3, { weight: 100 }).set("d", 4)
  const small = recency<string, number>({ capacity: 10, maxWeight: 9 })
  small.load(cache.dump())
  expect([...small.keys()]).toEqual(["b", "d"])
  small.resize(1)
  small.load(cache.dump())
  expect([...small.keys()]).toEqual(["d"])
  expect(small.stats.evictions).toBe(1)
})

it.each([
  [null, "`dump` must be what `dump()` returned, received null"],
  [{ version: 2, entries: [] }, "`dump` must be what `dump()` returned, received an object"],
  [{ version: 1, entries: [5] }, "`dump.entries[0]` must be an object, received 5"],
  [{ version: 1, entries: new Array(2) }, "`dump.entries[0]` must be an object"],
  [{ version: 1, entries: [{ weight: -1 }] }, "`dump.entries[0].weight` must be a non-negative"],
  [{ version: 1, entries: [{}, { ttl: "5" }] }, "`dump.entries[1].ttl` must be a non-negative"],
  [{ version: 1, entries: [{ age: NaN }] }, "`dump.entries[0].age` must be a non-negative"],
])("%j is no dump, and changes nothing", (dump, message) => {
  const cache = recency<string, number>({ capacity: 2 }).set("a", 1)
  expect(() => cache.load(dump as never)).toThrow(message)
  expect([...cache]).toEqual([["a", 1]])
})

it("a dump is read before anything is done, whatever it does meanwhile", () => {
  const cache = recency<string, number>({ capacity: 10 })
  const entries: { key: string; value: number }[] = []
  for (let n = 0; n < 3; n++) {
    entries.push({
      get key() {
        entries.push({ key: "more", value: 0 })
        return `key ${n}`
      },
      value: n,
    })
  }
  cache.load({ version: 1, entries })
  expect([...cache.keys()]).toEqual(["key 0", "key 1", "key 2"])
  entries[1] = {
    get key() {
      entries.length = 0
      return "last"
    },
    value: 1,
  }
  expect(() => cache.load({ version: 1, entries })).toThrow(
    "`dump.entries[2]` must be an object, received undefined",
  )
  expect(cache.size).toBe(3)
})
