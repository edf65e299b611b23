import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { s3Fifo } from "@evictionary/s3-fifo"
import { sieve } from "@evictionary/sieve"
import { unbounded } from "@evictionary/unbounded"
import DataLoader from "dataloader"
import Keyv5 from "keyv"
import Keyv6 from "keyv-6"
import theirMemoize from "memoize"
import pMemoize from "p-memoize"
import { createSelector } from "reselect"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"

type Create = <K, V>(ttl?: number) => Cache<K, V>

// The clock of the cache is the clock of the client.
const clock = { now: () => Date.now() }
const capacity = 3

const strategies: [string, Create][] = [
  ["lru", (ttl) => lru({ capacity, ttl, clock })],
  ["sieve", (ttl) => sieve({ capacity, ttl, clock })],
  ["s3-fifo", (ttl) => s3Fifo({ capacity, ttl, clock })],
  ["unbounded", (ttl) => unbounded({ ttl, clock })],
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

const many = Array.from({ length: 20 }, (_, i) => i)

describe.each(strategies)("on %s", (name, create) => {
  const bound = name === "unbounded" ? many.length : capacity

  describe("DataLoader", () => {
    function loader(cacheMap: Cache<number, Promise<string>>) {
      const batches: (readonly number[])[] = []
      const load = async (keys: readonly number[]) => {
        batches.push(keys)
        return keys.map((key) => (key < 0 ? new Error(`no ${key}`) : `user ${key}`))
      }
      return { users: new DataLoader(load, { cacheMap }), batches }
    }

    test("loads a key once, and in one batch with others", async () => {
      const { users, batches } = loader(create())
      const both = [users.load(1), users.load(2), users.load(1)]
      expect(await Promise.all(both)).toEqual(["user 1", "user 2", "user 1"])
      expect(await users.load(2)).toBe("user 2")
      expect(batches).toEqual([[1, 2]])
    })

    test("keeps as many as there is room for, and loads the others again", async () => {
      const cache = create<number, Promise<string>>()
      const { users, batches } = loader(cache)
      expect(await users.loadMany(many)).toEqual(many.map((key) => `user ${key}`))
      expect(cache.size).toBe(bound)
      await users.loadMany([...cache.keys()])
      expect(batches).toHaveLength(1)
      const gone = many.filter((key) => !cache.has(key))
      await users.loadMany(gone)
      expect(batches.slice(1)).toEqual(gone.length > 0 ? [gone] : [])
    })

    test("primes, clears and forgets after the ttl", async () => {
      const cache = create<number, Promise<string>>(100)
      const { users, batches } = loader(cache)
      users.prime(1, "primed")
      expect(await users.load(1)).toBe("primed")
      users.clear(1)
      expect(await users.load(1)).toBe("user 1")
      vi.advanceTimersByTime(99)
      await users.load(1)
      expect(batches).toHaveLength(1)
      vi.advanceTimersByTime(1)
      await users.load(1)
      expect(batches).toHaveLength(2)
      users.clearAll()
      expect(cache.size).toBe(0)
    })
  })

  describe("p-memoize", () => {
    test("runs once for a key, at the same time and later, and stays within the bound", async () => {
      const cache = create<number, string>()
      const load = vi.fn(async (id: number) => `user ${id}`)
      const user = pMemoize(load, { cache })
      expect(await Promise.all([user(1), user(1)])).toEqual(["user 1", "user 1"])
      expect(await user(1)).toBe("user 1")
      expect(load).toHaveBeenCalledOnce()
      for (const id of many) expect(await user(id)).toBe(`user ${id}`)
      expect(cache.size).toBe(bound)
    })

    test("runs again after the ttl, and after a rejection", async () => {
      let fails = true
      const load = vi.fn(async (id: number) => {
        if (fails) throw new Error("down")
        return id
      })
      const user = pMemoize(load, { cache: create<number, number>(100) })
      await expect(user(1)).rejects.toThrow("down")
      fails = false
      for (let i = 0; i < 2; i++) {
        expect([await user(1), await user(1)]).toEqual([1, 1])
        vi.advanceTimersByTime(100)
      }
      expect(load).toHaveBeenCalledTimes(3)
    })
  })

  test("memoize stays within the bound, and runs again after its own maxAge", () => {
    const cache = create<number, { data: number; maxAge: number }>()
    const work = vi.fn((x: number) => x * x)
    const square = theirMemoize(work, { cache, maxAge: 100 })
    expect([square(4), square(4)]).toEqual([16, 16])
    expect(work).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(100)
    expect(square(4)).toBe(16)
    expect(work).toHaveBeenCalledTimes(2)
    for (const x of many) expect(square(x)).toBe(x * x)
    expect(cache.size).toBe(bound)
  })

  describe.each([
    ["Keyv 5", Keyv5],
    ["Keyv 6", Keyv6 as unknown as typeof Keyv5],
  ])("%s", (_, Keyv) => {
    /** Keyv hands over the time to live as a number, or undefined. */
    function storeOf(cache: Cache<string, unknown>) {
      return {
        get: (key: string) => cache.get(key),
        has: (key: string) => cache.has(key),
        set: (key: string, value: unknown, ttl?: number) => cache.set(key, value, { ttl }),
        delete: (key: string) => cache.delete(key),
        clear: () => cache.clear(),
        keys: () => cache.keys(),
      }
    }

    test("stores values without a ttl in the cache as it is", async () => {
      const cache = create<string, unknown>()
      const keyv = new Keyv<string>({ store: cache })
      expect(await keyv.set("a", "x")).toBe(true)
      expect([await keyv.get("a"), await keyv.has("a"), await keyv.get("b")]).toEqual([
        "x",
        true,
        undefined,
      ])
      for (const i of many) await keyv.set(`key ${i}`, `value ${i}`)
      expect(cache.size).toBe(name === "unbounded" ? many.length + 1 : capacity)
      expect([await keyv.set("c", "y"), await keyv.delete("c"), await keyv.has("c")]).toEqual([
        true,
        true,
        false,
      ])
      await keyv.clear()
      expect(cache.size).toBe(0)
    })

    test("is told that the cache does not take a ttl in its own way", async () => {
      const keyv = new Keyv<string>({ store: create<string, unknown>() })
      const errors: unknown[] = []
      keyv.on("error", (error) => errors.push(error))
      expect(await keyv.set("a", "x", 100)).toBe(false)
      expect(errors).toMatchObject([
        { code: "INVALID_ARGUMENT", message: "`terms` must be an object, received 100" },
      ])
    })

    test("clears what is its own, and leaves the cache to others", async () => {
      const cache = unbounded<string, unknown>()
      const [mine, theirs] = ["mine", "theirs"].map(
        (namespace) => new Keyv<string>({ store: storeOf(cache), namespace }),
      )
      await mine?.set("a", "x")
      await theirs?.set("a", "y")
      await mine?.clear()
      expect([await mine?.get("a"), await theirs?.get("a")]).toEqual(
        Keyv === Keyv5 ? [undefined, undefined] : [undefined, "y"],
      )
    })

    test("hands the ttl of a value over to the cache through a few lines", async () => {
      const cache = create<string, unknown>()
      const keyv = new Keyv<string>({ store: storeOf(cache), ttl: 100 })
      await keyv.set("a", "x")
      await keyv.set("b", "y", 50)
      expect(cache.entry(keyv.namespace ? `${keyv.namespace}:b` : "b")?.ttl).toBe(50)
      vi.advanceTimersByTime(50)
      expect([await keyv.has("a"), await keyv.has("b"), await keyv.get("b")]).toEqual([
        true,
        false,
        undefined,
      ])
      vi.advanceTimersByTime(50)
      expect([await keyv.has("a"), await keyv.get("a")]).toEqual([false, undefined])
      expect([cache.purgeExpired(), cache.size]).toEqual([0, 0])
    })
  })

  test("reselect takes memoize, for arguments and for results", () => {
    const arrayOf = vi.fn((n: number) => Array.from({ length: n }, (_, i) => i))
    const selectRange = createSelector([(state: { count: number }) => state.count], arrayOf, {
      memoize,
      memoizeOptions: [create()],
      argsMemoize: memoize,
      argsMemoizeOptions: [create()],
      devModeChecks: { inputStabilityCheck: "never", identityFunctionCheck: "never" },
    })
    const state = { count: 3 }
    const range = selectRange(state)
    expect(range).toEqual([0, 1, 2])
    expect(selectRange(state)).toBe(range)
    expect(selectRange({ count: 3 })).toBe(range)
    expect(arrayOf).toHaveBeenCalledOnce()
    expect(selectRange.cacheInfo()).toMatchObject({ hits: 1, misses: 2 })
    expect(selectRange.memoizedResultFunc.cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
    for (const count of many) expect(selectRange({ count })).toHaveLength(count)
    expect(selectRange.memoizedResultFunc.cacheInfo().size).toBe(bound)
  })
})
