import {
  type CacheConfig,
  CacheError,
  createCache,
  defineStrategy,
  formatConfig,
  lru,
  parseConfig,
  registry,
  slru,
} from "evictionary"
import fc from "fast-check"
import { describe, expect, onTestFinished, test, vi } from "vitest"

const parse = parseConfig as (config: unknown) => object

describe("a configuration", () => {
  test("reads the same from a text and from an object", () => {
    const config = parseConfig({ strategy: "s3-fifo", capacity: 10_000, ttl: "5m" })
    expect(config).toEqual({ strategy: "s3-fifo", capacity: 10_000, ttl: 300_000 })
    expect(parseConfig("s3-fifo, capacity=10000, ttl=5m")).toEqual(config)
  })

  test("may be written with or without white space, and in any order", () => {
    const config = { strategy: "slru", capacity: 1_000, ttl: 1_000, protected: 0.5 }
    expect(parseConfig("slru,capacity=1000,ttl=1s,protected=0.5")).toEqual(config)
    expect(parseConfig("  slru ,\n protected = 5e-1 , ttl = 1s , capacity = 1_000 ")).toEqual(
      config,
    )
    expect(parseConfig("strategy=slru, capacity=1e3, ttl=1000, protected=.5")).toEqual(config)
  })

  test.each([
    ["250ms", 250],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["1h 30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["2d", 172_800_000],
    ["1w", 604_800_000],
    ["300", 300],
    ["1_000", 1_000],
    ["Infinity", Infinity],
  ])("says durations as %s", (text, milliseconds) => {
    expect(parseConfig(`lru, capacity=1, ttl=${text}, idle=${text}`)).toEqual({
      strategy: "lru",
      capacity: 1,
      ttl: milliseconds,
      idle: milliseconds,
    })
  })

  test("has numbers, Infinity, booleans and words for values", () => {
    expect(
      parseConfig("w-tinylfu, capacity=Infinity, adaptive=false, seed=-5, purge=timer, jitter=0.1"),
    ).toEqual({
      strategy: "w-tinylfu",
      capacity: Infinity,
      adaptive: false,
      seed: -5,
      purge: "timer",
      jitter: 0.1,
    })
  })

  test("may have the strategy itself, and says its name", () => {
    const mine = defineStrategy<{ depth?: number }>("mine", lru.createPolicy, {
      options: ["depth"],
    })
    expect(parseConfig({ strategy: slru, capacity: 5, protected: 0.5, ttl: "1s" })).toEqual({
      strategy: "slru",
      capacity: 5,
      protected: 0.5,
      ttl: 1_000,
    })
    expect(parseConfig({ strategy: mine, capacity: 5, depth: 2 })).toMatchObject({ depth: 2 })
    expect(formatConfig({ strategy: slru, capacity: 5 })).toBe("slru, capacity=5")
    expect(() => formatConfig({ strategy: mine, capacity: 5 })).toThrow(
      expect.objectContaining({
        code: "UNSUPPORTED",
        message: "`strategy` is known by no name to be written in a text",
      }),
    )
    expect(() => parse({ strategy: () => {}, capacity: 5 })).toThrow(/received a function/)
  })

  test("leaves out what is undefined", () => {
    const config = parseConfig({ strategy: "unbounded", ttl: undefined, capacity: undefined })
    expect(config).toEqual({ strategy: "unbounded" })
    expect(Object.keys(config)).toEqual(["strategy"])
  })

  test("keeps the functions that an object has", () => {
    const ttl = () => 5
    const weigher = () => 1
    expect(parseConfig({ strategy: "lru", maxWeight: 10, ttl, weigher })).toEqual({
      strategy: "lru",
      maxWeight: 10,
      ttl,
      weigher,
    })
  })

  test("of each strategy makes a cache of that strategy", () => {
    for (const name of registry.names) {
      const { neverEvicts } = registry.get(name)
      const config = neverEvicts ? name : `${name}, capacity=10`
      expect(createCache(config).strategyName).toBe(name)
      expect(parseConfig(config)).toMatchObject({ strategy: name })
    }
  })
})

describe("what is wrong is named, with the text that it is in", () => {
  const names = `${registry.names.join(", ")}, or the name of a package`
  const inCode = "weigher, cost, onRemoval, onListenerError, clock, random"
  test.each([
    [
      "seive, capacity=5",
      "INVALID_OPTION",
      `\`strategy\` must be one of ${names}, received "seive" (did you mean sieve?)`,
    ],
    ["", "INVALID_OPTION", `\`strategy\` must be one of ${names}, received ""`],
    [
      "lru, capacity=abc",
      "INVALID_OPTION",
      '`capacity` must be a non-negative integer or Infinity, received "abc"',
    ],
    [
      "lru, capacity=1.5",
      "INVALID_OPTION",
      "`capacity` must be a non-negative integer or Infinity, received 1.5",
    ],
    [
      "lru, capacity=-1",
      "INVALID_OPTION",
      "`capacity` must be a non-negative integer or Infinity, received -1",
    ],
    [
      "lru",
      "INVALID_OPTION",
      "`capacity` must be a non-negative integer or Infinity, received undefined",
    ],
    [
      "lru, capacity",
      "INVALID_OPTION",
      '`capacity` must be written as capacity=value, received "capacity"',
    ],
    [
      "lru, capacity=",
      "INVALID_OPTION",
      '`capacity` must be written as capacity=value, received "capacity="',
    ],
    [
      "lru capacity=5",
      "INVALID_OPTION",
      '`option` must be separated from what is before it by a comma, received "lru capacity=5"',
    ],
    [
      "lru, capacity=5,",
      "INVALID_OPTION",
      '`option` must be written as option=value after each comma, received ""',
    ],
    [
      "lru, capacity=5 ttl=3",
      "INVALID_OPTION",
      '`capacity` must be a non-negative integer or Infinity, received "5 ttl=3"',
    ],
    ["lru, capacity=5, capacity=6", "INVALID_OPTION", "`capacity` must be given once"],
    ["lru, capacity=5, strategy=sieve", "INVALID_OPTION", "`strategy` must be given once"],
    [
      "lru, =5",
      "INVALID_OPTION",
      '`option` must be written as option=value after each comma, received "=5"',
    ],
    [
      "lru, capacity=10k",
      "INVALID_OPTION",
      '`capacity` must be a non-negative integer or Infinity, received "10k"',
    ],
    [
      "lru, capacity=1e400",
      "INVALID_OPTION",
      '`capacity` must be a non-negative integer or Infinity, received "1e400"',
    ],
    [
      "LRU, capacity=5",
      "INVALID_OPTION",
      `\`strategy\` must be one of ${names}, received "LRU" (did you mean lru?)`,
    ],
    [
      "constructor, capacity=5",
      "INVALID_OPTION",
      `\`strategy\` must be one of ${names}, received "constructor"`,
    ],
    [
      "lru, capacity=5, ttl=-5m",
      "INVALID_OPTION",
      '`ttl` must be a duration such as "5m", or a non-negative number of milliseconds, received "-5m"',
    ],
    [
      "lru, capacity=5, ttl=soon",
      "INVALID_OPTION",
      '`ttl` must be a duration such as "5m", or a non-negative number of milliseconds, received "soon"',
    ],
    [
      "lru, capacity=5, idle=-1",
      "INVALID_OPTION",
      '`idle` must be a duration such as "5m", or a non-negative number of milliseconds, received -1',
    ],
    [
      "lru, capacity=5, jitter=2",
      "INVALID_OPTION",
      "`jitter` must be a number from 0 to 1, received 2",
    ],
    [
      "lru, capacity=5, purge=never",
      "INVALID_OPTION",
      '`purge` must be "lazy" or "timer", received "never"',
    ],
    [
      "slru, capacity=5, protected=2",
      "INVALID_OPTION",
      "`protected` must be a number from 0 to 1, received 2",
    ],
    ["lru, capacity=5, weigher=1", "INVALID_OPTION", "`weigher` must be a function, received 1"],
    [
      "slru, capcity=5",
      "UNKNOWN_OPTION",
      `\`capcity\` is not an option of slru; the options are protected, capacity, maxWeight, ttl, idle, jitter, purge, ${inCode} (did you mean capacity?)`,
    ],
    [
      "unbounded, capacity=5",
      "UNKNOWN_OPTION",
      `\`capacity\` is not an option of unbounded; the options are ttl, idle, jitter, purge, ${inCode}`,
    ],
    [
      "lru, capacity=5, __proto__=1",
      "UNKNOWN_OPTION",
      `\`__proto__\` is not an option of lru; the options are capacity, maxWeight, ttl, idle, jitter, purge, ${inCode}`,
    ],
  ])("%j is an error", (text, code, message) => {
    const error = { name: "CacheError", code, message: `${message}, in ${JSON.stringify(text)}` }
    expect(() => parseConfig(text)).toThrow(expect.objectContaining(error))
    expect(() => createCache(text)).toThrow(expect.objectContaining(error))
    expect(() => formatConfig(text)).toThrow(expect.objectContaining(error))
  })

  test.each([[undefined], [null], [5], [[]]])("%j is no configuration", (config) => {
    expect(() => parse(config)).toThrow(/`config` must be a text or an object, received/)
  })

  test("in an object it is named without a text", () => {
    expect(() => parse({ strategy: "lru", capacity: "5" })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: '`capacity` must be a non-negative integer or Infinity, received "5"',
      }),
    )
    expect(() => parse({ capacity: 5, strategy: null })).toThrow(/`strategy` must be one of/)
    expect(() => parse({ strategy: "@acme/mine" })).toThrow(
      '`strategy` must be a package loaded by createCacheAsync or cachesAsync, received "@acme/mine"',
    )
  })

  test("what user code throws is passed on as it is", () => {
    const wrong = new Error("wrong")
    const config = {
      strategy: "lru",
      get capacity(): number {
        throw wrong
      },
    }
    expect(() => parse(config)).toThrow(wrong)
  })
})

