import type { LRUCache } from "@evictionary/lru-cache"
import { about, outcome, pass, same, thrown } from "./behaviours.ts"

type Event = unknown[]

/** A fetch method that takes ten milliseconds, and the calls of it. */
function slow(calls: unknown[] = []) {
  return async (key: string, stale: unknown, { signal }: { signal: AbortSignal }) => {
    calls.push([key, stale])
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, 10)
      signal.addEventListener("abort", () => reject(signal.reason))
    })
    return `${key}${calls.length}`
  }
}

const failing = async () => {
  throw new Error("down")
}

about("bounds")
same(
  "`max` evicts what was used least recently",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 2 })
    cache.set("a", 1).set("b", 2).get("a")
    return [...cache.set("c", 3).keys()]
  },
  ["c", "a"],
)
same(
  "overwriting promotes, `peek` and `has` do not",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    cache.set("a", 1).set("b", 2).set("c", 3).set("a", 4).peek("b")
    cache.has("b")
    return [...cache.rentries()]
  },
  [
    ["b", 2],
    ["c", 3],
    ["a", 4],
  ],
)
same(
  "`maxSize` evicts until the sizes fit",
  (Cache) => {
    const cache = new Cache<string, string>({ maxSize: 5, sizeCalculation: ({ length }) => length })
    cache.set("a", "xx").set("b", "xx").set("c", "xxx")
    return [[...cache.keys()], cache.calculatedSize, cache.size]
  },
  [["c", "b"], 5, 2],
)
same(
  "a larger value that fits evicts others",
  (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 5 })
    cache.set("a", 1, { size: 2 }).set("b", 2, { size: 2 }).set("b", 3, { size: 4 })
    return [[...cache.entries()], cache.calculatedSize]
  },
  [[["b", 3]], 4],
)
same(
  "what is above `maxEntrySize` is not stored, and what was there goes",
  (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 10, maxEntrySize: 3 })
    const status: LRUCache.Status<string, number> = {}
    cache.set("a", 1, { size: 1 }).set("a", 2, { size: 4, status })
    return [cache.has("a"), status.set, status.maxEntrySizeExceeded]
  },
  [false, "miss", true],
)
same(
  "`maxEntrySize` alone counts sizes without a bound",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 2, maxEntrySize: 3 })
    cache.set("a", 1, { size: 3 }).set("b", 2, { size: 3 }).set("c", 3, { size: 3 })
    return [cache.calculatedSize, cache.size]
  },
  [6, 2],
)
same(
  "a size that is missing or no positive integer throws, and changes nothing",
  (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 10 })
    cache.set("a", 1, { size: 1 })
    const sizes = [undefined, 0, -1, 1.5]
    const errors = sizes.map((size) => thrown(() => cache.set("a", 2, size ? { size } : {})))
    return [errors.includes("nothing"), cache.get("a")]
  },
  [false, 1],
)
same(
  "a size where nothing has sizes throws",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 10 })
    return thrown(() => cache.set("a", 1, { size: 1 })) !== "nothing"
  },
  true,
)
same(
  "a cache needs `max`, `maxSize` or `ttl`",
  (Cache) => thrown(() => new Cache({} as never)) !== "nothing",
  true,
)
same(
  "`pop` takes the one that would leave next",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    cache.set("a", 1).set("b", 2).get("a")
    return [cache.pop(), cache.pop(), cache.pop(), cache.size]
  },
  [2, 1, undefined, 0],
)

