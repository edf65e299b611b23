import { channel } from "node:diagnostics_channel"
import { about, differs, outcome, pass, thrown } from "./behaviours.ts"

/** A fetch method that takes ten milliseconds. */
async function slow(key: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 10))
  return key
}

about("different by decision")
differs(
  "a `dispose` that throws",
  (Cache) => {
    const cache = new Cache<string, number>({
      max: 1,
      dispose: () => {
        throw new Error("listener")
      },
    })
    cache.set("a", 1)
    return [thrown(() => cache.set("b", 2)), [...cache.keys()]]
  },
  ["its error is that of `set`, which has stored nothing", ["Error", ["a"]]],
  ["the value is stored; the error is reported", ["nothing", ["b"]]],
)
differs(
  "when `dispose` is called",
  (Cache) => {
    const seen: unknown[] = []
    const cache: InstanceType<typeof Cache<string, number>> = new Cache<string, number>({
      max: 1,
      dispose: () => seen.push(...cache.keys()),
    })
    cache.set("a", 1).set("b", 2)
    return seen
  },
  ["in the middle of the operation", ["a"]],
  ["when the cache has changed", ["b"]],
)
differs(
  "a `dispose` that stores",
  (Cache) => {
    let again = 1
    const cache: InstanceType<typeof Cache<string, number>> = new Cache<string, number>({
      max: 3,
      dispose: (value) => {
        if (again-- > 0) cache.set("again", value)
      },
    })
    cache.set("a", 1).set("b", 2).set("c", 3).set("d", 4)
    let keys = 0
    for (const _ of cache.keys()) if (++keys === 10) break
    return [cache.size, keys]
  },
  ["tears the list of the keys, which never ends", [3, 10]],
  ["finds the cache as it is to be", [3, 3]],
)
differs(
  "`get` in a loop over the keys",
  (Cache) => {
    const cache = new Cache<number, number>({ max: 3 })
    cache.set(1, 1).set(2, 2).set(3, 3)
    let steps = 0
    for (const key of cache.keys()) {
      cache.get(key)
      if (++steps === 100) break
    }
    return steps
  },
  ["never ends", 100],
  ["sees each once", 3],
)
differs(
  "a loop over the keys that deletes this one and the next",
  (Cache) => {
    const cache = new Cache<number, number>({ max: 5 })
    for (let i = 0; i < 5; i++) cache.set(i, i)
    const seen: number[] = []
    for (const key of cache.keys()) {
      seen.push(key)
      cache.delete(key)
      cache.delete(key - 1)
    }
    return seen
  },
  ["ends there", [4]],
  ["goes on with the one after", [4, 2, 0]],
)
differs(
  "a time to live that begins when the clock says 0",
  (Cache) => {
    let now = 0
    const perf = { now: () => now }
    const cache = new Cache<string, number>({ max: 1, ttl: 5, ttlResolution: 0, perf })
    cache.set("a", 1)
    now = 6
    return cache.has("a")
  },
  ["never ends", true],
  ["ends", false],
)
differs(
  "two wait for a fetch, and the signal of the first is aborted",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, fetchMethod: slow })
    const controller = new AbortController()
    const first = cache.fetch("a", { signal: controller.signal })
    const second = outcome(cache.fetch("a"))
    controller.abort(new Error("enough"))
    await outcome(first)
    await second
    await pass(10)
    return [await outcome(first), await outcome(cache.fetch("a")), cache.has("a")]
  },
  ["both are rejected", ["rejects: enough", "waits", false]],
  ["the first is rejected, the second gets the value", ["rejects: enough", "a", true]],
)
differs(
  "a signal that is aborted before",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, fetchMethod: slow })
    return outcome(cache.fetch("a", { signal: AbortSignal.abort(new Error("enough")) }))
  },
  ["is not looked at", "waits"],
  ["rejects", "rejects: enough"],
)
differs(
  "more fetches at once than `max`",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 1, fetchMethod: slow })
    const fetched = [cache.fetch("a"), cache.fetch("b")].map((promise) => {
      return promise.catch((error: Error) => `rejects: ${error.message}`)
    })
    const { size } = cache
    await pass(10)
    return [size, await Promise.all(fetched)]
  },
  ["take room, and evict each other: the first is rejected", [1, ["rejects: evicted", "b"]]],
  ["take no room before they have a value", [0, ["a", "b"]]],
)
differs(
  "a fetch that `allowStaleOnFetchAbort` does not wait for, and that fails",
  async (Cache) => {
    let calls = 0
    const cache = new Cache<string, string>({
      max: 2,
      ttl: 5,
      allowStaleOnFetchAbort: true,
      fetchMethod: (key, _, { signal }) => {
        calls++
        return new Promise((resolve, reject) => {
          setTimeout(resolve, 10, key)
          signal.addEventListener("abort", () => reject(signal.reason))
        })
      },
    })
    cache.set("a", "old")
    await pass(6)
    const controller = new AbortController()
    const fetched = cache.fetch("a", { signal: controller.signal })
    controller.abort()
    await outcome(fetched)
    await pass(20)
    cache.fetch("a")
    return calls
  },
  ["stays in the cache: nothing is ever fetched again", 1],
  ["is over: the next call fetches", 2],
)
differs(
  "a `fetchMethod` that returns `undefined`, and no promise of it",
  async (Cache) => {
    const cache = new Cache<string, string>({ max: 2, fetchMethod: () => undefined })
    return outcome(cache.fetch("a"))
  },
  ["is waited for without end", "waits"],
  ["is over", undefined],
)
differs(
  "what is stale and goes because a fetch failed",
  async (Cache) => {
    const left: unknown[] = []
    const cache = new Cache<string, string>({
      max: 2,
      ttl: 5,
      dispose: (...event) => left.push(event),
      fetchMethod: async () => {
        throw new Error("down")
      },
    })
    cache.set("a", "old")
    await pass(6)
    await outcome(cache.fetch("a"))
    return [cache.size, left]
  },
  ["goes without `dispose`", [0, []]],
  ["`dispose` is told, with the reason `fetch`", [0, [["old", "a", "fetch"]]]],
)
differs(
  "options that are frozen",
  (Cache) => {
    const cache = new Cache<string, number>({ max: 2 })
    return thrown(() => cache.get("a", Object.freeze({ allowStale: true })))
  },
  ["throw: `status` is written on them", "TypeError"],
  ["are only read", "nothing"],
)
differs(
  "`load`",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, ttl: 10 })
    const dump = cache.set("a", 1).dump()
    const before = JSON.stringify(dump)
    await pass(1)
    cache.load(dump)
    return JSON.stringify(dump) === before
  },
  ["changes the dump", false],
  ["only reads it", true],
)
differs(
  "a value that is set again with another size",
  (Cache) => {
    const cache = new Cache<string, object>({ maxSize: 9 })
    const value = {}
    cache.set("a", value, { size: 1 }).set("a", value, { size: 3 })
    return cache.calculatedSize
  },
  ["keeps the old one", 1],
  ["has the new one", 3],
)
differs(
  "`disposeAfter` of what a `set` with `noDisposeOnSet` evicts",
  (Cache) => {
    const left: unknown[] = []
    const terms = { max: 1, noDisposeOnSet: true }
    const cache = new Cache<string, number>({ ...terms, disposeAfter: (_, key) => left.push(key) })
    cache.set("a", 1).set("b", 2)
    return left
  },
  ["comes with a later operation", []],
  ["comes", ["a"]],
)
differs(
  "`get` with `noDeleteOnStaleGet` of what is stale",
  async (Cache) => {
    const cache = new Cache<string, number>({ max: 2, noDeleteOnStaleGet: true, allowStale: true })
    cache.set("a", 1, { ttl: 5 }).set("b", 2)
    await pass(6)
    cache.get("a")
    return [...cache.keys()]
  },
  ["does not promote it", ["b", "a"]],
  ["promotes it, as it was of use", ["a", "b"]],
)
differs(
  "`updateAgeOnHas` with `ttlAutopurge`",
  (Cache) => {
    const terms = { ttl: 5, ttlAutopurge: true, updateAgeOnHas: true }
    const cache = new Cache<string, number>(terms)
    cache.set("a", 1).set("b", 2).has("a")
    return [...cache.keys()]
  },
  ["does not promote", ["b", "a"]],
  ["promotes", ["a", "b"]],
)
differs(
  "an option that is wrong",
  (Cache) => thrown(() => new Cache<string, number>({ max: 1.5 })),
  ["is a `TypeError`", "TypeError"],
  ["is a `CacheError` with a `code`", "CacheError"],
)
differs(
  "`max: Infinity`",
  (Cache) => thrown(() => new Cache<string, number>({ max: Infinity })),
  ["throws", "TypeError"],
  ["is no bound", "nothing"],
)
differs(
  "`dispose` and other listeners that are no function",
  (Cache) => thrown(() => new Cache<string, number>({ max: 1, dispose: "x" as never })),
  ["are ignored", "nothing"],
  ["throw", "CacheError"],
)
differs(
  "`maxAge`, `length` and `stale`, options of lru-cache 6",
  (Cache) => thrown(() => new Cache<string, number>({ max: 1, maxAge: 5 } as never)),
  ["are ignored: nothing ever expires", "nothing"],
  ["throw", "CacheError"],
)

