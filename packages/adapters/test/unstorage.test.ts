import { unstorageDriver } from "@evictionary/adapters"
import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { createStorage, prefixStorage, restoreSnapshot, snapshot } from "unstorage"
import { expect, test } from "vitest"

const over = (cache: Cache<string, unknown>) => createStorage({ driver: unstorageDriver(cache) })

test("items are there until they are removed, whatever their value", async () => {
  const storage = over(lru({ capacity: 10 }))
  expect([await storage.hasItem("a"), await storage.getItem("a")]).toEqual([false, null])
  const values = [0, false, "", "text", null, { b: [1] }, true]
  for (const value of values) {
    await storage.setItem("a:b?c=1", value)
    expect([await storage.hasItem("a:b"), await storage.getItem("/a/b")]).toEqual([true, value])
  }
  await storage.removeItem("a:b")
  expect([await storage.hasItem("a:b"), await storage.getItem("a:b")]).toEqual([false, null])
  await expect(storage.setItem("a", new (class Other {})())).rejects.toThrow("stringify")
})

test("raw items are kept as they are", async () => {
  const storage = over(lru({ capacity: 10 }))
  const bytes = new Uint8Array([1, 2, 3])
  await storage.setItemRaw("bytes", bytes)
  expect(await storage.getItemRaw("bytes")).toBe(bytes)
  expect(await storage.getItemRaw("none")).toBe(null)
})

test("several items are stored and read at once", async () => {
  const storage = over(lru({ capacity: 2 }))
  const items = ["a", "b", "c"].map((key) => ({ key, value: `of ${key}` }))
  await storage.setItems(items)
  expect(await storage.getItems(["a", "b", "c"])).toEqual([
    { key: "a", value: null },
    ...items.slice(1),
  ])
})

test("keys are told by their base and depth", async () => {
  const storage = over(lru({ capacity: 10 }))
  for (const key of ["a", "b:a", "b:c:a", "bc:a"]) await storage.setItem(key, 1)
  expect((await storage.getKeys()).sort()).toEqual(["a", "b:a", "b:c:a", "bc:a"])
  expect((await storage.getKeys("b")).sort()).toEqual(["b:a", "b:c:a"])
  expect(await storage.getKeys("b", { maxDepth: 1 })).toEqual(["b:a"])
  expect((await prefixStorage(storage, "b").getKeys()).sort()).toEqual(["a", "c:a"])
})

test("what is cleared is what begins with the base", async () => {
  const cache = lru<string, unknown>({ capacity: 10 })
  const storage = over(cache)
  for (const key of ["a", "b:a", "b:c:a", "bc:a"]) await storage.setItem(key, 1)
  // The storage asks the driver for all that is mounted, or for nothing.
  unstorageDriver(cache).clear("b:")
  expect([...cache.keys()]).toEqual(["a", "bc:a"])
  await storage.clear()
  await storage.clear()
  expect(cache.size).toBe(0)
})

test("caches that are mounted beside each other hold what is theirs", async () => {
  const [one, two] = [
    lru<string, unknown>({ capacity: 10 }),
    lru<string, unknown>({ capacity: 10 }),
  ]
  const storage = over(one).mount("two", unstorageDriver(two))
  await restoreSnapshot(storage, { a: 1, "two:a": 2 })
  expect([[...one.keys()], [...two.keys()]]).toEqual([["a"], ["a"]])
  expect(await snapshot(storage, "")).toEqual({ a: 1, "two:a": 2 })
  await storage.clear("two")
  expect([one.size, two.size]).toEqual([1, 0])
})

test("the ttl of an item is in seconds; without one, that of the cache holds", async () => {
  let now = 0
  const storage = over(lru({ capacity: 10, ttl: 5_000, clock: { now: () => now } }))
  await storage.setItem("a", 1)
  await storage.setItem("b", 1, { ttl: 10 })
  await storage.setItemRaw("c", 1, { ttl: 10 })
  now = 5_000
  expect((await storage.getKeys()).sort()).toEqual(["b", "c"])
  now = 10_000
  expect(await storage.getKeys()).toEqual([])
})

test("the cache stays as it is when the storage is disposed of", async () => {
  const cache = lru<string, unknown>({ capacity: 10 })
  const storage = over(cache)
  await storage.setItem("a", 1)
  expect(storage.getMount("").driver.getInstance?.()).toBe(cache)
  await storage.dispose()
  expect(cache.size).toBe(1)
})
