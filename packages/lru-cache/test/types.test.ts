import { LRUCache } from "@evictionary/lru-cache"
import { expect, expectTypeOf, it } from "vitest"

it("has the types of lru-cache under the same names", () => {
  const options: LRUCache.Options<string, number, unknown> = { max: 2, ttl: 5 }
  const dispose: LRUCache.Disposer<string, number> = (_value, _key, reason) => {
    expectTypeOf(reason).toEqualTypeOf<LRUCache.DisposeReason>()
  }
  const fetchMethod: LRUCache.Fetcher<string, number> = async (_key, stale, { signal }) => {
    expectTypeOf(stale).toEqualTypeOf<number | undefined>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    return stale
  }
  const cache = new LRUCache({ ...options, dispose, fetchMethod })
  expectTypeOf(cache).toEqualTypeOf<LRUCache<string, number>>()
  expectTypeOf(cache.get("a")).toEqualTypeOf<number | undefined>()
  expectTypeOf(cache.fetch("a")).toEqualTypeOf<Promise<number | undefined>>()
  expectTypeOf(cache.dump()).toEqualTypeOf<[string, LRUCache.Entry<number>][]>()
  expect(cache).toBeInstanceOf(LRUCache)
})

it("asks for a context where that has a type, and for none where it has not", () => {
  const withContext = new LRUCache<string, number, { by: number }>({
    max: 2,
    memoMethod: (_key, _stale, { context }) => context.by,
  })
  expect(withContext.memo("a", { context: { by: 2 } })).toBe(2)
  // @ts-expect-error: it is missing
  expect(withContext.memo("a")).toBe(2)

  const without = new LRUCache<string, number, undefined>({ max: 2, memoMethod: () => 1 })
  expect(without.memo("a")).toBe(1)
  // @ts-expect-error: there is none
  expect(without.memo("a", { context: 1 })).toBe(1)
})

it("does not take what an option cannot be", () => {
  // @ts-expect-error: a bound is missing
  expect(() => new LRUCache({})).toThrow("`max`")
  // @ts-expect-error: no number
  expect(() => new LRUCache({ max: "1" })).toThrow("`max`")
})
