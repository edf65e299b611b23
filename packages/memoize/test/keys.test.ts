import { lru } from "@evictionary/lru"
import { Call, memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { describe, expect, test } from "vitest"

/** Remembers what it was called with. */
function recorder() {
  const lists: unknown[][] = []
  return Object.assign(
    (...args: unknown[]) => {
      lists.push(args)
      return lists.length
    },
    { lists },
  )
}

describe("the arguments as the key", () => {
  test("every argument that is passed counts", () => {
    const f = memoize(recorder(), unbounded())
    const lists = [[], [undefined], [1], [1, undefined], [[1]], [1, 2], [1, 2, 3], [2, 1]]
    for (const list of lists) f(...list)
    for (const list of lists) f(...list)
    expect(f.original.lists).toEqual(lists)
  })

  test("a list that begins like another is another, whichever comes first", () => {
    const f = memoize(recorder(), unbounded())
    expect([f(1, 2, 3), f(1, 2), f(), f(1, 2, 3), f(1, 2), f()]).toEqual([1, 2, 3, 1, 2, 3])
    f.delete(1, 2)
    expect([f.has(1, 2, 3), f.has(1, 2), f.has()]).toEqual([true, false, true])
  })

  test("default parameters are not guessed", () => {
    const add = memoize((a: number, b = 2) => a + b, unbounded())
    expect([add(1), add(1, 5), add(1, 2), add(1)]).toEqual([3, 6, 3, 3])
    expect(add.cacheInfo().misses).toBe(3)
  })

  test.each([
    ["one argument", (x: unknown) => [x]],
    ["the first of two", (x: unknown) => [x, "y"]],
    ["the last of three", (x: unknown) => [1, "x", x]],
  ])("arguments are compared as in Map: %s", (_, list) => {
    const f = memoize(recorder(), unbounded())
    const same: [unknown, unknown][] = [
      [Number.NaN, Number.NaN],
      [0, -0],
    ]
    for (const [a, b] of same) expect(f(...list(b))).toBe(f(...list(a)))
    const different = [
      1,
      "1",
      1n,
      true,
      null,
      undefined,
      "",
      "null",
      [1],
      [1],
      {},
      {},
      1.5,
      2 ** 31,
    ]
    const results = different.map((x) => f(...list(x)))
    expect(new Set(results).size).toBe(different.length)
    expect(different.map((x) => f(...list(x)))).toEqual(results)
  })

  test("names that objects inherit are ordinary arguments", () => {
    const f = memoize(recorder(), unbounded())
    const names = ["__proto__", "constructor", "hasOwnProperty"]
    for (const name of names) f(name, name)
    expect(f.cacheInfo().misses).toBe(names.length)
    expect(names.map((name) => f(name, name))).toEqual([1, 2, 3])
  })

  test("`this` is passed on and is no part of the key", () => {
    const f = memoize(function (this: { factor: number }, x: number) {
      return this.factor * x
    }, unbounded())
    expect(f.call({ factor: 2 }, 10)).toBe(20)
    expect(f.call({ factor: 3 }, 10)).toBe(20)
    expect(f.call({ factor: 3 }, 11)).toBe(33)
  })

  test("a single argument is the key in the cache, and several are a Call", () => {
    const cache = lru<unknown, unknown>({ capacity: 5 })
    const f = memoize((...args: unknown[]) => args.length, cache)
    f("a")
    f("a", "b")
    f()
    const [single, several, none] = cache.keys()
    expect(single).toBe("a")
    expect(several).toBeInstanceOf(Call)
    expect([several, none].map((key) => (key as Call).args)).toEqual([["a", "b"], []])
  })

  test("functions with a cache in common do not mix up calls with several arguments", () => {
    const cache = new Map<unknown, number>()
    const add = memoize((x: number, y: number) => x + y, cache)
    const multiply = memoize((x: number, y: number) => x * y, cache)
    expect([add(3, 4), multiply(3, 4), add(3, 4), multiply(3, 4)]).toEqual([7, 12, 7, 12])
  })

  test("a call can have ten thousand arguments", () => {
    const f = memoize((...args: number[]) => args.length, lru({ capacity: 1 }))
    const many = Array.from({ length: 10_000 }, (_, i) => i)
    expect(Reflect.apply(f, undefined, many)).toBe(10_000)
    expect(Reflect.apply(f.has, f, many)).toBe(true)
    f(1, 2)
    expect(Reflect.apply(f.has, f, many)).toBe(false)
  })
})

describe("the `key` option", () => {
  test("makes the key in place of the arguments", () => {
    const cache = new Map<unknown, string>()
    const greet = memoize((user: { id: number; name: string }) => `Hi, ${user.name}`, {
      cache,
      key: (user) => user.id,
    })
    expect(greet({ id: 1, name: "Ada" })).toBe("Hi, Ada")
    expect(greet({ id: 1, name: "Bob" })).toBe("Hi, Ada")
    expect([...cache.keys()]).toEqual([1])
  })

  test("gets all arguments and `this`", () => {
    const counter = {
      base: 100,
      add: memoize(
        function (this: { base: number }, a: number, b: number) {
          return this.base + a + b
        },
        {
          strategy: lru,
          capacity: 10,
          key(a, b) {
            return this.base * (a + b)
          },
        },
      ),
    }
    expect(counter.add(1, 2)).toBe(103)
    expect(counter.add(2, 1)).toBe(103)
    expect([...counter.add.cache.keys()]).toEqual([300])
    expect(counter.add.has.call(counter, 3, 0)).toBe(true)
    expect(counter.add.refresh.call(counter, 3, 0)).toBe(103)
  })

  test("a key that throws is the caller's error, and nothing is counted", () => {
    const f = memoize((x: number) => x, {
      strategy: unbounded,
      key: () => {
        throw new Error("no key")
      },
    })
    expect(() => f(1)).toThrow("no key")
    expect(f.cacheInfo()).toMatchObject({ hits: 0, misses: 0 })
  })

  test("may make keys of any kind, undefined included", () => {
    const f = memoize(recorder(), { cache: new Map(), key: () => undefined })
    expect([f(1), f(2, 3), f()]).toEqual([1, 1, 1])
  })
})
