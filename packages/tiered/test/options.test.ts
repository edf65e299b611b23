import diagnostics from "node:diagnostics_channel"
import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { s3Fifo } from "@evictionary/s3-fifo"
import { type Held, tiered } from "@evictionary/tiered"
import { publishTiers } from "@evictionary/tiered/diagnostics"
import { MemoryTier } from "@evictionary/tiered/memory"
import { describe, expect, test } from "vitest"
import { pair, processes } from "./pair.ts"

const untyped = tiered as unknown as (options: unknown) => { close(): Promise<void> }

const right = () => ({
  l1: { strategy: lru, capacity: 10 },
  l2: new MemoryTier(),
  namespace: "n",
  ttl: 1_000,
})

describe("an option that is wrong is an error, which names it", () => {
  test.each([
    [{ l1: undefined }, "`l1` must be a cache, or a strategy with its options, received undefined"],
    [{ l1: { strategy: "lru" } }, '`l1.strategy` must be a strategy, received "lru"'],
    [
      { l1: { strategy: lru } },
      "`capacity` must be a non-negative integer or Infinity, received undefined",
    ],
    [{ l2: {} }, "`l2` must be a second tier, such as `ioredis(client)`, received an object"],
    [
      { namespace: "a b" },
      '`namespace` must be a text without braces and white space, received "a b"',
    ],
    [
      { namespace: "{a}" },
      '`namespace` must be a text without braces and white space, received "{a}"',
    ],
    [{ ttl: undefined }, "`ttl` must be a positive number of milliseconds, received undefined"],
    [{ ttl: Infinity }, "`ttl` must be a positive number of milliseconds, received Infinity"],
    [
      { staleIfError: -1 },
      "`staleIfError` must be a non-negative number of milliseconds, received -1",
    ],
    [{ refreshAhead: 2 }, "`refreshAhead` must be a number from 0 to 1, received 2"],
    [{ lease: 1 }, "`lease` must be true or false, received 1"],
    [{ readBudget: 0 }, "`readBudget` must be a positive number of milliseconds, received 0"],
    [{ queue: 1.5 }, "`queue` must be a non-negative integer or Infinity, received 1.5"],
    [{ partitions: 0 }, "`partitions` must be a positive integer, received 0"],
    [
      { codec: {} },
      "`codec` must be an object with `form`, `encode` and `decode`, received an object",
    ],
    [{ onError: 1 }, "`onError` must be a function, received 1"],
    [{ clock: {} }, "`clock` must be an object with `now` and `after`, received an object"],
  ])("%o", (options, message) => {
    expect(() => untyped({ ...right(), ...options })).toThrow(
      expect.objectContaining({ name: "CacheError", code: "INVALID_OPTION", message }),
    )
  })

  test.each([
    [{ ttt: 1 }, /^`ttt` is not an option; the options are l1, l2, namespace, ttl, /],
    [
      { l1: { strategy: lru, capacity: 1, ttl: 5 } },
      /^`ttl` is an option of both tiers, beside `l1`/,
    ],
    [{ l1: { strategy: lru, capacity: 1, small: 5 } }, /^`small` is not an option/],
  ])("%o", (options, message) => {
    expect(() => untyped({ ...right(), ...options })).toThrow(
      expect.objectContaining({ code: "UNKNOWN_OPTION", message: expect.stringMatching(message) }),
    )
  })
})

type Untyped = Record<
  "get" | "getOrLoad" | "invalidate" | "set" | "subscribe",
  (...args: unknown[]) => unknown
>

describe("an argument that is wrong is an error, which names it", () => {
  test.each<[string, (cache: Untyped) => unknown, string]>([
    ["get", (cache) => cache.get(1), "`key` must be a string, received 1"],
    ["set", (cache) => cache.set(undefined, 1), "`key` must be a string, received undefined"],
    ["load", (cache) => cache.getOrLoad("k"), "`load` must be a function, received undefined"],
    [
      "ttl",
      (cache) => cache.set("k", 1, { ttl: -1 }),
      "`ttl` must be a non-negative number of milliseconds, received -1",
    ],
    [
      "tags",
      (cache) => cache.set("k", 1, { tags: "t" }),
      '`tags` must be an array of strings, received "t"',
    ],
    [
      "tag",
      (cache) => cache.invalidate(""),
      '`tag` must be a string of whole characters that is not empty, received ""',
    ],
    ["terms", (cache) => cache.set("k", 1, 5), "`terms` must be an object, received 5"],
    [
      "signal",
      (cache) => cache.getOrLoad("k", () => 1, { signal: 1 }),
      "`signal` must be an AbortSignal, received 1",
    ],
    [
      "observer",
      (cache) => cache.subscribe({ onGap: 1 }),
      "`onGap` must be a function, received 1",
    ],
    ["observer", (cache) => cache.subscribe(1), "`observer` must be an object, received 1"],
  ])("%s", async (_, act, message) => {
    const { a } = await pair()
    expect(() => act(a as unknown as Untyped)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", message }),
    )
  })
})

