import type { Cache, MapLike } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type Memoized, memoize } from "@evictionary/memoize"
import { s3Fifo } from "@evictionary/s3-fifo"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { describe, expect, test } from "vitest"
import { expectSurvivors } from "../../../scripts/garbage.ts"

type Fn = Memoized<(...args: unknown[]) => number, MapLike<unknown, number>>

/** With the most calls in the index: of those that the cache knows, or 64 and twice as many. */
const caches: [string, () => MapLike<unknown, number>, number][] = [
  ["lru", () => lru({ capacity: 10 }), 10],
  ["s3-fifo, which remembers as many", () => s3Fifo({ capacity: 10 }), 64 + 3 * 20],
  [
    "lru-cache, which evicts in silence",
    () => new LRUCache<object, number>({ max: 10 }),
    64 + 3 * 10,
  ],
]
const lists: [string, (object: object) => unknown[]][] = [
  ["a single argument", (object) => [object]],
  ["the first argument", (object) => [object, 1]],
  ["the last argument", (object) => [1, 2, object]],
  ["every argument", (object) => [object, object]],
]

describe.each(caches)("on %s", (_, create, bound) => {
  describe.each(lists)("an object that is %s", (_, list) => {
    const fresh = (): Fn => memoize((...args: unknown[]) => args.length, create())

    /** Calls `f` with `count` objects that nobody else has. */
    function callWithObjects(f: Fn, count: number): WeakRef<object>[] {
      return Array.from({ length: count }, () => {
        const object = {}
        f(...list(object))
        return new WeakRef(object)
      })
    }

    function callAndDelete(f: Fn): WeakRef<object>[] {
      return Array.from({ length: 50 }, () => {
        const object = {}
        f(...list(object))
        f.delete(...list(object))
        return new WeakRef(object)
      })
    }

    test("of evicted calls is collectable", async () => {
      const f = fresh()
      const refs = callWithObjects(f, 1500)
      await expectSurvivors(refs, bound)
      expect(f.cacheInfo().size).toBe(10)
    })

    test("of evicted calls is collectable though the cache was cleared before", async () => {
      const f = fresh()
      f.clear()
      await expectSurvivors(callWithObjects(f, 1500), bound)
      expect(f.cacheInfo().size).toBe(10)
    })

    test("of deleted calls is collectable", async () => {
      const f = fresh()
      await expectSurvivors(callAndDelete(f), 0)
      expect(f.cacheInfo().size).toBe(0)
    })

    test("of cleared calls is collectable", async () => {
      const f = fresh()
      const refs = callWithObjects(f, 50)
      f.clear()
      await expectSurvivors(refs, 0)
      expect(f.cacheInfo().size).toBe(0)
    })

    test("of deleted calls is collectable after others have thrown", async () => {
      let throws = true
      const f: Fn = memoize((...args: unknown[]) => {
        if (throws) throw new Error("no result")
        return args.length
      }, create())
      expect(() => f("any")).toThrow("no result")
      f.delete("any")
      await Promise.resolve()
      throws = false
      await expectSurvivors(callAndDelete(f), 0)
    })

    test("of calls that were deleted while they ran, and threw, is collectable", async () => {
      const f: Fn = memoize((...args: unknown[]) => {
        f.delete(...args)
        throw new Error("no result")
      }, create())
      const refs = Array.from({ length: 50 }, () => {
        const object = {}
        expect(() => f(...list(object))).toThrow("no result")
        return new WeakRef(object)
      })
      await Promise.resolve()
      f.clear()
      await expectSurvivors(refs, 0)
    })
  })
})

test("a cache that stores nothing does not fill the index", async () => {
  const f: Fn = memoize((...args: unknown[]) => args.length, lru({ capacity: 0 }))
  const refs = Array.from({ length: 1000 }, () => {
    const object = {}
    f(object, 1)
    return new WeakRef(object)
  })
  await expectSurvivors(refs, 64)
  expect(f.cacheInfo().misses).toBe(1000)
})

test("the memoized function is collectable before its cache", async () => {
  const caches: Cache<unknown, number>[] = Array.from({ length: 50 }, (_, i) =>
    i % 2 === 0 ? lru({ capacity: 2 }) : unbounded(),
  )
  const refs = caches.flatMap((cache) => {
    const fn = (x: number, y: number): number => x + y
    const f = memoize(fn, cache)
    f(1, 2)
    f.delete(1, 2)
    f.refresh(1, 2)
    return [new WeakRef(fn), new WeakRef(f)]
  })
  await expectSurvivors(refs, 0)
  for (const cache of caches) expect(cache.size).toBe(1)
})
