import { keyvStore } from "@evictionary/adapters"
import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { sieve } from "@evictionary/sieve"
import { unbounded } from "@evictionary/unbounded"
import { Keyv as Keyv5 } from "keyv"
import { Keyv as Keyv6, KeyvBridgeAdapter } from "keyv-6"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { type AnyKeyv, versions } from "./keyvs.ts"

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

const clock = { now: () => Date.now() }

describe.each(Object.entries(versions))("%s, over a cache,", (version, keyvOver) => {
  const over = (cache: Cache<string, unknown>, namespace?: string) =>
    keyvOver({ store: keyvStore(cache), namespace })

  async function entriesOf(keyv: AnyKeyv): Promise<unknown[]> {
    const entries: unknown[] = []
    for await (const entry of keyv.iterator!()) entries.push(entry)
    return entries
  }

  test("keeps the bounds and the order of the cache", async () => {
    const keyv = over(lru({ capacity: 2 }))
    for (const key of ["a", "b"]) expect(await keyv.set(key, key)).toBe(true)
    await keyv.get("a")
    await keyv.set("c", "c")
    expect(await keyv.getMany(["a", "b", "c"])).toEqual(["a", undefined, "c"])
  })

  test("has the cache forget when it does, so that there is room", async () => {
    const cache = lru<string, unknown>({ capacity: 2, clock })
    const keyv = over(cache)
    await keyv.set("a", 1, 10)
    await keyv.set("b", 2)
    await keyv.get("a")
    const [ofB, ofA] = [...cache.keys()].map((key) => cache.entry(key)?.ttl)
    expect([ofA, ofB]).toEqual([10, Infinity])
    vi.setSystemTime(1_010)
    await keyv.set("c", 3)
    expect(await keyv.getMany(["a", "b", "c"])).toEqual([undefined, 2, 3])
  })

  test("leaves what has no time to live of its own that of the cache", async () => {
    const keyv = over(unbounded({ clock, ttl: 5 }))
    await keyv.set("a", 1)
    await keyv.set("b", 2, 50)
    vi.setSystemTime(1_005)
    expect(await keyv.getMany(["a", "b"])).toEqual([undefined, 2])
  })

  test("says that nothing was stored where nothing could stay", async () => {
    const keyv = over(lru({ maxWeight: 100, weigher: (value) => String(value).length }))
    expect(await keyv.set("a", "short")).toBe(true)
    expect(await keyv.set("a", "long".repeat(100))).toBe(false)
    expect(await keyv.get("a")).toBe(undefined)
  })

  test("clears its namespace, and nothing else in the cache", async () => {
    const cache = lru<string, unknown>({ capacity: 10 })
    const [one, two, none] = [over(cache, "one"), over(cache, "two"), over(cache, "")]
    await one.set("a", 1)
    await two.set("a", 2)
    await none.set("one", 3)
    await one.clear()
    expect([await one.get("a"), await two.get("a"), await none.get("one")]).toEqual([
      undefined,
      2,
      3,
    ])
    expect(cache.size).toBe(2)
    await none.clear()
    expect(cache.size).toBe(0)
  })

  test("iterates its namespace, whatever is done meanwhile", async () => {
    const cache = unbounded<string, unknown>({ clock })
    const [one, two] = [over(cache, "one"), over(cache, "two")]
    await one.set("a", 1)
    await one.set("b", 2)
    await one.set("c", 3, 10)
    await two.set("a", 4)
    vi.setSystemTime(1_010)
    expect(await entriesOf(one)).toEqual([
      ["a", 1],
      ["b", 2],
    ])
    for await (const [key] of one.iterator!() as AsyncIterable<[string]>) await one.delete(key)
    expect(await entriesOf(one)).toEqual([])
    expect(await entriesOf(two)).toEqual([["a", 4]])
  })

  test("tells its listeners what the cache throws", async () => {
    const keyv = over(
      unbounded({
        weigher() {
          throw new Error("no scales")
        },
      }),
    )
    const errors: unknown[] = []
    keyv.on("error", (error) => errors.push(error))
    expect(await keyv.set("a", 1)).toBe(false)
    expect(errors).toEqual([new Error("no scales")])
  })

  test("does for several keys what it does for one", async () => {
    const keyv = over(sieve({ capacity: 10, clock }), "several")
    const entries = [
      { key: "a", value: 1 },
      { key: "b", value: 2, ttl: 10 },
    ]
    expect(await keyv.setMany(entries)).toEqual([true, true])
    expect(await keyv.hasMany(["a", "b", "c"])).toEqual([true, true, false])
    vi.setSystemTime(1_010)
    expect(await keyv.getMany(["a", "b", "c"])).toEqual([1, undefined, undefined])
    const deleted = await keyv.deleteMany(["a", "c"])
    expect(deleted).toEqual(version === "Keyv 5" ? false : [true, false])
    expect(await keyv.hasMany(["a", "b", "c"])).toEqual([false, false, false])
  })

  test("leaves the cache as it is when it disconnects", async () => {
    const cache = lru<string, unknown>({ capacity: 10 })
    const keyv = over(cache)
    await keyv.set("a", 1)
    await keyv.disconnect()
    expect([cache.size, await keyv.get("a")]).toEqual([1, 1])
  })
})

test("values are kept as they are where Keyv does not serialize", async () => {
  const value = { at: new Date(), to: new Map([[1, () => 2]]) }
  const store = keyvStore(lru({ capacity: 1 }))
  const keyv5 = new Keyv5({ store, serialize: undefined as never, deserialize: undefined as never })
  await keyv5.set("a", value)
  expect(await keyv5.get("a")).toBe(value)
  const keyv6 = new Keyv6({ store, serialization: false })
  await keyv6.set("a", value)
  expect(await keyv6.get("a")).toBe(value)
})

test("what Keyv 5 gives less than no time is not kept, nor what was there before", async () => {
  const cache = lru<string, unknown>({ capacity: 1 })
  const keyv = new Keyv5({ store: keyvStore(cache) })
  await keyv.set("a", 1)
  expect(await keyv.set("a", 2, -1)).toBe(false)
  expect(cache.size).toBe(0)
})

test("Keyv 6 puts its bridge over the store, which gives it the time that is left", () => {
  const { store } = new Keyv6({ store: keyvStore(lru({ capacity: 1 })) })
  expect(store).toBeInstanceOf(KeyvBridgeAdapter)
})