describe("the first tier", () => {
  test("may have any strategy, whose callbacks see values as they are", async () => {
    const left: unknown[] = []
    const l1 = {
      strategy: s3Fifo,
      maxWeight: 10,
      small: 0.5,
      weigher: (value: unknown) => String(value).length,
      cost: (value: unknown, key: string) => Number(value) + key.length,
      onRemoval: (key: string, value: unknown, cause: string) => left.push([key, value, cause]),
    }
    const { a } = await pair({ l1 })
    await a.set("k", "12345")
    const cache = a.cache as unknown as Cache<string, unknown>
    expect(cache.weight).toBe(5)
    expect(cache.dump().entries[0]?.cost).toBe(12_346)
    await a.delete("k")
    expect(left).toEqual([["k", "12345", "deleted"]])
  })

  test("may have options that are inherited, or told by getters, each of which is read once", async () => {
    const read: string[] = []
    const of = <T>(name: string, value: T) => {
      read.push(name)
      return value
    }
    class Base {
      get strategy() {
        return of("strategy", lru)
      }
      get weigher() {
        return of("weigher", (value: unknown) => String(value).length)
      }
    }
    class L1 extends Base {
      get maxWeight() {
        return of("maxWeight", 4)
      }
    }
    const { start, settle } = processes()
    const cache = start({ l1: new L1() as never })
    await settle()
    await cache.set("k", "123")
    await cache.set("l", "45")
    expect(cache.cache).toMatchObject({ size: 1, weight: 2, maxWeight: 4 })
    expect(read.sort()).toEqual(["maxWeight", "strategy", "weigher"])
  })

  test("may be a cache that is there", async () => {
    const l1 = lru<string, Held<unknown>>({ capacity: 5 })
    const { start, settle } = processes()
    const cache = start({ l1 })
    await settle()
    await cache.set("k", 1)
    expect(cache.cache).toBe(l1)
    expect(l1.get("k")?.value).toBe(1)
  })
})

describe("what happens is told", () => {
  test("to observers, until they leave; what they throw changes nothing", async () => {
    const { a, clock, tier, errors } = await pair()
    const told: string[] = []
    const leave = a.subscribe({
      onState: (state) => told.push(state),
      onLate: (operation) => told.push(`late ${operation}`),
      onGap: () => told.push("gap"),
      onRefused: (key) => told.push(`refused ${key}`),
      onError: (_, operation) => told.push(`error ${operation}`),
    })
    a.subscribe({
      onRefused() {
        throw new Error("of the observer")
      },
    })
    const loading = a.getOrLoad("k", () => new Promise((resolve) => setImmediate(resolve, 1)))
    await clock.advance(0)
    tier.space("test").evict("lease", "k")
    await loading
    await clock.advance(1)
    expect(told).toEqual(["refused k"])
    expect(errors).toEqual(["observer: of the observer"])
    leave()
    tier.faults.refuse("remove")
    await a.delete("k")
    expect(told).toEqual(["refused k"])
  })

  test("on diagnostics channels", async () => {
    const { a, clock, tier } = await pair()
    const messages: [string, object][] = []
    const end = publishTiers(a, "users")
    const names = ["state", "late", "refused", "gap", "error"]
    for (const name of names) {
      diagnostics.subscribe(`evictionary:tier-${name}`, (message) => {
        const { cache, ...rest } = message as { cache: unknown }
        expect(cache).toBe(a)
        messages.push([name, rest])
      })
    }
    tier.space("test").lose()
    await clock.advance(600)
    tier.faults.refuse("remove")
    await a.delete("k")
    tier.faults.hold()
    const late = a.get("k")
    await clock.advance(100)
    await late
    await clock.advance(2_500)
    end()
    await clock.advance(20_000)
    expect(messages.filter(([name]) => name !== "error")).toEqual([
      ["gap", { name: "users" }],
      ["late", { name: "users", operation: "read" }],
      ["state", { name: "users", state: "down", before: "linked" }],
    ])
    expect(messages).toContainEqual([
      "error",
      expect.objectContaining({ name: "users", operation: "remove", key: "k" }),
    ])
  })

  test("once in a second for each operation, if it is an error", async () => {
    const { a, clock, tier, errors } = await pair()
    tier.faults.refuse("write")
    for (let n = 0; n < 25; n++) {
      await a.set(`k${n}`, 1)
      await clock.advance(100)
    }
    expect(errors).toEqual(Array(3).fill("write: it cannot write now"))
  })
})

describe("partitions", () => {
  test("have a part of the keys each, and tags and all in common", async () => {
    const { a, b, tier, settle } = await pair({ partitions: 3 })
    const keys = Array.from({ length: 30 }, (_, n) => `k${n}`)
    for (const key of keys) await a.set(key, key, { tags: ["t"] })
    expect(await b.getMany(keys)).toEqual(keys)
    const sizes = [0, 1, 2].map((n) => {
      const space = tier.space(`test:${n}`) as unknown as { entries: Map<string, unknown> }
      return space.entries.size
    })
    expect(sizes.reduce((one, other) => one + other)).toBe(30)
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    expect(await a.invalidate("t")).toBe(true)
    await settle()
    expect(await b.getMany(keys)).toEqual(keys.map(() => undefined))
    await a.set("k1", 1)
    await a.clear()
    await settle()
    expect(await b.get("k1")).toBe(undefined)
    expect(b.state).toBe("linked")
  })
})
