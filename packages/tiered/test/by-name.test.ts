import { type TieredCache, tiered } from "@evictionary/tiered"
import { MemoryTier, VirtualClock } from "@evictionary/tiered/memory"
import { caches } from "evictionary"
import { expect, test } from "vitest"

test("a line describes the first tier of a cache that is made over it", async () => {
  const clock = new VirtualClock()
  const l2 = new MemoryTier({ clock })
  const all = caches<{ users: TieredCache<string, number>; pages: [string, string] }>(
    { users: "s3-fifo, capacity=2", pages: "lru, capacity=5" },
    {
      env: { EVICTIONARY_USERS: "capacity=3" },
      over: { users: (l1) => tiered({ l1, l2, namespace: "users", ttl: 60_000, clock }) },
    },
  )
  await clock.advance(1)
  expect(await all.users.getOrLoad("7", () => 7)).toBe(7)
  expect(all.users.get("7")).toBe(7)
  expect(String(all.users.cache)).toBe("s3-fifo(1 of 3)")
  expect(all.pages.strategyName).toBe("lru")
  all.reconfigure({ users: "sieve, capacity=2" })
  expect(String(all.users.cache)).toBe("sieve(1 of 3)")
  expect(all.users.get("7")).toBe(7)
  await all.users.close()
})
