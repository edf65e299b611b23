import { type Cache, isFullMap, Placed } from "@evictionary/core"

// Taken now, so that it stays what it is if somebody replaces it, by a memoized one for example.
const { imul } = Math

/** The arguments of one call, none or several, as its key in a cache. */
export class Call extends Placed {
  /** @internal The call with the same arguments but the last. */
  readonly parent: Call | undefined
  /** @internal The last argument. */
  readonly last: unknown
  /** @internal The calls with one argument more, by that argument. */
  longer: Map<unknown, Call> | undefined

  /** @internal */
  constructor(parent?: Call, last?: unknown) {
    super()
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
const UNKNOWN: Call = /* @__PURE__ */ new Call()

interface Observable {
  /** Whether there is an entry, or was one that is remembered. */
  knows(call: unknown): boolean
  readonly subscribe?: Cache<unknown, unknown>["subscribe"] | undefined
}

/** There are no more than 2^21 places where pairs are looked for first. */
const LEAST_SHIFT = 11

/** Stands where no pair is; no argument is the same as its last. */
const NONE: Call = /* @__PURE__ */ new Call(UNKNOWN, Number.NaN)

/** From argument lists to the {@link Call} that is their key. */
export interface CallIndex {
  /** The call with these arguments; if it is not here, one that no cache has. */
  find(...args: unknown[]): Call
  /** The same for two arguments, which are frequent enough to be spared the array. */
  findPair(first: unknown, second: unknown): Call
  /** The call with these arguments, which is here from now on until it is released. */
  add(...args: unknown[]): Call
  /** Forgets `key` if it is a call that nothing needs, and that no longer call begins with. */
  release(key: unknown): void
  /** Releases all calls. */
  sweep(): void
}

/**
 * Makes an index of the calls that a cache knows: exact, with the equality of `Map` (SameValueZero)
 * in each place, and O(arity), however many calls there are.
 *
 * It is a trie. A call stands at the end of the path that its arguments make from `root`, and is
 * there because it or a longer call is needed: there is an entry, or the strategy remembers one, and
 * will know the call if it comes back; or something is `waiting` for it. When an entry leaves, its
 * call is released if it is not remembered: our caches tell. Others evict in silence, and no cache
 * tells when it forgets what it remembered, or that it has not stored something at all; so when the
 * number of calls has doubled, all are released that nobody needs, and there are never more than 64
 * and twice as many as were needed the last time.
 *
 * Two numbers lead by their hash to a place, where their call may be, or beside; else it is found in
 * the trie, and put there.
 *
 * The cache refers to the index as a listener, and the index does not refer to the memoized
 * function; so that may be collected before the cache.
 */
export function createCallIndex(
  cache: Observable,
  waiting: { has(call: unknown): boolean },
): CallIndex {
  const root = new Call()
  let recent = [NONE, NONE]
  let shift = 31
  let size = 0
  let sweepAt = 64
  let subscribed: true | undefined

  function findPair(first: unknown, second: unknown): Call {
    const place = placeOf(first, second)
    const call = recent[place]!
    if (call.last === second && call.parent!.last === first) return call
    const other = recent[place ^ 1]!
    if (other.last === second && other.parent!.last === first) return other
    const found = root.longer?.get(first)?.longer?.get(second)
    if (found) put(found)
    return found ?? UNKNOWN
  }

  const placeOf = (first: unknown, second: unknown): number => {
    if (typeof first !== "number" || typeof second !== "number") return 0
    // Of neighbours, a product alone would put many in one place.
    const mixed = imul(first, 0x85ebca6b) + imul(second, 0x9e3779b1)
    return (imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> shift) | 0
  }

  /** The one that was there goes to the place beside. */
  function put(pair: Call): void {
    const place = placeOf(pair.parent!.last, pair.last)
    recent[place ^ 1] = recent[place]!
    recent[place] = pair
  }

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
        enter(call, next)
        size++
      }
      call = next
    }
    if (args.length === 2) {
      if (4 * size > recent.length && shift > LEAST_SHIFT) empty(shift - 1)
      put(call)
    }
    return call
  }

  /**
   * A Map takes no more than 2^24 arguments. When it is full, another takes its place, and what the
   * first led to is forgotten; the next sweep counts who is left.
   */
  function enter(call: Call, next: Call): void {
    try {
      call.longer!.set(next.last, next)
    } catch (error) {
      if (!isFullMap(error)) throw error
      call.longer = new Map([[next.last, next]])
      sweepAt = 0
    }
  }

  function empty(bits: number): void {
    recent = []
    for (let left = 2 ** (32 - bits); left > 0; left--) recent[recent.length] = NONE
    shift = bits
  }

  function release(key: unknown): void {
    let call = key
    while (
      call instanceof Call &&
      // It may have been released before, and another stand in its place.
      call.parent?.longer?.get(call.last) === call &&
      !(call.longer?.size || cache.knows(call) || waiting.has(call))
    ) {
      // What is released must not be found.
      const place = placeOf(call.parent.last, call.last)
      for (const at of [place, place ^ 1]) if (recent[at] === call) recent[at] = NONE
      call.parent.longer.delete(call.last)
      size--
      call = call.parent
    }
  }

  function sweep(): void {
    const calls = [root]
    const before = size
    // The list grows as it is read. Who goes takes along those above who are not needed any more.
    for (const call of calls) {
      for (const longer of call.longer?.values() ?? []) calls.push(longer)
      release(call)
    }
    size += calls.length - 1 - before
    sweepAt = 64 + 2 * size
    empty(31)
  }

  return { find, findPair, add, release, sweep }
}
