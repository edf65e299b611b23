import { lru, memoize } from "evictionary"
import { expect, test } from "vitest"

const square = (x: number): number => x * x

test("without a word on the cache it is that of functools: LRU, 128 results", () => {
  const fib = memoize((n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)))
  expect(fib(36)).toBe(14_930_352)
  expect(fib.cacheInfo()).toEqual({ hits: 34, misses: 37, capacity: 128, size: 37 })
  expect(fib.cacheParameters()).toEqual({ capacity: 128, strategy: "lru", key: undefined })
})

test("a text or an object says which cache", () => {
  for (const f of [
    memoize(square, "sieve, capacity=1000"),
    memoize(square, { strategy: "sieve", capacity: 1_000 }),
  ]) {
    expect(f(3)).toBe(9)
    expect(f.cacheParameters()).toEqual({ capacity: 1_000, strategy: "sieve", key: undefined })
  }
})

test("the strategy can be swapped by name", () => {
  const f = memoize(square, "lru, capacity=10")
  f(3)
  f.cache.use("s3-fifo")
  expect(f.has(3)).toBe(true)
  expect(f.cacheParameters().strategy).toBe("s3-fifo")
})

test("an object may have a key beside the configuration", () => {
  const f = memoize((user: { id: number }) => user.id, {
    strategy: "lru",
    capacity: 1,
    ttl: "5m",
    key: (user) => user.id,
  })
  f({ id: 1 })
  f({ id: 1 })
  expect(f.cacheInfo().hits).toBe(1)
})

test("all else is as with the package", () => {
  expect(memoize(square, new Map()).cacheInfo().capacity).toBeUndefined()
  expect(memoize(square, { strategy: lru, capacity: 5 }).cacheInfo().capacity).toBe(5)
  expect(memoize(square, { cache: lru({ capacity: 5 }) }).cacheInfo().capacity).toBe(5)
  expect(() => memoize(square, null as never)).toThrow(/`cacheOrOptions` must be/)
  expect(() => memoize(square, "lrru, capacity=5")).toThrow(/did you mean lru\?/)
  expect(() => memoize(1 as never)).toThrow(/`fn` must be a function/)
})

test("options are read once, wherever they stand, with a strategy and with the name of one", () => {
  for (const strategy of [lru, "lru"]) {
    const read: string[] = []
    class Options {
      readonly strategy = strategy as "lru"
      get capacity() {
        read.push("capacity")
        return 7
      }
      get key() {
        read.push("key")
        return (x: number) => Math.abs(x)
      }
    }
    const f = memoize(square, new Options())
    expect([f(2), f(-2), f.cacheInfo().hits, f.cacheInfo().capacity]).toEqual([4, 4, 1, 7])
    expect(read.sort()).toEqual(["capacity", "key"])
  }
})

test("a time to live below 0 says that a result is not to be kept", () => {
  const f = memoize(square, { strategy: "lru", capacity: 5, ttl: () => -1 })
  expect([f(2), f.has(2)]).toEqual([4, false])
})
