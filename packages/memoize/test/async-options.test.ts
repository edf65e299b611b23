import { lru } from "@evictionary/lru"
import { memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { describe, expect, test } from "vitest"

const untyped = memoizeAsync as (...args: unknown[]) => unknown
const fn = async (x: unknown) => x

test("the second argument is a cache, or says how to make one, or has one", () => {
  const map = new Map<unknown, number>()
  const same = [
    memoizeAsync(async (x: number) => x, lru({ capacity: 2 })),
    memoizeAsync(async (x: number) => x, { strategy: lru, capacity: 2 }),
    memoizeAsync(async (x: number) => x, { cache: lru({ capacity: 2 }) }),
  ]
  for (const f of same) {
    expect(f.cacheParameters()).toMatchObject({ strategy: "lru", capacity: 2 })
  }
  expect(memoizeAsync(async (x: number) => x, map).cache).toBe(map)
  expect(memoizeAsync(async (x: number) => x, { cache: map }).cache).toBe(map)
})

test("options may be undefined where they may be left out", async () => {
  const f = memoizeAsync(fn, {
    strategy: unbounded,
    key: undefined,
    staleWhileRevalidate: undefined,
    staleIfError: undefined,
    refreshAhead: undefined,
    cacheErrors: undefined,
    bulk: undefined,
    budget: undefined,
    onCacheError: undefined,
  })
  expect([await f(1), await f.many([1], { signal: undefined })]).toEqual([1, [1]])
  expect(await f.with({ signal: undefined })(1)).toBe(1)
})

describe("what is wrong is named at once", () => {
  const stale = { strategy: unbounded, ttl: 1, staleWhileRevalidate: 1 }
  const needed =
    "`cache` must be one of Evictionary to hold what is stale, or errors, received an object"
  test.each([
    [[1, new Map()], "INVALID_ARGUMENT", "`fn` must be a function, received 1"],
    [[fn], "INVALID_ARGUMENT", "`cacheOrOptions` must be a cache or options, received undefined"],
    [[fn, null], "INVALID_ARGUMENT", "`cacheOrOptions` must be a cache or options, received null"],
    [
      [fn, lru],
      "INVALID_ARGUMENT",
      "`cacheOrOptions` must be a cache or options, received a function",
    ],
    [[fn, {}], "INVALID_OPTION", "`strategy` must be a strategy, received undefined"],
    [
      [fn, { ...stale, staleWhileRevalidate: "1m" }],
      "INVALID_OPTION",
      '`staleWhileRevalidate` must be a non-negative number of milliseconds, received "1m"',
    ],
    [
      [fn, { ...stale, staleIfError: -1 }],
      "INVALID_OPTION",
      "`staleIfError` must be a non-negative number of milliseconds, received -1",
    ],
    [
      [fn, { ...stale, refreshAhead: 80 }],
      "INVALID_OPTION",
      "`refreshAhead` must be a number from 0 to 1, received 80",
    ],
    [
      [fn, { ...stale, ttl: undefined }],
      "INVALID_OPTION",
      "`ttl` must be a non-negative number of milliseconds, received undefined",
    ],
    [
      [fn, { ...stale, jitter: 2 }],
      "INVALID_OPTION",
      "`jitter` must be a number from 0 to 1, received 2",
    ],
    [[fn, { ...stale, random: 2 }], "INVALID_OPTION", "`random` must be a function, received 2"],
    [
      [fn, { ...stale, idle: 5 }],
      "INVALID_OPTION",
      "`idle` must be left out where results may be stale, received 5",
    ],
    [
      [fn, { cache: new Map(), ttl: 5 }],
      "INVALID_OPTION",
      "`ttl` must be left out beside a `cache`, received 5",
    ],
    [
      [fn, { cache: new Map(), ttl: undefined, jitter: 0.5 }],
      "INVALID_OPTION",
      "`jitter` must be left out beside a `cache`, received 0.5",
    ],
    [[fn, { ...stale, strategy: undefined, cache: new Map() }], "INVALID_OPTION", needed],
    [[fn, { cache: new LRUCache({ max: 1 }), cacheErrors: () => 1 }], "INVALID_OPTION", needed],
    [
      [fn, { cache: new Map(), cacheErrors: 5 }],
      "INVALID_OPTION",
      "`cacheErrors` must be a function, received 5",
    ],
    [
      [fn, { cache: new Map(), bulk: {} }],
      "INVALID_OPTION",
      "`bulk` must be a function, received an object",
    ],
    [
      [fn, { cache: new Map(), budget: "1s" }],
      "INVALID_OPTION",
      '`budget` must be a non-negative number of milliseconds, received "1s"',
    ],
    [
      [fn, { cache: new Map(), onCacheError: 1 }],
      "INVALID_OPTION",
      "`onCacheError` must be a function, received 1",
    ],
    [
      [async function* () {}, new Map()],
      "INVALID_ARGUMENT",
      expect.stringMatching(/^`fn` must be/),
    ],
  ])("memoizeAsync(...%j) is an error", (args, code, message) => {
    expect(() => untyped(...args)).toThrow(
      expect.objectContaining({ name: "CacheError", code, message }),
    )
  })

  test("a signal that is none is refused", async () => {
    const f = memoizeAsync(fn, new Map())
    const error = {
      code: "INVALID_ARGUMENT",
      message: "`signal` must be an AbortSignal, received an object",
    }
    expect(() => f.with({ signal: {} as never })).toThrow(expect.objectContaining(error))
    await expect(f.many([1], { signal: {} as never })).rejects.toMatchObject(error)
  })
})
