import { lru } from "@evictionary/lru"
import { cacheOf, type Memoized, memoize, memoizeAsync, memoized } from "@evictionary/memoize"
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

  test("hands the cache what says what results weigh and cost", async () => {
    const worth = { weigher: (x: unknown) => Number(x), cost: (x: unknown) => Number(x) / 4 }
    const f = memoize((x: number) => x * 2, { strategy: lru, maxWeight: 10, ...worth })
    const g = memoizeAsync(async (x: number) => x * 2, { strategy: lru, maxWeight: 10, ...worth })
    expect([f(3), await g(3)]).toEqual([6, 6])
    for (const { cache } of [f, g]) {
      const [{ weight, cost } = {}] = cache.dump().entries
      expect([weight, cost]).toEqual([6, 1.5])
    }
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

describe("options", () => {
  /** The same options, each of which notes that it is read, and is another one later. */
  function shifty(
    options: Record<string, unknown>,
    read: string[],
    how: "class" | "own" | "hidden",
  ) {
    const holder = {}
    for (const [name, value] of Object.entries(options)) {
      const get = () =>
        read.push(name) > 0 && read.indexOf(name) === read.length - 1 ? value : "!"
      Object.defineProperty(holder, name, { get, enumerable: how === "own" })
    }
    return how === "class" ? Object.create(Object.create(holder)) : holder
  }

  describe.each(["own", "hidden", "class"] as const)("that are %s are read once", (how) => {
    test("by memoize", () => {
      const read: string[] = []
      const key = (x: unknown) => x
      const options = { strategy: lru, capacity: 3, ttl: () => 5, clock: { now: () => 0 }, key }
      const f = untyped(fn, shifty(options, read, how)) as Memoized<typeof fn>
      f(1)
      expect(f.cacheParameters()).toEqual({ strategy: "lru", capacity: 3, key })
      expect(read.sort()).toEqual(["capacity", "clock", "key", "strategy", "ttl"])
    })

    test("by memoize, for a cache that is there", () => {
      const read: string[] = []
      const cache = new Map()
      const f = untyped(fn, shifty({ cache }, read, how)) as Memoized<typeof fn>
      expect([f.cache, read]).toEqual([cache, ["cache"]])
    })

    test("by memoizeAsync", async () => {
      const read: string[] = []
      const stale = { ttl: () => 5, staleIfError: 5, staleWhileRevalidate: 5, refreshAhead: 1 }
      const times = { ...stale, jitter: 0.5, random: () => 0, clock: { now: () => 0 } }
      const callbacks = { bulk: async () => ["bulk"], cacheErrors: () => 5, onCacheError: () => {} }
      const options = { strategy: lru, capacity: 3, budget: 5, ...times, ...callbacks }
      const f = memoizeAsync(async (x: string) => x, shifty(options, read, how) as { cache: never })
      expect([await f.many(["1"]), f.cacheInfo().capacity]).toEqual([["bulk"], 3])
      expect(read.sort()).toEqual(Object.keys(options).sort())
    })

    test("by memoized, for all objects", () => {
      const [read, more]: [string[], string[]] = [[], []]
      const options = { strategy: lru, capacity: 3, key: (x: string) => x.toLowerCase() }
      class Shop {
        @memoized(shifty(options, read, how) as typeof options)
        price(article: string): string {
          return `price of ${article}`
        }

        @memoized(lru, shifty({ capacity: 4 }, more, how) as { capacity: number })
        name(): string {
          return "shop"
        }
      }
      for (const shop of [new Shop(), new Shop()]) {
        expect([shop.price("a"), shop.price("A")]).toEqual(["price of a", "price of a"])
        expect([cacheOf(shop, "price").cacheInfo().capacity, shop.name()]).toEqual([3, "shop"])
        expect(cacheOf(shop, "name").cacheInfo().capacity).toBe(4)
      }
      expect([read.sort(), more]).toEqual([["capacity", "key", "strategy"], ["capacity"]])
    })
  })

  test("may be an instance of a class with private fields and methods of its own", () => {
    class Settings {
      readonly #capacity = 3
      readonly strategy = lru
      get capacity() {
        return this.#capacity
      }
      doubled() {
        return this.#capacity * 2
      }
    }
    expect(memoize(fn, new Settings()).cacheInfo().capacity).toBe(3)
  })

  test("that are known to nobody are refused, own or inherited", () => {
    for (const options of [{ size: 5 }, Object.create({ size: 5 })]) {
      expect(() => untyped(fn, Object.assign(options, { strategy: lru, capacity: 3 }))).toThrow(
        expect.objectContaining({
          code: "UNKNOWN_OPTION",
          message: expect.stringMatching(/^`size`/),
        }),
      )
    }
  })

  test("reach a strategy of somebody else", () => {
    const mine = (options: { max: number }) => lru<unknown, unknown>({ capacity: options.max })
    const f = memoize(
      fn,
      Object.create({ strategy: mine, max: 7 }) as { strategy: typeof mine; max: number },
    )
    expect(f.cacheInfo().capacity).toBe(7)
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
      "`capacity` must be left out beside a `cache`, received 5",
    ],
    [
      [fn, { cache: new Map(), ttl: 5 }],
      "INVALID_OPTION",
      "`ttl` must be left out beside a `cache`, received 5",
    ],
    [
      [fn, { cache: new Map(), strategy: null }],
      "INVALID_OPTION",
      "`strategy` must be a strategy, received null",
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
      "`cache` is not an option; the options are capacity, maxWeight, ttl, idle, jitter, random, clock, purge, weigher, cost, onRemoval, onListenerError",
    ],
  ])("memoize(...%j) is an error", (args, code, message) => {
    expect(() => untyped(...args)).toThrow(
      expect.objectContaining({ name: "CacheError", code, message }),
    )
  })
})
