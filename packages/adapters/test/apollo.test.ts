import {
  ErrorsAreMissesCache,
  type KeyValueCache,
  PrefixingKeyValueCache,
} from "@apollo/utils.keyvaluecache"
import { keyValueCache } from "@evictionary/adapters"
import { lru } from "@evictionary/lru"
import { expect, test } from "vitest"

test("what is set is found, until it is deleted or evicted", async () => {
  const cache: KeyValueCache = keyValueCache(lru({ capacity: 2 }))
  expect(await cache.get("a")).toBe(undefined)
  expect(await cache.set("a", "1")).toBe(undefined)
  expect(await cache.get("a")).toBe("1")
  expect([await cache.delete("a"), await cache.delete("a")]).toEqual([true, false])
  for (const key of ["a", "b", "c"]) await cache.set(key, key)
  expect(await Promise.all(["a", "b", "c"].map((key) => cache.get(key)))).toEqual([
    undefined,
    "b",
    "c",
  ])
})

test("a ttl is in seconds, null is for ever, and without one the cache's own holds", async () => {
  let now = 0
  const cache = keyValueCache<number>(lru({ capacity: 10, ttl: 5_000, clock: { now: () => now } }))
  const found = () => Promise.all(["none", "undefined", "null", "ten"].map((key) => cache.get(key)))
  await cache.set("none", 1)
  await cache.set("undefined", 1, { ttl: undefined })
  await cache.set("null", 1, { ttl: null })
  await cache.set("ten", 1, { ttl: 10 })
  expect(await found()).toEqual([1, 1, 1, 1])
  now = 5_000
  expect(await found()).toEqual([undefined, undefined, 1, 1])
  now = 10_000
  expect(await found()).toEqual([undefined, undefined, 1, undefined])
  await cache.set("null", 1, { ttl: 0 })
  expect(await cache.get("null")).toBe(undefined)
})

test("what Apollo puts around a cache goes around this one", async () => {
  const cache = lru<string, string>({ capacity: 10 })
  const around = new ErrorsAreMissesCache(new PrefixingKeyValueCache(keyValueCache(cache), "of:"))
  await around.set("a", "1", { ttl: 60 })
  expect([await around.get("a"), await around.get("b")]).toEqual(["1", undefined])
  expect([...cache.keys()]).toEqual(["of:a"])
  expect(await around.delete("a")).toBe(true)
})
