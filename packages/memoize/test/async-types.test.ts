import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type AsyncMapLike, type currentLoad, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { expectTypeOf, test } from "vitest"

const area = async (width: number, height?: number): Promise<string> => `${width} × ${height}`

test("a memoized function has the type of the original", () => {
  const f = memoizeAsync(area, lru({ capacity: 1 }))
  expectTypeOf(f).toExtend<typeof area>()
  expectTypeOf(f).parameters.toEqualTypeOf<[width: number, height?: number | undefined]>()
  expectTypeOf(f).returns.toEqualTypeOf<Promise<string>>()
  expectTypeOf(f.original).toEqualTypeOf<typeof area>()
  expectTypeOf(f.with({})).toEqualTypeOf<typeof area>()
})

test("members take the parameters of the function, and know its results", () => {
  const f = memoizeAsync(area, new Map())
  expectTypeOf(f.has).toEqualTypeOf<
    (width: number, height?: number | undefined) => Promise<boolean>
  >()
  expectTypeOf(f.prime).parameters.toEqualTypeOf<
    [args: [width: number, height?: number | undefined], value: string]
  >()
  expectTypeOf(f.peek).returns.toEqualTypeOf<Promise<string | undefined>>()
  expectTypeOf(f.refresh).returns.toEqualTypeOf<Promise<string>>()
  expectTypeOf(f.many([1])).toEqualTypeOf<Promise<string[]>>()
})

test("generics survive", async () => {
  const f = memoizeAsync(async <T>(value: T): Promise<[T]> => [value], lru({ capacity: 1 }))
  expectTypeOf(await f("one" as const)).toEqualTypeOf<["one"]>()
})

test("signals are those of the platform", () => {
  const f = memoizeAsync(area, lru({ capacity: 1 }))
  expectTypeOf(f.with).parameter(0).toHaveProperty("signal")
  expectTypeOf<AbortSignal>().toExtend<ReturnType<typeof currentLoad>["signal"]>()
  expectTypeOf<ReturnType<typeof currentLoad>["signal"]>().toExtend<AbortSignal>()
})

test("the cache keeps its type", () => {
  type Made = Cache<unknown, string>
  expectTypeOf(memoizeAsync(area, lru({ capacity: 1 })).cache).toEqualTypeOf<Made>()
  expectTypeOf(memoizeAsync(area, { strategy: unbounded }).cache).toEqualTypeOf<Made>()
  const map = new Map<number, string>()
  expectTypeOf(memoizeAsync(area, map).cache).toEqualTypeOf<Map<number, string>>()
  const remote = {} as AsyncMapLike<string, string> & { close(): void }
  const rejected = () => memoizeAsync(area, { cache: remote, budget: 5 }).cache
  expectTypeOf(rejected).returns.toEqualTypeOf<typeof remote>()
})

test("a time to live stands beside a cache where results may be stale", () => {
  const cache = lru<unknown, string>({ capacity: 1 })
  const stale = { cache, ttl: 5, jitter: 0.5 }
  expectTypeOf(memoizeAsync(area, { ...stale, staleIfError: 5 }).cache).toEqualTypeOf(cache)
  expectTypeOf(memoizeAsync(area, { ...stale, refreshAhead: 1 }).cache).toEqualTypeOf(cache)
  memoizeAsync(area, {
    cache,
    staleWhileRevalidate: 5,
    ttl(value) {
      expectTypeOf(value).toEqualTypeOf<string>()
      return value.length
    },
  })
  const { staleIfError }: { staleIfError?: undefined } = {}
  memoizeAsync(area, { cache, staleIfError, ttl: undefined, budget: 5 })
})

test("the bulk loader gets first arguments, and returns results or errors", () => {
  memoizeAsync(area, {
    strategy: unbounded,
    bulk: async (widths) => {
      expectTypeOf(widths).toEqualTypeOf<number[]>()
      return widths.map((width) => (width < 0 ? new Error("negative") : `${width}`))
    },
  })
})

test("what does not fit is rejected", () => {
  const rejected = () => {
    // @ts-expect-error There is no cache.
    memoizeAsync(area)
    // @ts-expect-error The function returns no promise.
    memoizeAsync((x: number) => x, new Map())
    // @ts-expect-error The cache is for other results.
    memoizeAsync(area, new Map<number, number>())
    // @ts-expect-error The cache is for results, not for promises.
    memoizeAsync(area, new Map<number, Promise<string>>())
    // @ts-expect-error The strategy needs a capacity.
    memoizeAsync(area, { strategy: lru })
    // @ts-expect-error There is no such option.
    memoizeAsync(area, { strategy: lru, capacity: 1, stale: 1 })
    // @ts-expect-error The loader is for other results.
    memoizeAsync(area, { strategy: unbounded, bulk: async (widths: number[]) => widths })
    // @ts-expect-error The cache has its own time to live.
    memoizeAsync(area, { cache: lru<unknown, string>({ capacity: 1 }), ttl: 5 })
    // @ts-expect-error And its own jitter.
    memoizeAsync(area, { cache: lru<unknown, string>({ capacity: 1 }), jitter: 0.5 })
    // @ts-expect-error And its own bound.
    memoizeAsync(area, { cache: lru<unknown, string>({ capacity: 1 }), capacity: 5 })
    // @ts-expect-error What becomes stale has a time to live.
    memoizeAsync(area, { cache: lru<unknown, string>({ capacity: 1 }), staleIfError: 5 })
    // @ts-expect-error A number is no signal.
    memoizeAsync(area, new Map()).with({ signal: 1 })
  }
  expectTypeOf(rejected).toBeFunction()
})
