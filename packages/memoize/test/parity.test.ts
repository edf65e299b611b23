import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type CacheInfo, memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { afterEach, describe, expect, test } from "vitest"

/** The tuple that Python's `cache_info()` prints. */
const tuple = ({ hits, misses, capacity, size }: CacheInfo) => [hits, misses, capacity, size]

const range = (end: number) => Array.from({ length: end }, (_, i) => i)

/** Counts how often it runs. */
function counted<A extends unknown[], R>(body: (...args: A) => R) {
  const fn = (...args: A): R => {
    fn.runs++
    return body(...args)
  }
  fn.runs = 0
  return fn
}

describe("the numbers of functools.lru_cache", () => {
  test("1: Fibonacci counts 28 hits and 16 misses, and none after clear", () => {
    const caches: [Cache<unknown, number>, number][] = [
      [unbounded(), Infinity],
      [lru({ capacity: 128 }), 128],
    ]
    for (const [cache, capacity] of caches) {
      const fib = memoize((n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)), cache)
      expect(range(16).map((n) => fib(n))).toEqual([
        0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610,
      ])
      expect(tuple(fib.cacheInfo())).toEqual([28, 16, capacity, 16])
      fib.clear()
      expect(tuple(fib.cacheInfo())).toEqual([0, 0, capacity, 0])
    }
  })

  test("2: capacity 0 caches nothing, and capacity 1 one call", () => {
    const none = memoize(
      counted(() => 20),
      lru({ capacity: 0 }),
    )
    for (const _ of range(5)) expect(none()).toBe(20)
    expect(none.original.runs).toBe(5)
    expect(tuple(none.cacheInfo())).toEqual([0, 5, 0, 0])

    const one = memoize(
      counted(() => 20),
      lru({ capacity: 1 }),
    )
    for (const _ of range(5)) expect(one()).toBe(20)
    expect(one.original.runs).toBe(1)
    expect(tuple(one.cacheInfo())).toEqual([4, 1, 1, 1])
  })

  test("3: with capacity 2, the call that was not used for the longest time runs again", () => {
    const f = memoize(
      counted((x: number) => x * 10),
      lru({ capacity: 2 }),
    )
    for (const x of [7, 9, 7, 9, 7, 9, 8, 8, 8, 9, 9, 9, 8, 8, 8, 7]) expect(f(x)).toBe(x * 10)
    expect(f.original.runs).toBe(4)
    expect(tuple(f.cacheInfo())).toEqual([12, 4, 2, 2])
  })

  test("4: a thousand calls of two arguments give the right results", () => {
    const f = memoize((x: number, y: number) => 3 * x + y, lru({ capacity: 20 }))
    let state = 1
    const random = () => {
      state = (state * 48271) % 2147483647
      return state % 5
    }
    for (const _ of range(1000)) {
      const [x, y] = [random(), random()]
      expect(f(x, y)).toBe(3 * x + y)
    }
    const { hits, misses, capacity, size } = f.cacheInfo()
    expect(hits).toBeGreaterThan(misses)
    expect(hits + misses).toBe(1000)
    expect([capacity, size]).toEqual([20, 20])
  })

  test("5: a call that calls itself with the same argument is stored once", () => {
    let again = true
    const f = memoize(
      (x: number): number => {
        if (x === 20 && again) {
          again = false
          f(x)
        }
        return x
      },
      lru({ capacity: 10 }),
    )
    for (const x of range(15)) f(x)
    expect(tuple(f.cacheInfo())).toEqual([0, 15, 10, 10])
    expect(f(20)).toBe(20)
    expect(tuple(f.cacheInfo())).toEqual([0, 17, 10, 10])
  })

  test("6: a call that throws is a miss, and is not stored", () => {
    const f = memoize((x: number) => {
      if (x === 15) throw new RangeError("fifteen")
      return x
    }, unbounded())
    expect(f(0)).toBe(0)
    expect(() => f(15)).toThrow("fifteen")
    expect(() => f(15)).toThrow("fifteen")
    expect(tuple(f.cacheInfo())).toEqual([0, 3, Infinity, 1])
  })

  test("7: the key is asked for once a call, and not when an entry is evicted", () => {
    let asked = 0
    const key = (x: number) => {
      if (x === 1) asked++
      return x
    }
    const f = memoize((x: number) => x, { strategy: lru, capacity: 1, key })
    f(1)
    expect(asked).toBe(1)
    f(1)
    expect(asked).toBe(2)
    f(2)
    expect(asked).toBe(2)
    f(1)
    expect(asked).toBe(3)
  })

  test("8: calling the original counts nothing, and the parameters are a new object", () => {
    const f = memoize((x: number) => x, lru({ capacity: 4 }))
    f(3)
    f.original(3)
    f.original(4)
    expect(tuple(f.cacheInfo())).toEqual([0, 1, 4, 1])
    expect(f.cacheParameters()).toEqual({ capacity: 4, strategy: "lru", key: undefined })
    expect(f.cacheParameters()).not.toBe(f.cacheParameters())
  })

  test("9: one cache for a method of all instances tells them apart by `key`", () => {
    class X {
      readonly value: number
      constructor(value: number) {
        this.value = value
      }
    }
    // The instance is the first argument, as it is in Python.
    const f = memoize((self: X, x: number) => ({ self, x }), {
      strategy: lru,
      capacity: 2,
      key: (self, x) => self.value * 100 + x,
    })
    const play = (self: X, xs: number[]) => {
      for (const x of xs) f(self, x)
      return tuple(f.cacheInfo())
    }
    expect(play(new X(5), [1, 2, 2, 3, 1, 1, 1, 2, 3, 3])).toEqual([4, 6, 2, 2])
    expect(play(new X(5), [1, 2, 1, 1, 1, 1, 3, 2, 2, 2])).toEqual([10, 10, 2, 2])
    expect(play(new X(7), [2, 1, 1, 1, 1, 2, 1, 3, 2, 1])).toEqual([15, 15, 2, 2])
  })
})