about("values")
same(
  "`set` gives the cache, with `undefined` it deletes",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    return [cache.set("a", 1) === cache, cache.set("a", undefined).has("a"), cache.size]
  },
  [true, false, 0],
)
same(
  "falsy values are values",
  (Cache) => {
    const cache = new Cache<number, unknown & {}>({ max: 5 })
    for (const value of [0, "", false, Number.NaN]) cache.set(cache.size, value)
    return [...cache.rvalues()]
  },
  [0, "", false, Number.NaN],
)
same(
  "`delete` says whether there was an entry, `clear` removes all",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    cache.set("a", 1).set("b", 2)
    const deleted = [cache.delete("a"), cache.delete("a")]
    cache.clear()
    return [...deleted, cache.size, [...cache]]
  },
  [true, false, 0, []],
)
same(
  "keys are compared as in `Map`",
  (Cache) => {
    const cache = new Cache<unknown & {}, number>({ max: 9 })
    cache.set(1, 1).set("1", 2).set(1n, 3).set(true, 4).set(Number.NaN, 5).set(-0, 6)
    return [cache.get(1), cache.get("1"), cache.get(1n), cache.get(Number.NaN), cache.get(0)]
  },
  [1, 2, 3, 5, 6],
)
same(
  "an instance is the options of another",
  (Cache) => {
    const copy = new Cache(new Cache<string, number>({ max: 7, ttl: 5, allowStale: true }))
    return [copy.max, copy.maxSize, copy.ttl, copy.allowStale, copy.size]
  },
  [7, 0, 5, true, 0],
)
same(
  "options that are members can be changed",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 7, ttl: 50 })
    cache.ttl = 5
    cache.set("a", 1)
    cache.allowStale = true
    await pass(6)
    return [cache.getRemainingTTL("a"), cache.get("a")]
  },
  [-1, 1],
)
same(
  "it can be extended",
  (Cache) => {
    class Doubled extends Cache<string, number> {
      cache = "a member of its own"
      double(key: string): number {
        return 2 * (this.get(key) ?? 0)
      }
    }
    const cache = new Doubled({ max: 2 })
    cache.set("a", 1)
    return [cache.double("a"), cache instanceof Cache, Object.prototype.toString.call(cache)]
  },
  [2, true, "[object LRUCache]"],
)

about("time")
same(
  "a value is there when exactly `ttl` milliseconds have passed, and stale after",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    cache.set("a", 1)
    await pass(10)
    const before = [cache.has("a"), cache.getRemainingTTL("a"), cache.get("a")]
    await pass(1)
    return [before, cache.has("a"), cache.peek("a"), cache.getRemainingTTL("a"), cache.size]
  },
  [[true, 0, 1], false, undefined, -1, 1],
)
same(
  "`get` deletes what is stale, unless `noDeleteOnStaleGet`",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    cache.set("a", 1)
    await pass(11)
    const kept = [cache.get("a", { noDeleteOnStaleGet: true }), cache.size]
    return [kept, cache.get("a"), cache.size]
  },
  [[undefined, 1], undefined, 0],
)
same(
  "`allowStale` gives what is stale: `get` once, `peek` always",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    cache.set("a", 1)
    await pass(11)
    const allowStale = true
    return [
      cache.peek("a", { allowStale }),
      cache.get("a", { allowStale }),
      cache.get("a", { allowStale }),
    ]
  },
  [1, 1, undefined],
)
same(
  "`ttl: 0` stands for never, `set` has its own, and `start` says when it began",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 3, ttl: 10 })
    const start = cache.perf.now() - 5
    cache.set("a", 1, { ttl: 0 }).set("b", 2, { ttl: 20 }).set("c", 3, { start })
    await pass(6)
    return ["a", "b", "c", "d"].map((key) => cache.getRemainingTTL(key))
  },
  [Infinity, 14, -1, 0],
)
same(
  "`updateAgeOnGet` and `updateAgeOnHas` begin anew",
  async (Cache) => {
    const terms = { updateAgeOnGet: true, updateAgeOnHas: true }
    const cache = new Cache<string, number>({ max: 2, ttl: 10, ...terms })
    cache.set("a", 1).set("b", 2)
    await pass(6)
    cache.get("a")
    cache.has("b")
    await pass(6)
    const late = [cache.getRemainingTTL("a"), cache.getRemainingTTL("b")]
    cache.get("a", { updateAgeOnGet: false })
    return [...late, cache.getRemainingTTL("a")]
  },
  [4, 4, 4],
)
same(
  "`noUpdateTTL` keeps the time of a value that is overwritten",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    cache.set("a", 1)
    await pass(6)
    cache.set("a", 2, { noUpdateTTL: true })
    return [cache.getRemainingTTL("a"), cache.set("a", 3).getRemainingTTL("a")]
  },
  [4, 10],
)
same(
  "`purgeStale` removes what is stale, and says whether there was any",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 4, ttl: 10 })
    cache.set("a", 1).set("b", 2, { ttl: 50 })
    await pass(11)
    return [cache.size, cache.purgeStale(), cache.size, cache.purgeStale()]
  },
  [2, true, 1, false],
)
same(
  "`ttlAutopurge` removes what is stale without being asked, renewed entries later",
  async (Cache) => {
    const left: unknown[] = []
    const dispose = (...event: Event) => left.push(event)
    const terms = { ttl: 10, ttlAutopurge: true, updateAgeOnGet: true, dispose }
    const cache = new Cache<string, number>(terms)
    cache.set("a", 1).set("b", 2).set("c", 3, { ttl: 100 })
    await pass(6)
    cache.get("b")
    await pass(6)
    const first = [...left]
    await pass(6)
    return [first, left, cache.size]
  },
  [
    [[1, "a", "expire"]],
    [
      [1, "a", "expire"],
      [2, "b", "expire"],
    ],
    1,
  ],
)