about("missing")
differs(
  "`LRUCache.unsafeExposeInternals`",
  (Cache) => typeof (Cache as unknown as Record<string, unknown>).unsafeExposeInternals,
  ["there", "function"],
  ["there are other internals", "undefined"],
)
differs(
  "`backgroundFetchSize`",
  async (Cache) => {
    const terms = { maxSize: 9, backgroundFetchSize: 3, sizeCalculation: () => 1 }
    const cache = new Cache<string, string>({ ...terms, fetchMethod: slow })
    cache.fetch("a")
    return cache.calculatedSize
  },
  ["the size of a fetch under way", 3],
  ["no effect: there is none", 0],
)
differs(
  "the diagnostics channel `lru-cache:metrics`",
  (Cache) => {
    const seen: unknown[] = []
    const listener = (status: unknown) => seen.push(status)
    channel("lru-cache:metrics").subscribe(listener)
    new Cache<string, number>({ max: 1 }).set("a", 1)
    channel("lru-cache:metrics").unsubscribe(listener)
    return seen.length
  },
  ["published to", 1],
  ["not; the cache underneath can be observed", 0],
)
differs(
  "the warning that a cache has no bound but `ttl`",
  (Cache) => {
    const warn = process.emitWarning
    let warnings = 0
    process.emitWarning = () => {
      warnings++
    }
    new Cache<string, number>({ ttl: 5 } as never)
    process.emitWarning = warn
    return warnings
  },
  ["given once", 1],
  ["not given", 0],
)
