import type { MapLike } from "@evictionary/core"
import type { CallIndex } from "./call-index.ts"
import type { Fences } from "./fences.ts"
import { refuseIterator } from "./iterator.ts"

/** A function whose types are of no concern. */
export type Callable = (this: unknown, ...args: unknown[]) => unknown

/** What stands behind a memoized function. */
export interface Memo {
  readonly fn: Callable
  readonly cache: Pick<MapLike<unknown, unknown>, "get" | "has">
  readonly key: Callable | undefined
  readonly calls: CallIndex
  readonly fences: Fences
  /** Stores a result. Never throws: whatever is wrong with the cache, the caller has his result. */
  store(key: unknown, value: unknown): void
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
  const { fn, cache, key: makeKey, calls, fences, store } = memo

  return function (...args) {
    let key = makeKey
      ? apply(makeKey, this, args)
      : args.length === 1
        ? args[0]
        : args.length === 2
          ? calls.findPair(args[0], args[1])
          : apply(calls.find, this, args)
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
    refuseIterator(value)
    if (!makeKey && args.length !== 1) key = apply(calls.add, this, args)
    if (fences.cleared <= start && !fences.has(key, start)) store(key, value)
    return value
  }
}

/** Gives `wrapper` what `fn` has, its name and length among it, and `members` in place of that. */
export function dress<W extends object, M extends object>(
  wrapper: W,
  fn: object,
  members: M,
): W & M {
  const { getOwnPropertyDescriptors: own } = Object
  return Object.defineProperties(wrapper, { ...own(fn), ...own(members) }) as W & M
}
