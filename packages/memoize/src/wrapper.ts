import type { MapLike } from "@evictionary/core"
import type { CallIndex } from "./call-index.ts"
import type { Fences } from "./fences.ts"
import { type MaybeIterator, refuseIterator } from "./settings.ts"

/** A function whose types are of no concern. */
export type Callable = (this: unknown, ...args: unknown[]) => unknown

/** What stands behind a memoized function. */
export interface Memo {
  readonly fn: Callable
  readonly cache: Pick<MapLike<unknown, unknown>, "get" | "has" | "set">
  readonly key: Callable | undefined
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
  const { fn, cache, key: makeKey, calls, fences } = memo

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
    refuseIterator(value as MaybeIterator)
    if (!makeKey && args.length !== 1) key = apply(calls.add, this, args)
    if (fences.cleared <= start && !fences.has(key, start)) cache.set(key, value)
    return value
  }
}

/** Gives `wrapper` what `fn` has, its name and length among it, and `members` in place of that. */
export function dress<W extends object, M extends object>(
  wrapper: W,
  fn: object,
  members: M,
): W & M {
  for (const name of Reflect.ownKeys(fn)) {
    if (!Object.hasOwn(members, name)) {
      Object.defineProperty(wrapper, name, Object.getOwnPropertyDescriptor(fn, name)!)
    }
  }
  return Object.assign(wrapper, members)
}
