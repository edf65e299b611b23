import type { MapLike } from "@evictionary/core"
import type { CallIndex } from "./call-index.ts"
import type { Fences } from "./fences.ts"

/** A function whose types are of no concern. */
export type Callable = (this: unknown, ...args: unknown[]) => unknown

/** What stands behind a memoized function. */
export interface Memo {
  readonly fn: Callable
  readonly cache: Pick<MapLike<unknown, unknown>, "get" | "has" | "set">
  readonly makeKey: Callable | undefined
  readonly calls: CallIndex
  readonly fences: Fences
  hits: number
  misses: number
}

// Taken now, so that nobody who replaces or memoizes it later interferes.
export const apply: typeof Reflect.apply = Reflect.apply

/**
 * Makes the function that takes the calls.
 *
 * The key of a call is what `makeKey` says; without that, the argument if there is just one, else
 * the `Call` that `calls` has for the arguments, which is made when there is something to store.
 *
 * `args` is only measured, indexed and handed to `apply`: as long as no other use is made of it,
 * V8 does not create the array. Few variables and no `try` keep the frame small, for the sake of
 * recursive functions: each of their calls has two frames on the stack, its own and this.
 */
export function wrapperOf(memo: Memo): Callable {
  const { fn, cache, makeKey, calls, fences } = memo
  const { find, findPair, add } = calls

  return function (...args) {
    let key = makeKey
      ? apply(makeKey, this, args)
      : args.length === 1
        ? args[0]
        : args.length === 2
          ? findPair(args[0], args[1])
          : apply(find, this, args)
    let value = cache.get(key)
    if (value !== undefined || cache.has(key)) {
      memo.hits++
      return value
    }
    memo.misses++
    const start = fences.time
    fences.running++
    value = apply(fn, this, args)
    fences.running--
    if (!makeKey && args.length !== 1) key = apply(add, this, args)
    if (fences.cleared <= start && !fences.has(key, start)) cache.set(key, value)
    return value
  }
}
