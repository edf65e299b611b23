import { lru } from "@evictionary/lru"
import { memoize, memoizeAsync } from "@evictionary/memoize"
import { METRICS, observeCaches } from "@evictionary/opentelemetry"
import { sieve } from "@evictionary/sieve"
import { tiered } from "@evictionary/tiered"
import { MemoryTier } from "@evictionary/tiered/memory"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { collecting } from "./collecting.ts"
import { sdk } from "./sdk.ts"

const { AggregationTemporality, DataPointType } = sdk

let otel: ReturnType<typeof collecting>

beforeEach(() => {
  otel = collecting()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await otel.end()
})

describe("what is told of a cache", () => {
  test("is what became of lookups and entries, and what there is", async () => {
    let now = 0
    const users = lru<string, string>({
      capacity: 3,
      maxWeight: 100,
      weigher: (text) => text.length,
      clock: { now: () => now },
    })
    observeCaches(otel.meter, { users })
    for (const key of ["a", "b", "c", "d", "e"]) users.set(key, "1234")
    users.set("f", "12345", { ttl: 10 })
    users.delete("e")
    for (const key of ["d", "f", "x"]) users.get(key)
    users.get("d")
    now = 10
    users.purgeExpired()
    expect(await otel.points()).toEqual({
      "users.requests hit": 3,
      "users.requests miss": 1,
      "users.hit_ratio": 0.75,
      "users.removals evicted": 3,
      "users.removals expired": 1,
      "users.removals deleted": 1,
      "users.entry.count": 1,
      "users.entry.limit": 3,
      "users.weight.usage": 4,
      "users.weight.limit": 100,
    })
  })

  test("leaves out bounds that there are not, and a ratio of nothing", async () => {
    observeCaches(otel.meter, { all: unbounded() })
    expect(Object.keys(await otel.points())).toEqual([
      "all.requests hit",
      "all.requests miss",
      "all.removals evicted",
      "all.removals expired",
      "all.removals deleted",
      "all.entry.count",
      "all.weight.usage",
    ])
  })

  test("is kept apart by name", async () => {
    const [one, two] = [
      lru<number, number>({ capacity: 1 }),
      sieve<number, number>({ capacity: 2 }),
    ]
    observeCaches(otel.meter, { one, two })
    one.set(1, 1).get(1)
    two.get(1)
    expect(await otel.points()).toMatchObject({
      "one.requests hit": 1,
      "one.requests miss": 0,
      "one.entry.limit": 1,
      "two.requests hit": 0,
      "two.requests miss": 1,
      "two.entry.limit": 2,
    })
  })

  test("adds up, whatever is done with the cache", async () => {
    const key = fc.nat(9)
    const step = fc.oneof(
      fc.record({ get: key }),
      fc.record({ set: key, ttl: fc.constantFrom(5, Infinity) }),
      fc.record({ delete: key }),
      fc.record({ wait: fc.constantFrom(1, 5) }),
    )
    const law = fc.asyncProperty(fc.array(step), async (steps) => {
      let now = 0
      const cache = lru<number, number>({ capacity: 4, clock: { now: () => now } })
      const end = observeCaches(otel.meter, { cache })
      let lookups = 0
      for (const step of steps) {
        if ("get" in step) {
          cache.get(step.get)
          lookups++
        } else if ("set" in step) cache.set(step.set, 1, { ttl: step.ttl })
        else if ("delete" in step) cache.delete(step.delete)
        else now += step.wait
      }
      const points = await otel.points()
      const sum = (prefix: string) =>
        Object.entries(points).reduce(
          (sum, [name, n]) => sum + (name.startsWith(prefix) ? n : 0),
          0,
        )
      expect(sum("cache.requests")).toBe(lookups)
      expect(cache.stats.inserts - sum("cache.removals")).toBe(points["cache.entry.count"])
      end()
    })
    await fc.assert(law, { numRuns: 30 })
  })
})

