import { createCache, formatConfig, lru, sieve, slru } from "evictionary"
import { describe, expect, test } from "vitest"

describe("a cache by name", () => {
  test("is the cache that the strategy makes", () => {
    const cache = createCache<string, number>("lru, capacity=2")
    cache.set("a", 1).set("b", 2).get("a")
    cache.set("c", 3)
    expect([...cache.keys()]).toEqual(["a", "c"])
    expect(String(cache)).toBe("lru(2 of 2)")
    expect(Object.getPrototypeOf(cache)).toBe(Object.getPrototypeOf(lru({ capacity: 1 })))
  })

  test("is one of w-tinylfu where no strategy is named, in a text or an object", () => {
    for (const config of ["capacity=2, seed=5", { capacity: 2, seed: 5 }, { maxWeight: 2 }]) {
      expect(createCache(config).strategyName).toBe("w-tinylfu")
    }
    expect(formatConfig("capacity=2")).toBe("w-tinylfu, capacity=2")
    expect(() => createCache("capacity=2, protected=0.5")).toThrow(
      /`protected` is not an option of w-tinylfu/,
    )
    expect(() => createCache({})).toThrow(/`capacity`/)
  })

  test("keeps time as it was told in words", () => {
    let now = 0
    const cache = createCache<string, number>({
      strategy: "lru",
      capacity: 2,
      ttl: "1m",
      idle: "20s",
      clock: { now: () => now },
    })
    cache.set("a", 1)
    expect(cache.entry("a")?.ttl).toBe(20_000)
    now = 15_000
    cache.get("a")
    now = 30_000
    cache.get("a")
    now = 45_000
    cache.get("a")
    expect(cache.entry("a")?.ttl).toBe(15_000)
    now = 60_000
    expect(cache.has("a")).toBe(false)
  })

  test("may be told the strategy itself instead of its name", () => {
    const cache = createCache<string, number>({ strategy: slru, capacity: 2, protected: 0 })
    expect(String(cache)).toBe("slru(0 of 2)")
    cache.use("lru")
    expect(cache.strategyName).toBe("lru")
    expect(() => createCache({ strategy: sieve, capacity: 2, protected: 0 })).toThrow(
      /`protected` is not an option of sieve/,
    )
  })

  test("takes the functions that an object has", () => {
    const left: unknown[] = []
    const cache = createCache<string, string>({
      strategy: "sieve",
      maxWeight: 5,
      weigher: (value) => value.length,
      ttl: (value) => value.length,
      clock: { now: () => 0 },
      onRemoval: (...removal) => left.push(removal),
    })
    cache.set("a", "123").set("b", "123")
    expect(left).toEqual([["a", "123", "evicted"]])
    expect(cache.weight).toBe(3)
  })
})

describe("`use`", () => {
  const cache = () => createCache<string, number>("lru, capacity=3").set("a", 1).set("b", 2)

  test("swaps the strategy by name, and keeps the entries and the bound", () => {
    const swapped = cache()
    swapped.use("sieve")
    expect(swapped.strategyName).toBe("sieve")
    expect([...swapped]).toEqual([
      ["a", 1],
      ["b", 2],
    ])
    expect(swapped.capacity).toBe(3)
  })

  test("takes own options of the strategy, beside the name or in the text", () => {
    const one = cache()
    const other = cache()
    one.use("slru", { protected: 0 })
    other.use("slru, protected=0")
    for (const swapped of [one, other]) {
      swapped.set("c", 3)
      for (const key of ["a", "b", "c"]) swapped.get(key)
      expect([...swapped.keys()]).toEqual(["a", "b", "c"])
    }
  })

  test("takes a strategy as any cache does", () => {
    const swapped = cache()
    swapped.use(sieve)
    expect(swapped.strategyName).toBe("sieve")
    swapped.use(slru, { protected: 0.5 })
    expect(swapped.strategyName).toBe("slru")
  })

  test.each([
    ["seive", "INVALID_OPTION", /received "seive" \(did you mean sieve\?\), in "seive"/],
    ["slru, protected=2", "INVALID_OPTION", /`protected` must be a number from 0 to 1/],
    [
      "slru, capacity=2",
      "UNKNOWN_OPTION",
      /`capacity` is not an option; the options are protected/,
    ],
    [undefined, "INVALID_ARGUMENT", /`strategy` must be a strategy, received undefined/],
  ])("changes nothing where it is told %j", (strategy, code, message) => {
    const kept = cache()
    const use = kept.use as (strategy: unknown) => void
    expect(() => use(strategy)).toThrow(
      expect.objectContaining({
        name: "CacheError",
        code,
        message: expect.stringMatching(message),
      }),
    )
    expect(String(kept)).toBe("lru(2 of 3)")
  })
})

test("options are read once, own or inherited, and may be those of a class", () => {
  let reads = 0
  class Config {
    readonly strategy = "lru"
    get capacity() {
      reads++
      return 7
    }
    method() {}
  }
  expect([createCache(new Config()).capacity, reads]).toEqual([7, 1])
  expect(createCache(Object.create({ strategy: "lru", capacity: 7 })).capacity).toBe(7)
})
