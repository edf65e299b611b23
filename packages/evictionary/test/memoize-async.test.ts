import { memoizeAsync } from "evictionary"
import { expect, test } from "vitest"

const square = async (x: number): Promise<number> => x * x

test("without a word on the cache it is the one of `memoize`: LRU, 128 results", async () => {
  const f = memoizeAsync(square)
  expect(await f(3)).toBe(9)
  expect(await f(3)).toBe(9)
  expect(f.cacheInfo()).toMatchObject({ hits: 1, misses: 1, capacity: 128, size: 1 })
  expect(f.cacheParameters().strategy).toBe("lru")
})

test("a text or an object says which cache, and the strategy can be swapped by name", async () => {
  for (const f of [
    memoizeAsync(square, "sieve, capacity=1000"),
    memoizeAsync(square, { strategy: "sieve", capacity: 1_000, key: (x) => `${x}` }),
  ]) {
    await f(3)
    expect(f.cacheParameters()).toMatchObject({ capacity: 1_000, strategy: "sieve" })
    f.cache.use("s3-fifo")
    expect(await f.has(3)).toBe(true)
    expect(f.cacheParameters().strategy).toBe("s3-fifo")
  }
})

test("durations of the cache are those of the wrapper: what is stale is served", async () => {
  let now = 0
  let runs = 0
  const f = memoizeAsync(async (x: number) => x + ++runs, {
    strategy: "lru",
    capacity: 10,
    ttl: "1m",
    clock: { now: () => now },
    staleWhileRevalidate: 60_000,
  })
  expect(await f(0)).toBe(1)
  now = 59_999
  expect(await f(0)).toBe(1)
  now = 60_000
  expect(await f(0)).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(await f(0)).toBe(2)
  now = 180_000
  expect(await f(0)).toBe(3)
})

test("all else is as with the package, and what is wrong is said", () => {
  expect(memoizeAsync(square, new Map()).cacheInfo().capacity).toBeUndefined()
  expect(() => memoizeAsync(square, "lrru, capacity=5")).toThrow(/did you mean lru\?/)
  expect(() => memoizeAsync(square, "slru, capacity=5, protected=2")).toThrow(
    /`protected` must be .*, in "slru, capacity=5, protected=2"/,
  )
  expect(() => memoizeAsync(square, { strategy: "lru", capacity: 5, budget: -1 })).toThrow(
    /`budget` must be/,
  )
  expect(() => memoizeAsync(square, { strategy: "lru", capacity: 5, staleIfError: 1_000 })).toThrow(
    /`ttl` must be/,
  )
  expect(() => memoizeAsync(1 as never)).toThrow(/`fn` must be a function/)
})

test("options are read once, wherever they stand", async () => {
  const read: string[] = []
  class Options {
    readonly strategy = "lru"
    get capacity() {
      read.push("capacity")
      return 7
    }
    get bulk() {
      read.push("bulk")
      return async (ids: number[]) => ids.map((id) => id * 2)
    }
  }
  const f = memoizeAsync(async (id: number) => id, new Options())
  expect([await f.many([1, 2]), f.cacheInfo().capacity]).toEqual([[2, 4], 7])
  expect(read.sort()).toEqual(["bulk", "capacity"])
})
