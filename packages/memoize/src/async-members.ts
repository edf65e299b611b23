import { invalid, type Signal } from "@evictionary/core"
import type { AsyncMemoizedMembers, CallTerms } from "./async-memoized.ts"
import { createBatch } from "./batch.ts"
import { NOTHING } from "./cache-access.ts"
import { CachedError } from "./cached-error.ts"
import type { AsyncMemo, Loader } from "./loader.ts"
import type { Callable } from "./wrapper.ts"

/** The members of the function `memoized`. */
export function asyncMembersOf(
  memo: AsyncMemo,
  { keyOf, call, refresh, store }: Loader,
  memoized: Callable,
): AsyncMemoizedMembers<(...args: unknown[]) => Promise<unknown>> {
  const { fn, cache, key: makeKey, bulk, access, calls, runs } = memo

  /** The `this` of a call: who calls a member on the memoized function gives none. */
  const selfOf = (receiver: unknown): unknown => (receiver === memoized ? undefined : receiver)

  return {
    original: fn as (...args: unknown[]) => Promise<unknown>,
    cache,
    cacheInfo: () => ({
      hits: memo.hits,
      misses: memo.misses,
      joins: memo.joins,
      loading: memo.loading,
      loads: memo.loads,
      failures: memo.failures,
      meanLoadTime: memo.loads && memo.loadTime / memo.loads,
      capacity: cache.capacity,
      size: cache.size,
    }),
    cacheParameters: () => ({
      capacity: cache.capacity,
      strategy: cache.strategyName,
      key: makeKey,
    }),
    async clear() {
      runs.clear()
      memo.hits = memo.misses = memo.joins = memo.failures = memo.loads = memo.loadTime = 0
      const cleared = access.use("clear", undefined, () => cache.clear())
      calls.sweep()
      await cleared
    },
    async delete(...args) {
      const key = keyOf(calls.find, selfOf(this), args)
      runs.delete(key)
      const deleted = access.use("delete", key, () => cache.delete(key))
      calls.release(key)
      return (await deleted) === true
    },
    async has(...args) {
      const key = keyOf(calls.find, selfOf(this), args)
      const isThere = () => !isError(cache.entry?.(key)?.value) && cache.has(key)
      return (await access.use("has", key, isThere)) === true
    },
    async peek(...args) {
      const key = keyOf(calls.find, selfOf(this), args)
      const look = () => (cache.peek ? cache.peek(key) : cache.get(key))
      const value = await access.use("get", key, look)
      return value === NOTHING || isError(value) ? undefined : value
    },
    async prime(args, value) {
      const key = keyOf(calls.add, selfOf(this), args)
      runs.delete(key)
      await store(key, value)
    },
    async refresh(...args) {
      return refresh(selfOf(this), args)
    },
    async many(args, terms = {}) {
      const signal = signalOf(terms)
      const batch = bulk && createBatch(bulk, fn.name)
      const self = selfOf(this)
      const results: Promise<unknown>[] = []
      try {
        for (const arg of [...args]) results[results.length] = call(self, [arg], signal, batch)
      } catch (error) {
        // There was no room for another call; nobody hears of those before it.
        await undefined
        Promise.allSettled(results)
        throw error
      }
      return Promise.all(results)
    },
    with(terms) {
      const signal = signalOf(terms)
      return function (this: unknown, ...args: unknown[]) {
        return call(this, args, signal)
      }
    },
  }
}

function isError(value: unknown): boolean {
  return value instanceof CachedError
}

function signalOf({ signal }: CallTerms): Signal | undefined {
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw invalid("INVALID_ARGUMENT", "signal", "an AbortSignal", signal)
  }
  return signal
}
