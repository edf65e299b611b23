import type { MapLike } from "@evictionary/core"
import { memoize } from "@evictionary/memoize"

/** One call of fib, with those that it made in turn. */
export interface Call {
  n: number
  value: number
  /** What it did for its value. */
  how: "computed" | "computed again" | "read from the cache"
  calls: Call[]
}

/** Computes fib(n) and writes down every call; with `cache`, as a memoized function makes them. */
export function traceFib(n: number, cache?: MapLike<number, number>): Call {
  const root: Call[] = []
  const computed = new Set<number>()
  let siblings = root
  let how: Call["how"]

  const body = (n: number): number => {
    how = computed.has(n) ? "computed again" : "computed"
    const mine = how
    computed.add(n)
    const value = n < 2 ? n : called(n - 1) + called(n - 2)
    how = mine
    return value
  }
  const fib = cache === undefined ? body : memoize(body, cache)
  const called = (n: number): number => {
    const calls: Call[] = []
    const outer = siblings
    siblings = calls
    how = "read from the cache"
    const value = fib(n)
    siblings = outer
    outer.push({ n, value, how, calls })
    return value
  }

  called(n)
  return root[0]!
}

/** How many calls of the tree are of each kind. */
export function tally(call: Call): Record<Call["how"], number> & { calls: number } {
  const sums = { calls: 1, computed: 0, "computed again": 0, "read from the cache": 0 }
  sums[call.how]++
  for (const inner of call.calls.map(tally)) {
    for (const key of ["calls", "computed", "computed again", "read from the cache"] as const) {
      sums[key] += inner[key]
    }
  }
  return sums
}
