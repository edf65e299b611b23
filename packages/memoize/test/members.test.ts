import type { MapLike } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { describe, expect, test } from "vitest"

describe("a memoized function looks like the original", () => {
  test("name and length are those of the original", () => {
    function area(width: number, height: number, ..._rest: number[]) {
      return width * height
    }
    const memoized = memoize(area, lru({ capacity: 3 }))
    expect([memoized.name, memoized.length]).toEqual(["area", 2])
    expect(Object.getOwnPropertyDescriptor(memoized, "name")).toEqual(
      Object.getOwnPropertyDescriptor(area, "name"),
    )
  })

  test("own properties are there, getters and symbols too", () => {
    const mark = Symbol("mark")
    let reads = 0
    const fn = Object.defineProperties((x: number) => x, {
      unit: { value: "m", enumerable: true },
      reads: { get: () => ++reads },
      [mark]: { value: 1 },
    })
    const memoized = memoize(fn, unbounded()) as unknown as Record<PropertyKey, unknown>
    expect([memoized.unit, memoized.reads, memoized.reads, memoized[mark]]).toEqual(["m", 1, 2, 1])
  })

  test("functions of sloppy mode and frozen ones are no exception", () => {
    const sloppy = new Function("x", "return x + 1") as (x: number) => number
    expect(memoize(sloppy, unbounded())(1)).toBe(2)
    const frozen = Object.freeze(memoize((x: number) => x, unbounded()))
    expect(memoize(frozen, unbounded())(1)).toBe(1)
  })

  test("memoizing a memoized function wraps it again and shares nothing", () => {
    const inner = memoize((x: number) => x, lru({ capacity: 2 }))
    const outer = memoize(inner, lru({ capacity: 5 }))
    outer(1)
    outer(1)
    expect(outer.original).toBe(inner)
    expect(outer.cacheInfo()).toEqual({ hits: 1, misses: 1, capacity: 5, size: 1 })
    expect(inner.cacheInfo()).toEqual({ hits: 0, misses: 1, capacity: 2, size: 1 })
  })
})

describe.each<[string, () => MapLike<unknown, unknown>]>([
  ["lru", () => lru({ capacity: 10 })],
  ["unbounded", unbounded],
  ["a Map", () => new Map()],
  ["lru-cache", () => new LRUCache({ max: 10 }) as MapLike<unknown, unknown>],
])("on %s", (_, create) => {
  const memoized = () => {
    let runs = 0
    const fn = (...args: number[]): unknown => `${args.join("+")} #${++runs}`
    return memoize(fn, create())
  }

  test.each([[[]], [[1]], [[1, 2]]])("the members mean the call with %j", (args: number[]) => {
    const f = memoized()
    const text = args.join("+")
    expect([f.has(...args), f.peek(...args), f.delete(...args)]).toEqual([false, undefined, false])

    expect(f(...args)).toBe(`${text} #1`)
    expect([f.has(...args), f.peek(...args)]).toEqual([true, `${text} #1`])

    expect(f.refresh(...args)).toBe(`${text} #2`)
    expect(f(...args)).toBe(`${text} #2`)

    expect(f.delete(...args)).toBe(true)
    expect([f.has(...args), f.peek(...args)]).toEqual([false, undefined])

    f.prime(args, "primed")
    expect(f(...args)).toBe("primed")
    expect(f.cacheInfo()).toMatchObject({ hits: 2, misses: 1, size: 1 })

    f.clear()
    expect(f.cacheInfo()).toMatchObject({ hits: 0, misses: 0, size: 0 })
    expect(f(...args)).toBe(`${text} #3`)
  })

  test("the parameters and what they say of the cache are new objects", () => {
    const f = memoized()
    expect(f.cacheInfo()).not.toBe(f.cacheInfo())
    expect(f.cacheParameters()).not.toBe(f.cacheParameters())
  })

  test("a refresh that throws leaves the old result", () => {
    let broken = false
    const f = memoize((x: number, y: number): unknown => {
      if (broken) throw new Error("broken")
      return x + y
    }, create())
    f(1, 2)
    broken = true
    expect(() => f.refresh(1, 2)).toThrow("broken")
    expect(f(1, 2)).toBe(3)
  })
})

describe("members", () => {
  test("peek and has promote nothing", () => {
    const f = memoize((x: number, y: number) => x + y, lru({ capacity: 2 }))
    f(1, 1)
    f(2, 2)
    f.peek(1, 1)
    f.has(1, 1)
    f(3, 3)
    expect([f.has(1, 1), f.has(2, 2)]).toEqual([false, true])
  })

  test("has tells a cached undefined from none", () => {
    const f = memoize((_x: number) => undefined, lru({ capacity: 2 }))
    f(1)
    expect([f.peek(1), f.peek(2), f.has(1), f.has(2)]).toEqual([undefined, undefined, true, false])
  })

  test("peek on a cache without it is get", () => {
    const gets: unknown[] = []
    class Counting extends Map<unknown, number> {
      override get(key: unknown) {
        gets.push(key)
        return super.get(key)
      }
    }
    const f = memoize((x: number) => x, new Counting([[1, 10]]))
    expect(f.peek(1)).toBe(10)
    expect(gets).toEqual([1])
  })

  test("prime and refresh of a full cache evict as a call does", () => {
    const f = memoize((x: number, y: number) => x + y, lru({ capacity: 1 }))
    f(1, 1)
    f.prime([2, 2], 4)
    expect([f.has(1, 1), f.has(2, 2)]).toEqual([false, true])
    f.refresh(3, 3)
    expect([f.has(2, 2), f.has(3, 3)]).toEqual([false, true])
  })

  test("the cache is the one that was given, and its say on capacity is current", () => {
    const cache = lru<unknown, number>({ capacity: 3 })
    const f = memoize((x: number) => x, cache)
    expect(f.cache).toBe(cache)
    f.cache.resize(7)
    expect(f.cacheInfo().capacity).toBe(7)
    expect(f.cacheParameters().capacity).toBe(7)
  })

  test("what a cache does not say is undefined", () => {
    const f = memoize((x: number) => x, new Map<number, number>())
    f(1)
    expect(f.cacheInfo()).toEqual({ hits: 0, misses: 1, capacity: undefined, size: 1 })
    expect(f.cacheParameters()).toEqual({
      capacity: undefined,
      strategy: undefined,
      key: undefined,
    })
  })

  test("refresh runs the function without `this`, unless called with one", () => {
    const f = memoize(function (this: unknown) {
      return this
    }, unbounded())
    expect(f.refresh()).toBe(undefined)
    const self = {}
    expect(f.refresh.call(self)).toBe(self)
  })

  test("the cache counts lookups as the function does", () => {
    const f = memoize((...args: number[]) => args.length, lru({ capacity: 2 }))
    for (const args of [[1], [1], [1, 2], [1, 2], [], [3, 4], [1, 2]]) f(...args)
    const { hits, misses } = f.cacheInfo()
    expect([f.cache.stats.hits, f.cache.stats.misses]).toEqual([hits, misses])
  })
})
