import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { describe, expect, test } from "vitest"

type Recursive = (n: number, ...rest: number[]) => number

/** How deep a recursion through `wrap` gets before the stack overflows. */
function depthThrough(wrap: (fn: Recursive) => Recursive): number {
  let depth = 0
  const dive = wrap((n, ...rest) => {
    depth = n
    return 1 + dive(n + 1, ...rest)
  })
  try {
    dive(0)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
  }
  return depth
}

test("a memoized recursion gets about as deep as one whose calls are merely passed on", () => {
  const passThrough = (fn: Recursive): Recursive =>
    function (this: unknown, ...args) {
      return Reflect.apply(fn, this, args)
    }
  const ratios = Array.from({ length: 9 }, () => {
    const memoized = depthThrough((fn) => memoize(fn, unbounded<unknown, number>()))
    return memoized / depthThrough(passThrough)
  })
  // The engine may compile either function meanwhile, and then its frames change.
  const median = ratios.sort((a, b) => a - b)[4]!
  expect(median).toBeGreaterThan(0.85)
})

describe.each<[string, () => Cache<unknown, number>]>([
  ["unbounded", unbounded],
  ["lru", () => lru({ capacity: 100 })],
])("after a stack overflow on %s", (_, create) => {
  test.each([[[]], [[7]]])("cache and counts are consistent, and work on (%j)", (rest) => {
    const count: Recursive = memoize((n: number, ..._rest: number[]): number => {
      return n === 0 ? 0 : 1 + count(n - 1, ...rest)
    }, create())
    const f = count as ReturnType<typeof memoize<Recursive>>
    const { cache } = f as { cache: Cache<unknown, number> }

    expect(() => f(1e6, ...rest)).toThrow(RangeError)
    expect(f.has(1e6, ...rest)).toBe(false)
    for (const n of [1000, 2000, 3000, 1, 2]) expect(f(n, ...rest)).toBe(n)

    expect([...cache].length).toBe(cache.size)
    expect(cache.size).toBeLessThanOrEqual(cache.capacity)
    const { hits, misses } = f.cacheInfo()
    expect([f(1, ...rest), f(2, ...rest)]).toEqual([1, 2])
    expect(f.cacheInfo()).toMatchObject({ hits: hits + 2, misses })
    f.delete(3000, ...rest)
    expect(f.has(3000, ...rest)).toBe(false)
    f.clear()
    expect(cache.size).toBe(0)
    expect(f(10, ...rest)).toBe(10)
  })
})
