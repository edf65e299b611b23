import { checkFunction, invalid, type MapLike } from "@evictionary/core"
import type { Callable } from "./wrapper.ts"

/** What the second argument of `memoize` comes down to. */
export interface Settings {
  readonly cache: MapLike<unknown, unknown>
  readonly key: Callable | undefined
}

/** Checks the arguments of `memoize`, and makes the cache if it is to be made. */
export function settingsFrom(fn: Callable, cacheOrOptions: unknown): Settings {
  checkFunction("INVALID_ARGUMENT", "fn", fn)
  refuseIterator(fn.prototype)
  if (isMapLike(cacheOrOptions)) return { cache: cacheOrOptions, key: undefined }
  if (!cacheOrOptions || typeof cacheOrOptions !== "object") {
    throw invalid("INVALID_ARGUMENT", "cacheOrOptions", "a cache or options", cacheOrOptions)
  }
  const { key, strategy, ...options } = cacheOrOptions as Record<string, unknown>
  if (key !== undefined) checkFunction("INVALID_OPTION", "key", key)
  const { cache, ...others } = options
  // A ready cache has its options; if there are others, the strategy is what is missing.
  const ready = !strategy && cache !== undefined && !Object.keys(others).length
  const made = typeof strategy === "function" ? strategy(options) : ready && cache
  if (isMapLike(made)) return { cache: made, key: key as Callable | undefined }
  throw ready
    ? invalid("INVALID_OPTION", "cache", "a cache", cache)
    : invalid("INVALID_OPTION", "strategy", "a strategy", strategy)
}

export function isMapLike(value: unknown): value is MapLike<unknown, unknown> {
  return (["get", "has", "set", "delete", "clear"] as const).every(
    (name) => typeof (value as Partial<Settings["cache"]> | null)?.[name] === "function",
  )
}

/** Anything at all. */
export type MaybeIterator =
  | Partial<IterableIterator<unknown> & AsyncIterableIterator<unknown>>
  | undefined

/**
 * Throws if `value` is an iterator: something that iterates over itself, and so only once. As a
 * result, its first reader would use it up. The `prototype` of a generator function is one too.
 */
export function refuseIterator(value: MaybeIterator): void {
  if (value?.next && (value[Symbol.iterator]?.() ?? value[Symbol.asyncIterator]?.()) === value) {
    throw invalid("INVALID_ARGUMENT", "fn", "`replayable` to return iterators", value)
  }
}
