import { caches, cachesAsync, createCache, createCacheAsync } from "evictionary"
import { expect, it } from "vitest"

/** A configuration of which each member is inherited, not enumerable, and there to be read once. */
function readable<T extends object>(members: T): T {
  const prototype = {}
  for (const [name, value] of Object.entries(members)) {
    let reads = 0
    Object.defineProperty(prototype, name, {
      get() {
        if (reads++ > 0) throw new Error(`${name} is read again`)
        return value
      },
    })
  }
  return Object.create(prototype) as T
}

const config = () => readable({ strategy: "slru", capacity: 5, protected: 0.5, ttl: "1m" } as const)

it("a configuration is read once, wherever its members stand", async () => {
  for (const cache of [createCache(config()), await createCacheAsync(config())]) {
    expect([cache.strategyName, cache.capacity]).toEqual(["slru", 5])
    expect(cache.set("a", 1).entry("a")?.ttl).toBeCloseTo(60_000, -2)
  }
})

it("so are those of several caches, though the environment overrides a part of them", async () => {
  const env = { EVICTIONARY_USERS: "capacity=7" }
  const all = caches({ users: config(), pages: config() }, readable({ env }))
  const later = await cachesAsync({ users: config(), pages: config() }, readable({ env }))
  for (const { users, pages } of [all, later]) {
    expect([users.strategyName, users.capacity, pages.capacity]).toEqual(["slru", 7, 5])
    expect(users.set("a", 1).entry("a")?.ttl).toBeCloseTo(60_000, -2)
  }
  all.reconfigure({ pages: readable({ strategy: "lru", capacity: 9 } as const) })
  await later.reconfigure({ pages: readable({ strategy: "lru", capacity: 9 } as const) })
  expect([all.pages.capacity, later.pages.capacity]).toEqual([9, 9])
})

it("what becomes of a configuration while packages are imported changes nothing", async () => {
  const one = { strategy: "lru" as const, capacity: 5 }
  const several = { users: { strategy: "lru" as const, capacity: 5 } }
  const made = Promise.all([createCacheAsync(one), cachesAsync(several)])
  one.capacity = 9
  several.users.capacity = 9
  const [cache, { users }] = await made
  expect([cache.capacity, users.capacity]).toEqual([5, 5])
})
