import type { Cache } from "@evictionary/core"
import { asyncMembersOf } from "./async-members.ts"
import type { AsyncMemoized } from "./async-memoized.ts"
import {
  type AsyncCacheOrOptions,
  type AsyncFunction,
  type AsyncStrategyOptions,
  asyncSettingsFrom,
  type ValueOf,
} from "./async-options.ts"
import { type AsyncMapLike, accessTo } from "./cache-access.ts"
import { createCallIndex } from "./call-index.ts"
import { createLoader } from "./loader.ts"
import type { AnyStrategy } from "./options.ts"
import type { Run } from "./run.ts"
import { type Callable, dress } from "./wrapper.ts"

/** Rejects a cache `C` that does not take values of type `V`. */
type Taking<V, C> = C extends { set(key: never, value: infer W): unknown }
  ? [V] extends [W]
    ? unknown
    : never
  : never

/**
 * Makes a function that runs `fn` once for each list of arguments and remembers what its promise
 * is for. It is {@link memoize} for functions that return promises: the second argument, the keys
 * and the members are the same.
 *
 * - Calls share a run as long as it runs. Each may have its own `AbortSignal`, by `with`; the run is
 *   aborted when nobody waits any more, by the signal of {@link currentLoad}.
 * - A rejection reaches all who wait, and is not cached unless `cacheErrors` says so.
 * - The time to live begins when the promise is fulfilled. What is old may be given as long as
 *   `staleWhileRevalidate` and `staleIfError` say.
 * - What is said by name of a running call wins over its result: after `delete`, `clear`, `prime` or
 *   `refresh`, those who wait get it all the same, but it is not stored, and a new call runs anew.
 * - The capacity is for results; what is running does not count, and eviction disturbs nobody.
 * - A call that its own run waits for, directly or through others, is rejected with `CYCLE`, and
 *   the message names them all. Any call made in a run counts as waited for. After an `await` in
 *   `fn`, it needs the platform's `AsyncLocalStorage` or `AsyncContext`, or V8's trace of the stack;
 *   without them such calls wait for ever. A run that deletes or refreshes its own key and calls
 *   again begins another run: that is recursion, and should end.
 *
 * The methods of the cache may return promises. Nobody waits for one of them longer than `budget`,
 * and a cache that fails is as good as empty: `onCacheError` is told, not the caller. It then needs
 * a `key`, unless calls have one argument. If the cache has `getOrLoad`, calls are made through it,
 * and what is overruled in another process while it is loaded is not stored.
 *
 * @param cacheOrOptions A cache; or `{ strategy, ... }`, with the options of the strategy beside
 * {@link AsyncOptions}; or `{ cache, ... }` with the latter.
 * @throws {CacheError} As `memoize`.
 *
 * @example
 * ```ts
 * const user = memoizeAsync(
 *   (id: string) => fetchJson(`/users/${id}`, { signal: currentLoad().signal }),
 *   { strategy: lru, capacity: 1_000, ttl: 60_000, staleWhileRevalidate: 600_000 },
 * )
 * await user("7")
 * ```
 */
export function memoizeAsync<F extends AsyncFunction>(
  fn: F,
  cacheOrOptions: AsyncCacheOrOptions<F, Cache<unknown, ValueOf<F>>>,
): AsyncMemoized<F, Cache<unknown, ValueOf<F>>>
export function memoizeAsync<F extends AsyncFunction, S extends AnyStrategy>(
  fn: F,
  options: AsyncStrategyOptions<F, S>,
): AsyncMemoized<F, Cache<unknown, ValueOf<F>>>
export function memoizeAsync<F extends AsyncFunction, C extends AsyncMapLike<unknown, unknown>>(
  fn: F,
  cacheOrOptions: AsyncCacheOrOptions<F, C & Taking<ValueOf<F>, C>>,
): AsyncMemoized<F, C>
export function memoizeAsync(fn: Callable, cacheOrOptions: unknown): Callable {
  const settings = asyncSettingsFrom(fn, cacheOrOptions)
  const access = accessTo(settings.cache, settings.budget, settings.onCacheError)
  const runs = new Map<unknown, Run>()
  const calls = createCallIndex(access, runs)
  const counts = { hits: 0, misses: 0, joins: 0, loading: 0, failures: 0, loads: 0, loadTime: 0 }
  const memo = { fn, ...settings, access, calls, runs, ...counts }
  const loader = createLoader(memo)
  const memoized: Callable = function (...args) {
    return loader.call(this, args)
  }
  return dress(memoized, fn, asyncMembersOf(memo, loader, memoized))
}
