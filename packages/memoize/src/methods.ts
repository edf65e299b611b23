import {
  CacheError,
  checkFunction,
  invalid,
  type MapLike,
  reporter,
  splitOptions,
} from "@evictionary/core"
import { memoizeOn } from "./memoize.ts"
import type { AnyFunction, Memoized, ParametersOf, ResultOf } from "./memoized.ts"
import type { AnyStrategy } from "./options.ts"
import { checked, settingsFrom } from "./settings.ts"
import { apply, type Callable, dress } from "./wrapper.ts"

/** What a strategy `S` must be told of the cache of each object, and may be told beside it. */
export type MethodOptions<S extends AnyStrategy, K extends AnyFunction> = NonNullable<
  Parameters<S>[0]
> & {
  /** As in {@link memoize}; `this` is the object. Its parameters need types of their own. */
  key?: K | undefined
  cache?: never
}

/** Decorates methods, and getters, whose arguments `key` can take. */
export interface MemoizedDecorator<K extends AnyFunction> {
  <F extends AnyFunction>(method: F & KeyedBy<K, F>, context: ClassMethodDecoratorContext): F
  <This, R>(
    getter: (this: This) => R,
    context: ClassGetterDecoratorContext<This, R>,
  ): (this: This) => R
}

/** Rejects a method whose arguments are not for `key`. */
type KeyedBy<K extends AnyFunction, F extends AnyFunction> = [K] extends [
  (...args: ParametersOf<F>) => unknown,
]
  ? unknown
  : never

/** The key that goes with any method. */
type NoKey = () => unknown

/** The method of a member: of a getter, the function without parameters that it is. */
export type MethodOf<M> = M extends AnyFunction ? M : () => M

/** A method of one object, memoized. */
export type MemoizedMethod<F extends AnyFunction> = Memoized<F, MapLike<unknown, ResultOf<F>>>

/** By decorated method, how to find, or else to make, the memoized method of an object. */
const methods = new WeakMap<object, (self: object) => Callable>()

/**
 * Decorates a method or a getter, static and private ones too, so that it is memoized for each
 * object by itself, as by {@link memoize}. The cache of an object is made at the first call, has its
 * own bound, and goes with the object. For static methods, the object is the class they are called
 * on.
 *
 * It is a standard decorator (stage 3; TypeScript 5 or newer without `experimentalDecorators`).
 * A method that is called without an object as `this` just runs.
 *
 * @param strategy A strategy, or any function that makes a cache of its options.
 * @param options The options of the strategy for the cache of each object, and `key`.
 * @throws {CacheError} `UNSUPPORTED` if it is used as another kind of decorator, or on something
 * else; `INVALID_OPTION`, or what the strategy throws, when the class is defined.
 *
 * @example
 * ```ts
 * class Shop {
 *   @memoized(lru, { capacity: 100 })
 *   price(article: string, pieces: number): number {
 *     return this.lookUp(article) * pieces
 *   }
 * }
 *
 * cacheOf(shop, "price").delete("tea", 2)
 * ```
 */
export function memoized<S extends AnyStrategy, K extends AnyFunction = NoKey>(
  strategy: S,
  options: MethodOptions<S, K>,
): MemoizedDecorator<K>
export function memoized<S extends AnyStrategy, K extends AnyFunction = NoKey>(
  options: MethodOptions<S, K> & { strategy: S },
): MemoizedDecorator<K>
export function memoized(strategy: () => MapLike<unknown, unknown>): MemoizedDecorator<NoKey>
export function memoized(given: unknown, more?: object): unknown {
  return (method: Callable, context: DecoratorContext | undefined): Callable => {
    if (context?.kind !== "method" && context?.kind !== "getter") throw misused()
    const isStrategy = typeof given === "function"
    const [, options] = splitOptions(checked(method, Object(isStrategy ? more : given)), [])
    if (isStrategy) options.strategy = given
    checkFunction("INVALID_OPTION", "strategy", options.strategy)
    const settings = () => settingsFrom(options)
    // To no other end than to throw now what each object would throw at its first call.
    settings()

    const report = reporter()
    const memos = new WeakMap<object, Callable>()
    function memoOf(self: object): Callable {
      let memo = memos.get(self)
      if (!memo) {
        const { cache, key } = settings()
        memo = memoizeOn(method.bind(self), { cache, key: key?.bind(self) }, report)
        memos.set(self, memo)
      }
      return memo
    }
    const decorated = dress(
      function (this: unknown, ...args: unknown[]): unknown {
        const memo = memos.get(this as object) ?? (isObject(this) ? memoOf(this) : method)
        return apply(memo, this, args)
      },
      method,
      {},
    )
    methods.set(decorated, memoOf)
    return decorated
  }
}

/**
 * The memoized method of an object, bound to it: with its cache, and members that delete, prime or
 * count the calls of this object. Holding it holds the object. If the method was not called yet, its
 * cache is made now.
 *
 * If a subclass overrides the method, it is the nearest memoized one; `cacheOf(object, f)` has that
 * of the method `f`, as in `cacheOf(this, super.price)` and, for private ones, `cacheOf(this,
 * this.#price)`. A private getter cannot be had.
 *
 * @param method The name of a memoized method or getter of the object, or the function itself.
 * @throws {CacheError} `INVALID_ARGUMENT` if the object has no such memoized method.
 */
export function cacheOf<F extends AnyFunction>(object: object, method: F): MemoizedMethod<F>
export function cacheOf<T extends object, N extends keyof T>(
  object: T,
  name: N,
): MemoizedMethod<MethodOf<T[N]>>
export function cacheOf(object: object, method: PropertyKey | AnyFunction): unknown {
  if (!isObject(object)) throw invalid("INVALID_ARGUMENT", "object", "an object", object)
  const memoOf = typeof method === "function" ? methods.get(method) : named(object, method)
  if (!memoOf) {
    throw invalid("INVALID_ARGUMENT", "method", "a memoized method or getter of the object", method)
  }
  return memoOf(object)
}

/** The nearest memoized method or getter of this name. */
function named(object: object, name: PropertyKey): ReturnType<typeof methods.get> {
  for (let holder: object | null = object; holder; holder = Reflect.getPrototypeOf(holder)) {
    const { get, value } = Reflect.getOwnPropertyDescriptor(holder, name) ?? {}
    const memoOf = methods.get(get ?? value)
    if (memoOf) return memoOf
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return Object(value) === value
}

function misused(): CacheError {
  return new CacheError(
    "UNSUPPORTED",
    "`@memoized(strategy, options)` is a standard decorator of methods and getters: in TypeScript, " +
      "`experimentalDecorators` must be off",
  )
}
