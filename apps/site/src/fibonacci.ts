import { memoize } from "@evictionary/memoize"
import { registry } from "evictionary"

/** A call of fib, in the order in which calls begin. */
export interface Call {
  readonly n: number
  /** The call that made this one; `undefined` for the first. */
  readonly parent: number | undefined
  readonly depth: number
  /** Whether a cache answered, so that the body did not run. */
  cached: boolean
}

/** All calls of fib(n), with a cache of the strategy, or without any. */
export function callsOf(n: number, strategy?: string, capacity = 128): Call[] {
  const calls: Call[] = []
  let parent: number | undefined
  let ran = false
  const body = (n: number): number => {
    ran = true
    return n < 2 ? n : called(n - 1) + called(n - 2)
  }
  const fib =
    strategy === undefined ? body : memoize(body, { strategy: registry.get(strategy), capacity })
  function called(n: number): number {
    const outer = parent
    const index = calls.length
    const depth = outer === undefined ? 0 : calls[outer]!.depth + 1
    calls.push({ n, parent: outer, depth, cached: false })
    parent = index
    ran = false
    const value = fib(n)
    if (!ran) calls[index]!.cached = true
    parent = outer
    ran = true
    return value
  }
  called(n)
  return calls
}

/** How often the body of fib(n) runs with each capacity from 1 to `most`. */
export function runsByCapacity(n: number, strategy: string, most: number): number[] {
  return Array.from({ length: most }, (_, i) => {
    let runs = 0
    const fib = memoize(
      (n: number): number => {
        runs++
        return n < 2 ? n : fib(n - 1) + fib(n - 2)
      },
      { strategy: registry.get(strategy), capacity: i + 1 },
    )
    fib(n)
    return runs
  })
}
