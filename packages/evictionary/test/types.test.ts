import {
  type Cache,
  type CacheConfig,
  caches,
  cachesAsync,
  createCache,
  defineStrategy,
  lru,
  memoize,
  type NamedCache,
  parseConfig,
  type StrategyName,
  slru,
} from "evictionary"
import { expectTypeOf, test } from "vitest"

test("a cache by name has the types it is given", () => {
  const cache = createCache<string, Date>("lru, capacity=1")
  expectTypeOf(cache).toEqualTypeOf<NamedCache<string, Date>>()
  expectTypeOf(cache).toExtend<Cache<string, Date>>()
  expectTypeOf(cache.get("now")).toEqualTypeOf<Date | undefined>()
})

test("names are known, and any other is possible", () => {
  expectTypeOf<"two-queue">().toExtend<StrategyName>()
  expectTypeOf<"mine">().not.toExtend<StrategyName>()
  expectTypeOf<{ strategy: "mine"; capacity: 1 }>().toExtend<CacheConfig>()
  expectTypeOf<{ strategy: string; capacity: number; ttl: string }>().toExtend<CacheConfig>()
  expectTypeOf<{ strategy: "@acme/mine"; depth: 3 }>().toExtend<CacheConfig>()
  expectTypeOf(parseConfig("lru, capacity=1")).toExtend<CacheConfig>()
})

test("own options belong to their strategy", () => {
  expectTypeOf<{ strategy: "slru"; protected: 0.5 }>().toExtend<CacheConfig>()
  expectTypeOf<{ strategy: "w-tinylfu"; adaptive: false }>().toExtend<CacheConfig>()
  expectTypeOf<{ capacity: number; adaptive: false }>().toExtend<CacheConfig>()
  const rejected = () => {
    // @ts-expect-error It is a number.
    createCache({ strategy: "slru", capacity: 1, protected: "half" })
    // @ts-expect-error It is an option of slru.
    createCache({ strategy: "lru", capacity: 1, protected: 0.5 })
    // @ts-expect-error There is no such option.
    createCache({ strategy: "lru", capcity: 1 })
    // @ts-expect-error A time of day is no duration.
    createCache({ strategy: "lru", capacity: 1, ttl: new Date() })
    // @ts-expect-error Without a name it is no option of slru.
    createCache({ capacity: 1, protected: 0.5 })
  }
  expectTypeOf(rejected).toBeFunction()
})

test("a strategy itself may stand for its name", () => {
  const mine = defineStrategy<{ depth?: number }>("mine", lru.createPolicy, { options: ["depth"] })
  const made = () => {
    const cache = createCache<string, Date>({
      strategy: mine,
      capacity: 1,
      depth: 2,
      ttl: "5m",
      weigher: (value, key) => value.getTime() + key.length,
    })
    expectTypeOf(cache).toEqualTypeOf<NamedCache<string, Date>>()
    createCache({ strategy: slru, capacity: 1, protected: 0.5 })
    caches({ users: { strategy: slru, capacity: 1 } })
    // @ts-expect-error It makes no caches.
    createCache({ strategy: () => {}, capacity: 1 })
    // @ts-expect-error It is a number.
    createCache({ strategy: slru, capacity: "1" })
  }
  expectTypeOf(made).toBeFunction()
})

test("what is loaded from packages is reconfigured in time", () => {
  const made = async () => {
    const all = await cachesAsync<{ users: [number, Date] }>({ users: "@acme/mine, capacity=1" })
    expectTypeOf(all.users).toEqualTypeOf<NamedCache<number, Date>>()
    expectTypeOf(all.reconfigure({ users: "lru" })).toEqualTypeOf<Promise<void>>()
    // @ts-expect-error There is no such cache.
    all.reconfigure({ usres: "lru" })
  }
  expectTypeOf(made).toBeFunction()
})

test("functions get keys and values of the cache", () => {
  const made = () =>
    createCache<string, Date>({
      strategy: "lru",
      maxWeight: 10,
      weigher(value, key) {
        expectTypeOf(value).toEqualTypeOf<Date>()
        expectTypeOf(key).toEqualTypeOf<string>()
        return key.length
      },
      onRemoval(key, value) {
        expectTypeOf(key).toEqualTypeOf<string>()
        expectTypeOf(value).toEqualTypeOf<Date>()
      },
    })
  expectTypeOf(made).toBeFunction()
})

test("caches have the names of their configuration, and types if those are given", () => {
  const plain = caches({ users: "lru, capacity=1", pages: { strategy: "lru", capacity: 1 } })
  expectTypeOf(plain.pages).toEqualTypeOf<NamedCache<unknown, unknown>>()
  const typed = caches<{ users: [number, Date]; pages: [string, string] }>({
    users: "lru, capacity=1",
    pages: { strategy: "lru", maxWeight: 1, weigher: (page) => page.length },
  })
  expectTypeOf(typed.users).toEqualTypeOf<NamedCache<number, Date>>()
  const rejected = () => {
    // @ts-expect-error There is no such cache.
    plain.usres
    // @ts-expect-error There is no such cache.
    plain.reconfigure({ usres: "lru, capacity=1" })
  }
  expectTypeOf(rejected).toBeFunction()
})

test("a memoized function has the type of the original, and its cache takes names", () => {
  const area = (width: number, height: number): string => `${width * height} m²`
  for (const f of [
    memoize(area),
    memoize(area, "sieve, capacity=10"),
    memoize(area, { strategy: "sieve", capacity: 10, key: (width, height) => width * height }),
  ]) {
    expectTypeOf(f).toExtend<typeof area>()
    expectTypeOf(f.cache).toEqualTypeOf<NamedCache<unknown, string>>()
  }
})
