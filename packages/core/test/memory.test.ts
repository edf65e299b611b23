import { FrequencySketch } from "@evictionary/core"
import { expect, it } from "vitest"
import { bytesOf } from "../../../scripts/bytes.ts"
import { deep } from "../../../scripts/deep.ts"
import { expectSurvivors } from "../../../scripts/garbage.ts"
import { recency, remembering } from "./policies.ts"

it.each([1_000_000, Infinity])(
  "an empty cache of capacity %d holds under 10 kB",
  async (capacity) => {
    const bytes = await bytesOf(() => Array.from({ length: 100 }, () => recency({ capacity })))
    expect(bytes / 100).toBeLessThan(10_000)
  },
)

it("a sketch that was cut short takes room again only as keys are met", async () => {
  const bytes = await bytesOf(() => {
    const sketch = new FrequencySketch(Infinity)
    for (let key = 0; key < 100_000; key++) sketch.increment(sketch.hashOf(key))
    sketch.resize(10)
    for (let key = 0; key < 5_000; key++) sketch.increment(sketch.hashOf(key))
    sketch.resize(1_000_000)
    for (let key = -100; key < 0; key++) sketch.increment(sketch.hashOf(key))
    return sketch
  })
  expect(bytes).toBeLessThan(200_000)
})

it("an entry with an integer key takes at most 32 bytes when the cache is full", async () => {
  const value = {}
  const bytes = await bytesOf(() => {
    const cache = recency<number, object>({ capacity: 200_000 })
    for (let n = 0; n < 200_000; n++) cache.set(n, value)
    return cache
  })
  expect(bytes / 200_000).toBeLessThanOrEqual(32)
})

const TIMES: [string, number, object][] = [
  ["one time to live for all", 16, { ttl: 1_000 }],
  ["an idle time", 24, { idle: 500 }],
  ["both", 32, { ttl: 1_000, idle: 500 }],
  ["a time to live of its own", 28, { ttl: (_value: object, key: number) => 1_000 + key }],
]

it.each(deep ? TIMES : TIMES.slice(0, 1))(
  "%s costs an entry at most %d bytes more",
  async (_times, more, options) => {
    const value = {}
    const clock = { now: () => 0 }
    const bytes = await bytesOf(() => {
      const cache = recency<number, object>({ capacity: 200_000, clock, ...options })
      for (let n = 0; n < 200_000; n++) cache.set(n, value)
      return cache
    })
    expect(bytes / 200_000).toBeLessThanOrEqual(32 + more)
  },
)

/** Makes objects, to which it does not refer. */
function tracked(): { refs: WeakRef<object>[]; make(): object } {
  const refs: WeakRef<object>[] = []
  return {
    refs,
    make() {
      const object = {}
      refs.push(new WeakRef(object))
      return object
    },
  }
}

it.each([
  ["evicted", (cache: ReturnType<typeof recency>) => cache.resize(0)],
  ["deleted", (cache: ReturnType<typeof recency>) => [...cache.keys()].map((k) => cache.delete(k))],
  ["cleared", (cache: ReturnType<typeof recency>) => cache.clear()],
])("keys and values that were %s can be collected", async (_cause, remove) => {
  const keys = tracked()
  const values = tracked()
  const cache = recency<unknown, unknown>({ capacity: 100 })
  for (let n = 0; n < 200; n++) cache.set(n % 2 ? keys.make() : n, values.make())
  remove(cache)
  await expectSurvivors(keys.refs, 0)
  await expectSurvivors(values.refs, 0)
  expect(cache.size).toBe(0)
})

it("values that were replaced can be collected", async () => {
  const values = tracked()
  const cache = recency<number, unknown>({ capacity: 100 })
  for (let n = 0; n < 200; n++) cache.set(n % 100, values.make())
  await expectSurvivors(values.refs, 100, 100)
  expect(cache.size).toBe(100)
})

it("what listeners were told of can be collected", async () => {
  const keys = tracked()
  const values = tracked()
  let told = 0
  const count = () => void told++
  const cache = recency<unknown, unknown>({ capacity: 10, onRemoval: count })
  cache.subscribe({ onHit: count, onMiss: count, onInsert: count, onUpdate: count })
  for (let n = 0; n < 20; n++) {
    const key = keys.make()
    cache.set(key, values.make())
    cache.set(key, values.make())
    cache.get(key)
    cache.get(keys.make())
  }
  // All at once.
  cache.clear()
  await expectSurvivors(keys.refs, 0)
  await expectSurvivors(values.refs, 0)
  expect(told).toBe(120)
})

it("a ghost keeps its key alive and not its value; forgotten, it keeps nothing", async () => {
  const keys = tracked()
  const values = tracked()
  const cache = remembering<unknown, unknown>({ capacity: 10 })
  for (let n = 0; n < 100; n++) cache.set(keys.make(), values.make())
  await expectSurvivors(values.refs, 10, 10)
  await expectSurvivors(keys.refs, 20, 20)
  expect(cache.size).toBe(10)
})