describe("10: what is memoized may be what the implementation uses", () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const each of undo.splice(0)) each()
  })

  function replace<T extends object, K extends keyof T>(owner: T, name: K, value: T[K]): void {
    const old = owner[name]
    undo.push(() => {
      owner[name] = old
    })
    owner[name] = value
  }

  test.each([1, 2])("memoized built-ins do not confuse a function of %i arguments", (arity) => {
    for (const name of ["is", "keys", "hasOwn"] as const) {
      replace(Object, name, memoize(Object[name], new Map()) as never)
    }
    for (const name of ["max", "imul", "clz32"] as const) {
      replace(Math, name, memoize(Math[name], new Map()))
    }
    replace(Reflect, "apply", memoize(Reflect.apply, new Map()) as never)
    for (const name of ["at", "every", "fill", "find", "includes", "indexOf", "slice"] as const) {
      replace(Array.prototype, name as "slice", memoize(Array.prototype[name], new Map()) as never)
    }
    const add = memoize((...args: number[]) => args[0]! + (args[1] ?? 0), lru({ capacity: 8 }))
    const results = range(100).map((i) => (arity === 1 ? add(i % 10) : add(i % 10, i % 3)))
    const expected = range(100).map((i) => (i % 10) + (arity === 1 ? 0 : i % 3))
    for (const each of undo.splice(0)) each()
    expect(results).toEqual(expected)
  })

  test("globals that are replaced after memoizing are not missed", () => {
    const add = memoize((x: number, y: number) => x + y, new Map())
    replace(globalThis, "Reflect", undefined as never)
    replace(globalThis, "Array", undefined as never)
    replace(globalThis, "Object", undefined as never)
    const results = [add(1, 2), add(1, 2), add.peek(1, 2), add.delete(1, 2)]
    for (const each of undo.splice(0)) each()
    expect(results).toEqual([3, 3, 3, true])
  })
})