describe("what is told of a function", () => {
  test("memoized by memoize is what became of calls, and what is in its cache", async () => {
    const square = memoize((x: number) => x * x, lru({ capacity: 2 }))
    observeCaches(otel.meter, { square })
    for (const x of [1, 2, 3, 3]) square(x)
    expect(await otel.points()).toEqual({
      "square.requests hit": 1,
      "square.requests miss": 3,
      "square.hit_ratio": 0.25,
      "square.removals evicted": 1,
      "square.removals expired": 0,
      "square.removals deleted": 0,
      "square.entry.count": 2,
      "square.entry.limit": 2,
      "square.weight.usage": 2,
    })
  })

  test("memoized by memoizeAsync is how its runs went, too, in seconds", async () => {
    let now = 0
    const load = memoizeAsync(
      async (id: string) => {
        now += 250
        if (id === "bad") throw new Error("bad")
        return id
      },
      { strategy: lru, capacity: 10, clock: { now: () => now } },
    )
    observeCaches(otel.meter, { load })
    await Promise.all([load("a"), load("a"), load("bad").catch(() => {})])
    await load("a")
    const never = memoizeAsync(() => new Promise<string>(() => {}), unbounded())
    observeCaches(otel.meter, { never })
    void never()
    const points = await otel.points()
    expect(points).toMatchObject({
      "load.requests hit": 1,
      "load.requests miss": 2,
      "load.requests join": 1,
      "load.hit_ratio": 0.25,
      "load.loads": 2,
      "load.load.failures": 1,
      "load.load.active": 0,
      "load.entry.count": 1,
      "never.load.active": 1,
      "never.loads": 0,
      "never.load.time": 0,
    })
    expect(points["load.load.time"]).toBeCloseTo((load.cacheInfo().meanLoadTime * 2) / 1_000, 9)
    expect(points["load.load.time"]).toBeGreaterThanOrEqual(0.5)
  })

  test("over a Map is what a Map tells", async () => {
    const square = memoize((x: number) => x * x, new Map())
    observeCaches(otel.meter, { square })
    square(2)
    expect(await otel.points()).toEqual({
      "square.requests hit": 0,
      "square.requests miss": 1,
      "square.hit_ratio": 0,
      "square.entry.count": 1,
    })
  })
})

test("of tiers is told which of them had it, and what is in the first", async () => {
  const tier = new MemoryTier()
  const make = () =>
    tiered<string, string>({
      l1: { strategy: lru, capacity: 10 },
      l2: tier,
      namespace: "users",
      ttl: 60_000,
    })
  const [users, other] = [make(), make()]
  await expect.poll(() => [users.state, other.state]).toEqual(["linked", "linked"])
  await other.set("a", "A")
  observeCaches(otel.meter, { users })
  expect([await users.get("a"), await users.get("a")]).toEqual(["A", "A"])
  await users.getOrLoad("b", async () => "B")
  await expect(users.getOrLoad("c", () => Promise.reject("no"))).rejects.toBe("no")
  const points = await otel.points()
  const { tier: second, hits, joins, loads, loadFailures } = users.stats
  expect(points).toMatchObject({
    "users.requests hit local": hits.linked,
    "users.requests hit shared": second.hits,
    "users.requests miss": second.misses,
    "users.requests failure": 0,
    "users.requests join": joins,
    "users.loads": loads,
    "users.load.failures": loadFailures,
    "users.entry.count": 2,
    "users.entry.limit": 10,
  })
  expect([hits.linked, second.hits, second.misses, loads, loadFailures]).toEqual([1, 1, 2, 2, 1])
  expect(points["users.hit_ratio"]).toBe(0.5)

  // A function over tiers tells of the same entries.
  const load = memoizeAsync(async (id: string) => id, { cache: users })
  observeCaches(otel.meter, { load })
  await load("d")
  expect(await otel.points()).toMatchObject({ "load.requests miss": 1, "load.entry.limit": 10 })
  await Promise.all([users.close(), other.close()])
})

test("caches are looked at when metrics are collected, and never before", async () => {
  const cache = lru<number, number>({ capacity: 1 })
  const reads: PropertyKey[] = []
  const watched = new Proxy(cache, {
    get(target, name) {
      reads.push(name)
      return Reflect.get(target, name, target)
    },
  })
  observeCaches(otel.meter, { watched })
  expect(reads).toEqual([])
  await otel.points()
  expect(new Set(reads)).toEqual(new Set(["stats", "size", "capacity", "weight", "maxWeight"]))
})