describe("the text of a configuration", () => {
  test("is short, and has durations with a unit", () => {
    expect(formatConfig({ strategy: "s3-fifo", capacity: 10_000, ttl: 300_000 })).toBe(
      "s3-fifo, capacity=10000, ttl=5m",
    )
    expect(formatConfig("lru,capacity=1,ttl=90m,idle=1500")).toBe(
      "lru, capacity=1, ttl=90m, idle=1500ms",
    )
    expect(formatConfig({ strategy: "lru", capacity: Infinity, ttl: Infinity, idle: 0.5 })).toBe(
      "lru, capacity=Infinity, ttl=Infinity, idle=0.5",
    )
  })

  test("is refused where there is none", () => {
    const error = expect.objectContaining({ code: "UNSUPPORTED" })
    expect(() => formatConfig({ strategy: "lru", capacity: 1, onRemoval() {} })).toThrow(error)
    expect(() => formatConfig({ strategy: "lru", capacity: 1, ttl: () => 5 })).toThrow(
      "`ttl` has a value that cannot be written in a text",
    )
  })

  test("reads as the same configuration, and makes a cache with the same options", () => {
    const count = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(Infinity))
    const span = fc
      .oneof(fc.nat(), fc.maxSafeNat(), fc.double({ min: 0, noNaN: true }), fc.constant(Infinity))
      .map(withoutNegativeZero)
    const share = fc.double({ min: 0, max: 1, noNaN: true }).map(withoutNegativeZero)
    const own = {
      slru: fc.record({ protected: share }, { requiredKeys: [] }),
      "two-queue": fc.record({ recent: share, history: share }, { requiredKeys: [] }),
      "w-tinylfu": fc.record(
        { adaptive: fc.boolean(), window: share, seed: fc.integer() },
        { requiredKeys: [] },
      ),
      lru: fc.constant({}),
    }
    const common = fc.record(
      {
        maxWeight: count,
        ttl: span,
        idle: span,
        jitter: share,
        purge: fc.constantFrom("lazy" as const, "timer" as const),
      },
      { requiredKeys: [] },
    )
    const configs = fc
      .constantFrom(...(Object.keys(own) as (keyof typeof own)[]))
      .chain((name) =>
        fc
          .tuple(fc.nat({ max: 10_000 }), common, own[name])
          .map(([capacity, options, more]) => ({ strategy: name, capacity, ...options, ...more })),
      )
    // Whether what lives for 1e-12 ms is ever in the cache depends on both.
    const clock = vi.spyOn(performance, "now").mockReturnValue(1_000)
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5)
    onTestFinished(() => {
      clock.mockRestore()
      random.mockRestore()
    })
    fc.assert(
      fc.property(configs, (config) => {
        const text = formatConfig(config as CacheConfig)
        expect(parseConfig(text)).toEqual(config)
        expect(formatConfig(text)).toBe(text)
        const one = createCache(text)
        const other = createCache(config as CacheConfig)
        for (const cache of [one, other]) cache.set("key", "value")
        for (const member of ["strategyName", "capacity", "maxWeight", "size", "weight"] as const) {
          expect(one[member]).toBe(other[member])
        }
        one[Symbol.dispose]()
        other[Symbol.dispose]()
      }),
    )
  })
})

test("errors are those of the engine", () => {
  expect(() => parseConfig("x")).toThrow(CacheError)
})

function withoutNegativeZero(number: number): number {
  return number + 0
}
