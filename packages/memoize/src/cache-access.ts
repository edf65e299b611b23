import { type Cache, CacheError, type EntryTerms, invalid, reporter } from "@evictionary/core"
import { Call } from "./call-index.ts"

/** A cache as `memoizeAsync` takes it: a `MapLike`, or one whose methods return promises. */
export interface AsyncMapLike<K, V> {
  get(key: K): V | undefined | PromiseLike<V | undefined>
  has(key: K): boolean | PromiseLike<boolean>
  set(key: K, value: V): unknown
  delete(key: K): boolean | PromiseLike<boolean>
  clear(): unknown
  /**
   * The value of a key; if there is none, the result of `load`, which the cache stores unless the
   * key was overruled meanwhile, here or elsewhere. It calls `load` once at most, also after it has
   * given a value, to renew it. The type of what that promises is that of no value, and so of any.
   */
  getOrLoad?(key: K, load: (key: K) => PromiseLike<never>): unknown
}

/** Any cache; ours have more. */
export interface AnyCache
  extends AsyncMapLike<unknown, unknown>,
    Partial<
      Pick<
        Cache<unknown, unknown>,
        "capacity" | "entry" | "knows" | "peek" | "size" | "strategyName" | "subscribe"
      >
    > {
  set(key: unknown, value: unknown, terms?: EntryTerms): unknown
}

/** What a cache was asked for when it failed; or `"refresh"`, which failed in the background. */
export type CacheOperation = "clear" | "delete" | "get" | "has" | "refresh" | "set"

/** Gets the errors that reach no caller. */
export type CacheErrorListener = (error: unknown, operation: CacheOperation, key: unknown) => void

/** What a lookup finds where there is nothing, and what a cache says that failed. */
export const NOTHING: unknown = /* @__PURE__ */ Symbol("nothing")

/** Stands for all keys. */
const ALL: unknown = /* @__PURE__ */ Symbol("all")

/** The longest time that timers know, about 25 days. */
const LONGEST = 2_147_483_647

interface Timers {
  setTimeout(callback: () => void, delay: number): { unref?(): void }
  clearTimeout(timeout: unknown): void
}

/**
 * A cache that may take its time and may fail, as one that does neither. What a cache tells at
 * once is told at once.
 */
export interface CacheAccess {
  /**
   * The value of `key`, or `NOTHING`. Counts and promotes as the cache does. What is promised to be
   * `undefined` is nothing.
   */
  find(key: unknown): unknown
  /**
   * Does something with `key`, and tells what the cache says, or `NOTHING` if it fails. As long as
   * the cache is changing a key, whatever else is to be done with that has to wait: so nothing
   * overtakes. The budget includes that wait; whose budget is spent before his turn has his change
   * made all the same, when it comes.
   */
  use(operation: CacheOperation, key: unknown, act: () => unknown): unknown
  readonly report: CacheErrorListener
  /** Whether there is an entry; false if the cache has to think about it. */
  has(key: unknown): boolean
  /** Whether there is an entry, or may be one that has left and is remembered. */
  knows(key: unknown): boolean
  readonly subscribe: AnyCache["subscribe"]
}

export function accessTo(
  cache: AnyCache,
  budget: number,
  onCacheError: CacheErrorListener | undefined,
): CacheAccess {
  const report = reporter(onCacheError)
  /** The last change of a key that the cache is busy with. */
  const changes = new Map<unknown, Promise<unknown>>()

  function find(key: unknown): unknown {
    const value = changes.size > 0 ? use("get", key, () => cache.get(key)) : look(key)
    // To ask a second time would tell about another time.
    if (value instanceof Promise) return value.then((late) => (late === undefined ? NOTHING : late))
    return value !== undefined || has(key) ? value : NOTHING
  }

  /** The same where nobody has to wait, without a function for each call. */
  function look(key: unknown): unknown {
    try {
      const value = cache.get(key)
      return isPromise(value) ? kept(value, "get", key) : value
    } catch (error) {
      report(error, "get", key)
      return NOTHING
    }
  }

  const has = (key: unknown) => use("has", key, () => cache.has(key)) === true

  const isOurs = cache.entry !== undefined
  const knows = (key: unknown) =>
    isOurs && cache.knows ? use("has", key, () => cache.knows?.(key)) === true : has(key)

  function use(operation: CacheOperation, key: unknown, act: () => unknown): unknown {
    const all = operation === "clear"
    const before = all
      ? changes.size > 0 && Promise.all(changes.values())
      : (changes.get(key) ?? changes.get(ALL))
    const answer = ask(operation, key, before ? () => before.then(act) : act)
    if (answer instanceof Promise && operation !== "get" && operation !== "has") {
      if (all) changes.clear()
      const changing = all ? ALL : key
      changes.set(changing, answer)
      answer.then(() => changes.get(changing) === answer && changes.delete(changing))
    }
    return answer
  }

  function ask(operation: CacheOperation, key: unknown, act: () => unknown): unknown {
    try {
      const answer = act()
      return isPromise(answer) ? kept(answer, operation, key) : answer
    } catch (error) {
      report(error, operation, key)
      return NOTHING
    }
  }

  /** What is promised comes as a promise of our own, which is kept in time, and never rejected. */
  async function kept(
    answer: PromiseLike<unknown>,
    operation: CacheOperation,
    key: unknown,
  ): Promise<unknown> {
    try {
      return await inTime(answer, operation, key)
    } catch (error) {
      // If the stack is full, there is room to report that later; nobody may be there to catch it.
      await undefined
      // It may not have been waited for, and fail yet.
      if (answer instanceof Promise) answer.catch(() => {})
      report(error, operation, key)
      return NOTHING
    }
  }

  async function inTime(answer: PromiseLike<unknown>, operation: CacheOperation, key: unknown) {
    const timers = globalThis as unknown as Timers
    let timeout: { unref?(): void } | undefined
    try {
      // One promise, which is waited for: another might be rejected where there is no room to do so.
      return await new Promise((resolve, reject) => {
        // No other call and no other process has the same `Call`.
        if (key instanceof Call) {
          reject(
            invalid("INVALID_OPTION", "key", "a function if the cache returns promises", undefined),
          )
        }
        answer.then(resolve, reject)
        timeout = timers.setTimeout(
          () => reject(new CacheError("TIMEOUT", `\`${operation}\` took more than ${budget} ms`)),
          Math.min(budget, LONGEST),
        )
        // It is not for a program to wait for.
        timeout.unref?.()
      })
    } finally {
      timers.clearTimeout(timeout)
    }
  }

  // What others tell to who subscribes may be something else.
  const subscribe = isOurs ? cache.subscribe?.bind(cache) : undefined
  return { find, use, report, has, knows, subscribe }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  const mayHave = typeof value === "object" ? value !== null : typeof value === "function"
  return mayHave && typeof (value as PromiseLike<unknown>).then === "function"
}
