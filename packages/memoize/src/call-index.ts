import type { Cache, MapLike } from "@evictionary/core"
import type { Fences } from "./fences.ts"

/** The arguments of one call, none or several, as its key in a cache. */
export class Call {
  /** @internal The call with the same arguments but the last. */
  readonly parent: Call | undefined
  /** @internal The last argument. */
  readonly last: unknown
  /** @internal The calls with one argument more, by that argument. */
  longer: Map<unknown, Call> | undefined

  /** @internal */
  constructor(parent?: Call, last?: unknown) {
    this.parent = parent
    this.last = last
    this.longer = undefined
  }

  /** The arguments, in order. O(arity). */
  get args(): unknown[] {
    return this.parent ? [...this.parent.args, this.last] : []
  }
}

/** Stands for any call that the index does not know. No cache has it. */
const UNKNOWN: Call = new Call()

type Observable = Pick<MapLike<unknown, unknown>, "has"> & {
  readonly subscribe?: Cache<unknown, unknown>["subscribe"] | undefined
}

/** From argument lists to the {@link Call} that is their key. */
export interface CallIndex {
  /** The call with these arguments; if it is not here, one that no cache has. */
  find(...args: unknown[]): Call
  /** The same for two arguments, which are frequent enough to be spared the array. */
  findPair(first: unknown, second: unknown): Call
  /** The call with these arguments, which is here from now on until it is released. */
  add(...args: unknown[]): Call
  /** Forgets `key` if it is a call that nothing needs: no entry, no fence, no longer call. */
  release(key: unknown): void
  /** Releases all calls. */
  sweep(): void
}

/**
 * Makes an index of the calls that have an entry in `cache`: exact, with the equality of `Map`
 * (SameValueZero) in each place, and O(arity), however many calls there are.
 *
 * It is a trie. A call stands at the end of the path that its arguments make from `root`, and is
 * there because the cache has an entry for it or for a longer call. When that entry leaves, the
 * call is released: our caches tell. Others evict in silence, and no cache tells that it has not
 * stored something at all; so when the number of calls has doubled, all are released that nobody
 * needs, and there are never more than 64 and twice as many as were needed the last time.
 *
 * The cache refers to the index as a listener, and the index does not refer to the memoized
 * function; so that may be collected before the cache.
 */
export function createCallIndex(cache: Observable, fences: Pick<Fences, "has">): CallIndex {
  const root = new Call()
  let size = 0
  let sweepAt = 64
  let subscribed: true | undefined

  const findPair = (first: unknown, second: unknown): Call =>
    root.longer?.get(first)?.longer?.get(second) ?? UNKNOWN

  function find(...args: unknown[]): Call {
    let call = root
    for (const arg of args) call = call.longer?.get(arg) ?? UNKNOWN
    return call
  }

  function add(...args: unknown[]): Call {
    if (!subscribed) cache.subscribe?.({ onRemoval: release })
    subscribed = true
    if (size >= sweepAt) sweep()
    let call = root
    for (const arg of args) {
      call.longer ??= new Map()
      let next = call.longer.get(arg)
      if (!next) {
        next = new Call(call, arg)
        call.longer.set(arg, next)
        size++
      }
      call = next
    }
    return call
  }

  function release(key: unknown): void {
    let call = key
    while (
      call instanceof Call &&
      // It may have been released before, and another stand in its place.
      call.parent?.longer?.get(call.last) === call &&
      !(call.longer?.size || cache.has(call) || fences.has(call))
    ) {
      call.parent.longer.delete(call.last)
      size--
      call = call.parent
    }
  }

  function sweep(): void {
    const calls = [root]
    // The list grows as it is read. Who goes takes along those above who are not needed any more.
    for (const call of calls) {
      for (const longer of call.longer?.values() ?? []) calls.push(longer)
      release(call)
    }
    sweepAt = 64 + 2 * size
  }

  return { find, findPair, add, release, sweep }
}
