import type { Cache } from "@evictionary/core"
import { type Memoized, memoize } from "@evictionary/memoize"

/** Without a cache: exponential. */
export function plainFib(n: number): number {
  return n < 2 ? n : plainFib(n - 1) + plainFib(n - 2)
}

/** The same with a cache between the calls. */
export function cachedFib(cache: Cache<number, number>): Memoized<(n: number) => number> {
  const fib = memoize((n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)), cache)
  return fib
}

/** How often {@link plainFib} is called for one `fib(n)`, in any language. */
export function plainCalls(n: number): number {
  return 2 * expectedFib(n + 1) - 1
}

/** The right result, found in another way. */
export function expectedFib(n: number): number {
  let [value, next] = [0, 1]
  for (let i = 0; i < n; i++) [value, next] = [next, value + next]
  return value
}