about("listeners")
same(
  "`dispose` is told of values that leave, and why",
  async (Cache) => {
    const left: Event[] = []
    const cache = new Cache<string, number>({ max: 2, dispose: (...event) => left.push(event) })
    cache.set("a", 1).set("a", 2).set("b", 3).set("c", 4).delete("c")
    cache.set("d", 5, { ttl: 5 }).set("b", 3)
    await pass(6)
    cache.get("d")
    cache.pop()
    cache.set("e", 6).clear()
    return left
  },
  [
    [1, "a", "set"],
    [2, "a", "evict"],
    [4, "c", "delete"],
    [5, "d", "expire"],
    [3, "b", "evict"],
    [6, "e", "delete"],
  ],
)
same(
  "a value that is set again does not leave, nor does one with `noDisposeOnSet`",
  (Cache) => {
    const left: Event[] = []
    const cache = new Cache<string, number>({ max: 2, dispose: (...event) => left.push(event) })
    cache.set("a", 1).set("a", 1).set("a", 2, { noDisposeOnSet: true })
    return left
  },
  [],
)
same(
  "a value that is too large leaves by `set`",
  (Cache) => {
    const left: Event[] = []
    const cache = new Cache<string, number>({
      maxSize: 5,
      dispose: (...event) => left.push(event),
    })
    cache.set("a", 1, { size: 1 }).set("a", 2, { size: 6 })
    return left
  },
  [[1, "a", "set"]],
)
same(
  "`dispose` comes first, then `onInsert`, then `disposeAfter`, which may store again",
  (Cache) => {
    const events: unknown[] = []
    const cache: InstanceType<typeof Cache<string, number>> = new Cache<string, number>({
      max: 1,
      dispose: (_, key) => events.push(`dispose ${key}`),
      onInsert: (_, key, reason) => events.push(`${reason} ${key}`),
      disposeAfter: (value, key) => {
        events.push(`disposeAfter ${key}`)
        if (key === "a") cache.set("again", value)
      },
    })
    cache.set("a", 1).set("b", 2)
    return [events, [...cache.keys()]]
  },
  [
    [
      "add a",
      ...["dispose a", "add b", "disposeAfter a"],
      ...["dispose b", "add again", "disposeAfter b"],
    ],
    ["again"],
  ],
)
same(
  "`onInsert` is told whether a value was added, set again or replaced",
  (Cache) => {
    const reasons: unknown[] = []
    const cache = new Cache<string, number>({ max: 2, onInsert: (...event) => reasons.push(event) })
    cache.set("a", 1).set("a", 1).set("a", 2)
    return reasons
  },
  [
    [1, "a", "add"],
    [1, "a", "update"],
    [2, "a", "replace"],
  ],
)

same(
  "listeners and `fetchMethod` are called on the cache",
  async (Cache) => {
    const seen: unknown[] = []
    function see(this: unknown): undefined {
      seen.push(this)
    }
    const cache = new Cache<string, number>({
      ...{ max: 2, dispose: see, disposeAfter: see, onInsert: see, fetchMethod: see },
    })
    cache.set("a", 1).set("a", 2)
    await outcome(cache.fetch("b"))
    return seen.map((self) => self === cache)
  },
  [true, true, true, true, true],
)