test("units and kinds are those that the metrics say", async () => {
  const load = memoizeAsync(async (id: string) => id, lru({ capacity: 10, maxWeight: 10 }))
  await load("a")
  observeCaches(otel.meter, { load })
  const { scopeMetrics } = await otel.collect()
  const told = scopeMetrics.flatMap(({ metrics }) => metrics)
  const expected = Object.values(METRICS).map(({ name, unit, description, kind }) => [
    { name, unit, description },
    kind === "gauge" ? DataPointType.GAUGE : DataPointType.SUM,
    kind === "counter",
  ])
  expect(
    told.map((metric) => [
      (({ name, unit, description }) => ({ name, unit, description }))(metric.descriptor),
      metric.dataPointType,
      metric.dataPointType === DataPointType.SUM && metric.isMonotonic,
    ]),
  ).toEqual(expected)
})

test("names are as the semantic conventions want them", () => {
  for (const { name, kind, unit } of Object.values(METRICS)) {
    expect(name).toMatch(/^evictionary\.cache(\.[a-z]+(_[a-z]+)*)+$/)
    expect(name).not.toMatch(/total|seconds/)
    expect(unit).toMatch(/^(s|1|\{[a-z]+\})$/)
    // What is counted one by one over time is in the plural, and nothing else is.
    expect(name.endsWith("s")).toBe(kind === "counter" && unit.startsWith("{"))
  }
})

test("counts that begin anew do not go backwards for those who want differences", async () => {
  await otel.end()
  otel = collecting(AggregationTemporality.DELTA)
  const cache = lru<number, number>({ capacity: 1 })
  observeCaches(otel.meter, { cache })
  const hits = async () => (await otel.points())["cache.requests hit"]
  cache.set(1, 1).get(1)
  cache.get(1)
  expect(await hits()).toBe(2)
  cache.get(1)
  expect(await hits()).toBe(1)
  cache.stats.reset()
  cache.get(1)
  expect(await hits()).toBe(1)
})

test("after the end caches are not read, and their names are free", async () => {
  const cache = lru<number, number>({ capacity: 1 })
  const end = observeCaches(otel.meter, { cache })
  cache.set(1, 1).get(1)
  expect(await otel.points()).toMatchObject({ "cache.requests hit": 1 })
  end()
  end()
  cache.get(1)
  expect(await otel.points()).toMatchObject({ "cache.requests hit": 1 })
  observeCaches(otel.meter, { cache: lru({ capacity: 7 }) })
  end()
  expect(await otel.points()).toMatchObject({ "cache.requests hit": 0, "cache.entry.limit": 7 })
  expect(() => observeCaches(otel.meter, { cache })).toThrow("already")
})

test("a cache that throws is left out and reported, and harms no other", async () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {})
  const broken = {
    ...lru({ capacity: 1 }),
    stats: lru({ capacity: 1 }).stats,
    size: 0,
    weight: 0,
    maxWeight: 1,
    get capacity(): number {
      throw new Error("no capacity")
    },
  }
  observeCaches(otel.meter, { first: lru({ capacity: 1 }), broken, last: lru({ capacity: 1 }) })
  const points = Object.keys(await otel.points())
  expect(points.filter((name) => name.startsWith("broken"))).toEqual([])
  expect(points.length).toBe(16)
  expect(String(warn.mock.calls)).toContain("no capacity")
})

test.each<[string, object | undefined, string]>([
  ["no object", undefined, "`caches` must be an object, received undefined"],
  ["an empty name", { "": lru({ capacity: 1 }) }, "`name` must be a text that is not empty"],
  ["a Map", { map: new Map() }, "`map` must be a cache, a memoized function or a tiered cache"],
  ["a function", { fn: () => 1 }, "`fn` must be a cache, a memoized function or a tiered cache"],
  ["nothing", { no: null }, "`no` must be a cache, a memoized function or a tiered cache"],
  ["a name in use", { used: lru({ capacity: 1 }) }, "`used` is observed with this meter already"],
])("given %s, it throws, and observes nothing", async (_, caches, message) => {
  observeCaches(otel.meter, { used: lru({ capacity: 1 }) })
  const before = Object.keys(await otel.points())
  const given = caches && { fine: lru({ capacity: 1 }), ...caches }
  expect(() => observeCaches(otel.meter, given as never)).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining(message),
    }),
  )
  expect(Object.keys(await otel.points())).toEqual(before)
})
