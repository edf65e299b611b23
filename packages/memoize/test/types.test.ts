import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { expectTypeOf, test } from "vitest"

test("a memoized function has the type of the original", () => {
  const area = (width: number, height: number): string => `${width * height} m²`
  const f = memoize(area, lru({ capacity: 1 }))
  expectTypeOf(f).toExtend<typeof area>()
  expectTypeOf(f).parameters.toEqualTypeOf<[width: number, height: number]>()
  expectTypeOf(f).returns.toEqualTypeOf<string>()
  expectTypeOf(f.original).toEqualTypeOf<typeof area>()
})

test("members take the parameters of the function", () => {
  const f = memoize((a: number, b?: string): Date => new Date(a + Number(b)), new Map())
  expectTypeOf(f.has).parameters.toEqualTypeOf<[a: number, b?: string | undefined]>()
  expectTypeOf(f.delete).parameters.toEqualTypeOf<[a: number, b?: string | undefined]>()
  expectTypeOf(f.prime).parameters.toEqualTypeOf<
    [args: [a: number, b?: string | undefined], value: Date]
  >()
  expectTypeOf(f.peek).returns.toEqualTypeOf<Date | undefined>()
  expectTypeOf(f.refresh).returns.toEqualTypeOf<Date>()
})

test("overloads survive", () => {
  function parse(text: string): string
  function parse(number: number): number
  function parse(input: string | number): string | number {
    return input
  }
  const f = memoize(parse, unbounded())
  expectTypeOf(f("1")).toEqualTypeOf<string>()
  expectTypeOf(f(1)).toEqualTypeOf<number>()
})

test("generics survive", () => {
  const f = memoize(<T>(value: T): [T] => [value], lru({ capacity: 1 }))
  expectTypeOf(f("one" as const)).toEqualTypeOf<["one"]>()
  expectTypeOf(f(1)).toEqualTypeOf<[number]>()
})

test("`this` survives, and reaches `key`", () => {
  const f = memoize(
    function (this: { id: number }, x: number): number {
      return this.id + x
    },
    {
      strategy: lru,
      capacity: 1,
      key(x) {
        expectTypeOf(this).toEqualTypeOf<{ id: number }>()
        expectTypeOf(x).toEqualTypeOf<number>()
        return `${this.id}:${x}`
      },
    },
  )
  expectTypeOf(f).thisParameter.toEqualTypeOf<{ id: number }>()
  // @ts-expect-error There is no `this`.
  expectTypeOf(() => f(1)).toBeFunction()
})

test("a recursive function can be memoized where it is defined", () => {
  const fib = memoize(
    (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)),
    lru({ capacity: 128 }),
  )
  expectTypeOf(fib(1)).toEqualTypeOf<number>()
})

test("the cache keeps its type", () => {
  const fn = (x: number): string => `${x}`
  type Made = Cache<unknown, string>
  expectTypeOf(memoize(fn, lru({ capacity: 1 })).cache).toEqualTypeOf<Made>()
  expectTypeOf(memoize(fn, { strategy: unbounded }).cache).toEqualTypeOf<Made>()
  const map = new Map<number, string>()
  expectTypeOf(memoize(fn, map).cache).toEqualTypeOf<Map<number, string>>()
  const theirs = new LRUCache<number, string>({ max: 1 })
  expectTypeOf(memoize(fn, { cache: theirs }).cache).toEqualTypeOf<typeof theirs>()
})

test("what does not fit is rejected", () => {
  const fn = (x: number): string => `${x}`
  const rejected = () => {
    // @ts-expect-error There is no cache.
    memoize(fn)
    // @ts-expect-error The cache is for other results.
    memoize(fn, new Map<number, number>())
    // @ts-expect-error The strategy needs a capacity.
    memoize(fn, { strategy: lru })
    // @ts-expect-error The strategy has no such option.
    memoize(fn, { strategy: lru, capacity: 1, size: 1 })
    // @ts-expect-error A ready cache has its capacity.
    memoize(fn, { cache: new Map(), capacity: 1 })
    // @ts-expect-error So has one of ours.
    memoize(fn, { cache: lru<unknown, string>({ capacity: 1 }), capacity: 1 })
    // @ts-expect-error And a time to live of its own.
    memoize(fn, { cache: lru<unknown, string>({ capacity: 1 }), ttl: 1 })
    // @ts-expect-error The key is made from the parameters of the function.
    memoize(fn, { cache: new Map(), key: (x: string) => x })
    // @ts-expect-error A string is not an argument of the function.
    memoize(fn, new Map()).has("1")
  }
  expectTypeOf(rejected).toBeFunction()
})
