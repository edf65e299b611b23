import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { describe, expect, test } from "vitest"

const untyped = memoize as (...args: unknown[]) => unknown
const fn = (x: unknown) => x

describe("the second argument", () => {
  test("is a cache, or says how to make one, or has one", () => {
    const map = new Map<unknown, number>()
    const same = [
      memoize((x: number) => x, lru({ capacity: 2 })),
      memoize((x: number) => x, { strategy: lru, capacity: 2 }),
      memoize((x: number) => x, { cache: lru({ capacity: 2 }) }),
    ]
    for (const f of same)
      expect(f.cacheParameters()).toMatchObject({ strategy: "lru", capacity: 2 })
    expect(memoize((x: number) => x, { cache: map }).cache).toBe(map)
    expect(memoize((x: number) => x, { strategy: unbounded }).cache.strategyName).toBe("unbounded")
  })

  test("hands the strategy its options", () => {
    const removed: unknown[] = []
    const f = memoize((x: number) => x * 2, {
      strategy: lru,
      capacity: 1,
      onRemoval: (...args) => removed.push(args),
    })
    f(1)
    f(2)
    expect(removed).toEqual([[1, 2, "evicted"]])
  })

  test("may be undefined where an option may be left out", () => {
    const f = memoize(fn, { strategy: lru, capacity: 2, key: undefined, onRemoval: undefined })
    f(1)
    expect(f.has(1)).toBe(true)
  })
})

describe("what is wrong is named at once", () => {
  test.each([
    [[1, new Map()], "INVALID_ARGUMENT", "`fn` must be a function, received 1"],
    [[], "INVALID_ARGUMENT", "`fn` must be a function, received undefined"],
    [[fn], "INVALID_ARGUMENT", "`cacheOrOptions` must be a cache or options, received undefined"],
    [[fn, null], "INVALID_ARGUMENT", "`cacheOrOptions` must be a cache or options, received null"],
    [[fn, 128], "INVALID_ARGUMENT", "`cacheOrOptions` must be a cache or options, received 128"],
    [
      [fn, lru],
      "INVALID_ARGUMENT",
      "`cacheOrOptions` must be a cache or options, received a function",
    ],
    [[fn, {}], "INVALID_OPTION", "`strategy` must be a strategy, received undefined"],
    [[fn, { capacity: 5 }], "INVALID_OPTION", "`strategy` must be a strategy, received undefined"],
    [[fn, { strategy: "lru" }], "INVALID_OPTION", '`strategy` must be a strategy, received "lru"'],
    [
      [fn, { strategy: fn }],
      "INVALID_OPTION",
      "`strategy` must be a strategy, received a function",
    ],
    [[fn, { cache: {} }], "INVALID_OPTION", "`cache` must be a cache, received an object"],
    [[fn, { cache: null }], "INVALID_OPTION", "`cache` must be a cache, received null"],
    [
      [fn, { cache: new Map(), capacity: 5 }],
      "INVALID_OPTION",
      "`strategy` must be a strategy, received undefined",
    ],
    [
      [fn, { cache: new Map(), key: "id" }],
      "INVALID_OPTION",
      '`key` must be a function, received "id"',
    ],
    [
      [fn, { strategy: lru, capacity: 1.5 }],
      "INVALID_OPTION",
      "`capacity` must be a non-negative integer or Infinity, received 1.5",
    ],
    [
      [fn, { strategy: lru, capacity: 1, cache: new Map() }],
      "UNKNOWN_OPTION",
      "`cache` is not an option; the options are capacity, maxWeight, ttl, idle, jitter, random, clock, purge, weigher, onRemoval, onListenerError",
    ],
  ])("memoize(...%j) is an error", (args, code, message) => {
    expect(() => untyped(...args)).toThrow(
      expect.objectContaining({ name: "CacheError", code, message }),
    )
  })
})
