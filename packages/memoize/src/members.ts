import type { Cache, MapLike } from "@evictionary/core"
import type { MemoizedMembers } from "./memoized.ts"
import { apply, type Callable, type Memo, wrapperOf } from "./wrapper.ts"

/** A cache that may say more of itself, as ours do. */
type Descriptive = MapLike<unknown, unknown> &
  Partial<Pick<Cache<unknown, unknown>, "capacity" | "peek" | "size" | "strategyName">>

/** The members of the function `memoized`. */
export function membersOf(
  memo: Memo & { readonly cache: Descriptive },
  memoized: Callable,
): MemoizedMembers<Callable> {
  const { fn, cache, key: makeKey, calls, fences } = memo

  /** The `this` of a call: who calls a member on the memoized function gives none. */
  const selfOf = (receiver: unknown): unknown => (receiver === memoized ? undefined : receiver)

  /** The key of a call; if that is in the index of calls, `index` is how it gets it from there. */
  const keyOf = (index: Callable, receiver: unknown, args: unknown[]): unknown =>
    !makeKey && args.length === 1 ? args[0] : apply(makeKey ?? index, selfOf(receiver), args)

  /** Takes a call as `memoized` does, but finds nothing in the cache, and counts nothing here. */
  const refresh = wrapperOf({
    ...memo,
    cache: { get() {}, has: () => false },
    store(key, value) {
      // No call that is running may overwrite it.
      fences.raise(key)
      memo.store(key, value)
    },
  })

  return {
    original: fn,
    cache,
    cacheInfo: () => ({
      hits: memo.hits,
      misses: memo.misses,
      capacity: cache.capacity,
      size: cache.size,
    }),
    cacheParameters: () => ({
      capacity: cache.capacity,
      strategy: cache.strategyName,
      key: makeKey,
    }),
    clear() {
      fences.cleared = ++fences.time
      cache.clear()
      calls.sweep()
      memo.hits = memo.misses = 0
    },
    delete(...args) {
      const key = keyOf(calls.add, this, args)
      fences.raise(key)
      const present = cache.delete(key)
      calls.release(key)
      return present
    },
    has(...args) {
      return cache.has(keyOf(calls.find, this, args))
    },
    peek(...args) {
      const key = keyOf(calls.find, this, args)
      return cache.peek ? cache.peek(key) : cache.get(key)
    },
    prime(args, value) {
      const key = keyOf(calls.add, this, args)
      fences.raise(key)
      cache.set(key, value)
    },
    refresh(...args) {
      return apply(refresh, selfOf(this), args)
    },
  }
}