about("status")
same(
  "what a `set` has done is written on its `status`",
  (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 9, ttl: 10 })
    const start = cache.perf.now()
    const status = { entrySize: 0, set: "", oldValue: 0, start: 0 }
    cache.set("a", 1, { size: 1 }).set("a", 2, { size: 2, status: status as never })
    return { ...status, cache: undefined, start: status.start - start, now: undefined }
  },
  {
    ...{ op: "set", set: "replace", key: "a", value: 2, oldValue: 1, cache: undefined },
    ...{ entrySize: 2, totalCalculatedSize: 2 },
    ...{ ttl: 10, start: 0, remainingTTL: 10, now: undefined },
  },
)
same(
  "so is what `get`, `has` and `peek` have found",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    cache.set("a", 1)
    const seen: unknown[] = []
    const look = () => {
      for (const op of ["has", "peek", "get"] as const) {
        for (const key of ["a", "b"]) {
          const status: Record<string, unknown> = {}
          cache[op](key, { status, noDeleteOnStaleGet: true } as never)
          seen.push(status[op])
        }
      }
    }
    look()
    await pass(11)
    look()
    return seen.join()
  },
  "hit,miss,hit,miss,hit,miss,stale,miss,stale,miss,stale,miss",
)

same(
  "and what `fetch` and `memo` have done",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 3, memoMethod: (key) => key })
    cache.set("a", "A")
    const statuses: Record<string, unknown>[] = [{}, {}, {}, {}]
    await cache.fetch("a", { status: statuses[0] as object })
    cache.memo("a", { status: statuses[1] as object })
    cache.memo("b", { status: statuses[2] as object })
    cache.set("b", undefined, { status: statuses[3] as object })
    return statuses.map(({ cache: _, ...status }) => status)
  },
  [
    { op: "fetch", key: "a", fetch: "get", get: "hit" },
    { op: "memo", key: "a", memo: "hit", value: "A" },
    { op: "memo", key: "b", memo: "miss", value: "b" },
    { op: "set", key: "b", set: "deleted" },
  ],
)

about("iteration")
same(
  "all goes from the last used to the first, and the other way with an r",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    cache.set("a", 1).set("b", 2).set("c", 3).get("a")
    const each: unknown[] = []
    cache.forEach((value, key, self) => {
      each.push([value, key, self === cache])
    })
    cache.rforEach(function (this: unknown, value) {
      each.push([value, this])
    }, "this")
    return [
      [...cache.keys()].join(),
      [...cache.rkeys()].join(),
      [...cache.values()].join(),
      [...cache.rvalues()].join(),
      [...cache].join(" "),
      [...cache.rentries()].join(" "),
      each,
    ]
  },
  [
    ...["a,c,b", "b,c,a", "1,3,2", "2,3,1", "a,1 c,3 b,2", "b,2 c,3 a,1"],
    [
      ...[1, 3, 2].map((value) => [value, ["", "a", "b", "c"][value], true]),
      ...[2, 3, 1].map((value) => [value, "this"]),
    ],
  ],
)
same(
  "`find` promotes what it finds",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 3 })
    cache.set("a", 1).set("b", 2).set("c", 3)
    return [cache.find((value) => value < 3), cache.find(() => false), [...cache.keys()]]
  },
  [2, undefined, ["b", "c", "a"]],
)
same(
  "what is stale is left out, unless `allowStale`",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 3, ttl: 10 })
    cache.set("a", 1).set("b", 2, { ttl: 20 })
    await pass(11)
    const fresh = [...cache.keys()]
    cache.allowStale = true
    return [fresh, [...cache.keys()]]
  },
  [["b"], ["b", "a"]],
)
same(
  "an entry may be deleted when its turn comes",
  (Cache) => {
    const cache = new Cache<number, number>({ max: 5 })
    for (let i = 0; i < 5; i++) cache.set(i, i)
    const seen: number[] = []
    for (const key of cache.keys()) {
      seen.push(key)
      cache.delete(key)
    }
    return [seen, cache.size]
  },
  [[4, 3, 2, 1, 0], 0],
)

about("dumps")
same(
  "`info` tells what is known of an entry",
  async (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 5, ttl: 10 })
    cache.set("a", 1, { size: 2 })
    await pass(4)
    return [cache.info("a"), cache.info("b")]
  },
  [{ value: 1, ttl: 6, size: 2, start: 1_000_005 }, undefined],
)
same(
  "a dump has the next to leave first, with `Date`'s time",
  async (Cache) => {
    const cache = new Cache<string, number>({ maxSize: 5, ttl: 10 })
    cache.set("a", 1, { size: 2 })
    await pass(4)
    return cache.set("b", 2, { size: 1 }).dump()
  },
  [
    ["a", { value: 1, ttl: 10, start: 1_000_001, size: 2 }],
    ["b", { value: 2, ttl: 10, start: 1_000_005, size: 1 }],
  ],
)
same(
  "a dump that is loaded later has aged meanwhile",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 5, ttl: 10 })
    const dump = cache.set("a", 1).set("b", 2, { ttl: 0 }).dump()
    await pass(4)
    const other = new Cache<string, number>({ max: 5, ttl: 10 })
    other.set("c", 3).load(dump)
    return [[...other.keys()], other.getRemainingTTL("a"), other.getRemainingTTL("b")]
  },
  [["b", "a"], 6, Infinity],
)

