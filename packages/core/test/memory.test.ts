import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, it } from "vitest"
import { recency, remembering } from "./policies.ts"

setFlagsFromString("--expose-gc")
const collect = runInNewContext("gc") as () => void

/** Bytes held by what `make` returns, on average over many. */
function bytesOf(count: number, make: () => unknown): number {
  make()
  const kept: unknown[] = new Array(count)
  collect()
  const before = process.memoryUsage()
  for (let n = 0; n < count; n++) kept[n] = make()
  collect()
  const after = process.memoryUsage()
  const bytes = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers
  expect(kept.length).toBe(count)
  return bytes / count
}

it("an empty cache of capacity 1,000,000 holds less than 10 kB", () => {
  expect(bytesOf(100, () => recency({ capacity: 1_000_000 }))).toBeLessThan(10_000)
  expect(bytesOf(100, () => recency({ capacity: Infinity }))).toBeLessThan(10_000)
})

it("an entry with an integer key takes at most 32 bytes when the cache is full", () => {
  const value = {}
  const bytes = bytesOf(1, () => {
    const cache = recency<number, object>({ capacity: 200_000 })
    for (let n = 0; n < 200_000; n++) cache.set(n, value)
    return cache
  })
  expect(bytes / 200_000).toBeLessThanOrEqual(32)
})

/** Objects of which one may ask whether they are still alive. */
function tracked(): { make(): object; alive(): Promise<number> } {
  const references: WeakRef<object>[] = []
  return {
    make() {
      const object = {}
      references.push(new WeakRef(object))
      return object
    },
    async alive() {
      // A WeakRef lives until the end of the job in which it was made.
      await new Promise((resolve) => setImmediate(resolve))
      collect()
      return references.filter((reference) => reference.deref() !== undefined).length
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
  expect(await keys.alive()).toBe(0)
  expect(await values.alive()).toBe(0)
  expect(cache.size).toBe(0)
})

it("values that were replaced can be collected", async () => {
  const values = tracked()
  const cache = recency<number, unknown>({ capacity: 100 })
  for (let n = 0; n < 200; n++) cache.set(n % 100, values.make())
  expect(await values.alive()).toBe(100)
  expect(cache.size).toBe(100)
})

it("a ghost keeps its key alive and not its value; forgotten, it keeps nothing", async () => {
  const keys = tracked()
  const values = tracked()
  const cache = remembering<unknown, unknown>({ capacity: 10 })
  for (let n = 0; n < 100; n++) cache.set(keys.make(), values.make())
  expect(await values.alive()).toBe(10)
  expect(await keys.alive()).toBe(20)
  expect(cache.size).toBe(10)
})
