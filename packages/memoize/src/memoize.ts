import { type Cache, type MapLike, reporter } from "@evictionary/core"
import { createCallIndex } from "./call-index.ts"
import { Fences } from "./fences.ts"
import { membersOf } from "./members.ts"
import type { AnyFunction, Memoized, ResultOf } from "./memoized.ts"
import type { AnyStrategy, CacheOrOptions, StrategyOptions } from "./options.ts"
import { checked, type Settings, settingsFrom } from "./settings.ts"
import { type Callable, dress, wrapperOf } from "./wrapper.ts"

/** Rejects a cache `C` that does not take values of type `V`. */
type Taking<V, C> = C extends { set(key: never, value: infer W): unknown }
  ? [V] extends [W]
    ? unknown
    : never
  : never

/**
 * Makes a function that runs `fn` once for each list of arguments and remembers the result, as
 * Python's `functools.lru_cache` does, in any cache.
 *
 * - Two calls are the same if they pass the same number of arguments, and in each place the same
 *   argument (SameValueZero, as in `Map`). `this` is passed on and is no part of the key. There is
 *   no `typed` as in Python, because 1, `"1"`, `1n` and `true` are different already. A call takes
 *   O(arity) time, however many are cached; with a single argument, which then is the key itself,
 *   a hit allocates nothing.
 * - Any result is cached, `undefined` included. What `fn` throws is not; it counts as a miss.
 * - An iterator is no result to cache, since its first reader uses it up: see {@link replayable}.
 * - If `fn` calls itself with the same arguments, it runs again; one result is stored.
 *
 * The cache should not be shared with others: the keys of a function are not marked as its own, and
 * `clear` clears all.
 *
 * @param cacheOrOptions A cache, that is any `MapLike`; or `{ strategy, ... }`, with the options of
 * the strategy and `key`; or `{ cache, key }`.
 * @throws {CacheError} `INVALID_ARGUMENT` or `INVALID_OPTION`, naming what is wrong; or what the
 * strategy throws about its options. If `fn` returns an iterator, the call throws
 * `INVALID_ARGUMENT`.
 *
 * @example
 * ```ts
 * const fib = memoize(
 *   (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)),
 *   lru({ capacity: 128 }),
 * )
 * fib(36) //=> 14930352
 * fib.cacheInfo() //=> { hits: 34, misses: 37, capacity: 128, size: 37 }
 * ```
 */
export function memoize<F extends AnyFunction>(
  fn: F,
  cacheOrOptions: CacheOrOptions<F, Cache<unknown, ResultOf<F>>>,
): Memoized<F, Cache<unknown, ResultOf<F>>>
export function memoize<F extends AnyFunction, S extends AnyStrategy>(
  fn: F,
  options: StrategyOptions<F, S>,
): Memoized<F, Cache<unknown, ResultOf<F>>>
export function memoize<F extends AnyFunction, C extends MapLike<unknown, unknown>>(
  fn: F,
  cacheOrOptions: CacheOrOptions<F, C & Taking<ResultOf<F>, C>>,
): Memoized<F, C>
export function memoize(fn: Callable, cacheOrOptions: unknown): Callable {
  return memoizeOn(fn, settingsFrom(checked(fn, cacheOrOptions)))
}

/** Makes the function, once it is clear on what; `report` gets errors that reach no caller. */
export function memoizeOn(
  fn: Callable,
  settings: Settings,
  report: (error: unknown) => void = reporter(),
): Callable {
  const { cache } = settings
  const fences = new Fences()
  const calls = createCallIndex(observable(cache), fences)
  const store = (key: unknown, value: unknown) => {
    try {
      cache.set(key, value)
    } catch (error) {
      report(error)
    }
  }
  const memo = { fn, ...settings, calls, fences, store, hits: 0, misses: 0 }
  const memoized = wrapperOf(memo)
  return dress(memoized, fn, membersOf(memo, memoized))
}

/** What a cache tells of its keys; others than ours do not say whom they remember. */
function observable(cache: Settings["cache"]): Parameters<typeof createCallIndex>[0] {
  const { entry, knows, subscribe } = cache as Partial<Cache<unknown, unknown>>
  const know = (entry && knows) ?? cache.has
  return { knows: (call) => know.call(cache, call), subscribe: subscribe?.bind(cache) }
}