about("memo")
same(
  "`memo` gives what is there, or calls `memoMethod` and stores",
  (Cache) => {
    const calls: unknown[] = []
    const cache = new Cache<string, string, string>({
      max: 2,
      memoMethod: (key, stale, { context, options }) => {
        calls.push([key, stale, context])
        options.ttl = 10
        return key + context
      },
    })
    return [
      cache.memo("a", { context: "1" }),
      cache.memo("a", { context: "2" }),
      cache.memo("a", { context: "3", forceRefresh: true }),
      calls,
      cache.getRemainingTTL("a"),
    ]
  },
  [
    ...["a1", "a1", "a3"],
    [
      ["a", undefined, "1"],
      ["a", "a1", "3"],
    ],
    10,
  ],
)
same(
  "`memo` without `memoMethod` throws",
  (Cache) => thrown(() => new Cache<string, string>({ max: 2 }).memo("a")) !== "nothing",
  true,
)

about("fetch")
same(
  "all who want a value at once wait for one call, and later it is a hit",
  async (Cache) => {
    const calls: unknown[] = []
    const cache = new Cache<string, string>({ max: 2, fetchMethod: slow(calls) })
    const both = [cache.fetch("a"), cache.fetch("a")]
    await pass(10)
    return [await Promise.all(both), await cache.fetch("a"), cache.get("a"), calls.length]
  },
  [["a1", "a1"], "a1", "a1", 1],
)
same(
  "while it is fetched, a value is not there",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, fetchMethod: slow() })
    const fetched = cache.fetch("a")
    const meanwhile = [cache.get("a"), cache.peek("a"), cache.has("a"), [...cache]]
    await pass(10)
    return [meanwhile, await fetched, cache.has("a")]
  },
  [[undefined, undefined, false, []], "a1", true],
)
same(
  "a stale value is fetched again, and handed to `fetchMethod`",
  async (Cache) => {
    const calls: unknown[] = []
    const cache = new Cache<string, string>({ max: 2, ttl: 20, fetchMethod: slow(calls) })
    cache.set("a", "old")
    await pass(21)
    const fetched = cache.fetch("a")
    await pass(10)
    return [await fetched, calls]
  },
  ["a1", [["a", "old"]]],
)
same(
  "`allowStale` gives the stale value while a new one is fetched",
  async (Cache) => {
    const fetchMethod = slow()
    const cache = new Cache<string, string>({ max: 2, ttl: 20, allowStale: true, fetchMethod })
    cache.set("a", "old")
    await pass(21)
    const first = [await cache.fetch("a"), await cache.fetch("a"), cache.get("a")]
    await pass(10)
    return [...first, cache.get("a")]
  },
  ["old", "old", "old", "a1"],
)
same(
  "`forceRefresh` fetches what is not stale",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, fetchMethod: slow() })
    cache.set("a", "old")
    const fetched = cache.fetch("a", { forceRefresh: true })
    const meanwhile = cache.get("a")
    await pass(10)
    return [meanwhile, await fetched, cache.get("a")]
  },
  ["old", "a1", "a1"],
)
same(
  "`fetchMethod` gets the context, and its changes of options count; a value needs no promise",
  async (Cache) => {
    const cache = new Cache<string, string, number>({
      max: 2,
      fetchMethod: (key, _, { context, options }) => {
        options.ttl = context
        return key
      },
    })
    return [await cache.fetch("a", { context: 7 }), cache.getRemainingTTL("a")]
  },
  ["a", 7],
)
same(
  "`undefined` is not stored, and keeps what is stale",
  async (Cache) => {
    const fetchMethod = async () => undefined
    const cache = new Cache<string, string>({ max: 2, ttl: 10, fetchMethod })
    cache.set("a", "old")
    await pass(11)
    return [await cache.fetch("a"), cache.peek("a", { allowStale: true }), await cache.fetch("b")]
  },
  [undefined, "old", undefined],
)
same(
  "a fetch that fails rejects, and what is stale goes",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, ttl: 10, fetchMethod: failing })
    cache.set("a", "old")
    await pass(11)
    return [await outcome(cache.fetch("a")), cache.size]
  },
  ["rejects: down", 0],
)
same(
  "with `noDeleteOnFetchRejection` it stays, with `allowStaleOnFetchRejection` it is given",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, ttl: 10, fetchMethod: failing })
    cache.set("a", "old")
    await pass(11)
    return [
      await outcome(cache.fetch("a", { noDeleteOnFetchRejection: true })),
      cache.size,
      await outcome(cache.fetch("a", { allowStaleOnFetchRejection: true })),
      await outcome(cache.fetch("b", { allowStaleOnFetchRejection: true })),
      cache.size,
    ]
  },
  ["rejects: down", 1, "old", undefined, 1],
)
same(
  "an aborted fetch rejects with the reason, aborts `fetchMethod`, and what is stale goes",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, ttl: 10, fetchMethod: slow() })
    cache.set("a", "old")
    await pass(11)
    const controller = new AbortController()
    const fetched = cache.fetch("a", { signal: controller.signal })
    controller.abort(new Error("enough"))
    return [await outcome(fetched), cache.size]
  },
  ["rejects: enough", 0],
)
same(
  "`allowStaleOnFetchAbort` gives the stale value at once; what comes later is stored",
  async (Cache) => {
    const fetchMethod = async (key: string) => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      return key
    }
    const allowStaleOnFetchAbort = true
    const cache = new Cache<string, string>({
      max: 2,
      ttl: 20,
      fetchMethod,
      allowStaleOnFetchAbort,
    })
    cache.set("a", "old")
    await pass(21)
    const controller = new AbortController()
    const fetched = cache.fetch("a", { signal: controller.signal })
    controller.abort()
    const first = await outcome(fetched)
    await pass(10)
    return [first, cache.get("a")]
  },
  ["old", "a"],
)
same(
  "`ignoreFetchAbort` waits for the value, and stores it",
  async (Cache) => {
    const signals: boolean[] = []
    const cache = new Cache<string, string>({
      max: 2,
      ignoreFetchAbort: true,
      fetchMethod: async (key, _, { signal }) => {
        await new Promise((resolve) => setTimeout(resolve, 10))
        signals.push(signal.aborted)
        return key
      },
    })
    const controller = new AbortController()
    const fetched = cache.fetch("a", { signal: controller.signal })
    controller.abort()
    const first = await outcome(fetched)
    await pass(10)
    return [first, await fetched, signals, cache.get("a")]
  },
  ["waits", "a", [true], "a"],
)
same(
  "`set` and `delete` end a fetch of the key, and their word stays",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 3, fetchMethod: slow() })
    const fetched = ["a", "b", "c"].map((key) => outcome(cache.fetch(key)))
    cache.set("a", "set")
    const deleted = cache.delete("b")
    cache.clear()
    cache.set("a", "set")
    const outcomes = await Promise.all(fetched)
    await pass(20)
    return [outcomes, deleted, [...cache]]
  },
  [["rejects: replaced", "rejects: deleted", "rejects: deleted"], true, [["a", "set"]]],
)
same(
  "without `fetchMethod`, `fetch` is `get`; `forceFetch` rejects where that is `undefined`",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2 })
    cache.set("a", "A")
    return [
      await cache.fetch("a"),
      await cache.forceFetch("a"),
      await cache.fetch("b"),
      await outcome(cache.forceFetch("b")),
    ]
  },
  ["A", "A", undefined, "rejects: fetch() returned undefined"],
)
same(
  "what a fetch has done is written on its `status`",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, ttl: 20, fetchMethod: slow() })
    const seen: unknown[] = []
    const fetch = async (terms: object = {}) => {
      const status: Record<string, unknown> = {}
      const fetched = cache.fetch("a", { ...terms, status })
      await pass(10)
      await fetched
      const { fetch, fetchDispatched, fetchResolved, fetchUpdated } = status
      seen.push([fetch, fetchDispatched, fetchResolved, fetchUpdated])
    }
    await fetch()
    await fetch()
    await fetch({ forceRefresh: true })
    await pass(21)
    await fetch()
    return seen
  },
  [
    ["miss", true, true, true],
    ["hit", undefined, undefined, undefined],
    ["refresh", true, true, true],
    ["stale", true, true, true],
  ],
)
