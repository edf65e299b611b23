import { getEventListeners } from "node:events"
import type { CacheError } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type AsyncMemoized, currentLoad, type Load, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { describe, expect, onTestFinished, test, vi } from "vitest"

/** A function whose runs end when they are told to. */
function controlled() {
  const runs: { resolve(value: string): void; reject(error: unknown): void; load: Load }[] = []
  const fn = (..._args: string[]) =>
    new Promise<string>((resolve, reject) => runs.push({ resolve, reject, load: currentLoad() }))
  return { fn, runs }
}

/** What happens in the platform between two operations. */
const rest = () => new Promise<void>((resolve) => setImmediate(resolve))

describe("calls", () => {
  test("that come while one runs share its run and its result, each with a promise of his own", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const calls = [user("7"), user("7"), user("7")]
    expect(new Set(calls).size).toBe(3)
    expect(runs.length).toBe(1)
    runs[0]?.resolve("result")
    expect(await Promise.all(calls)).toEqual(["result", "result", "result"])
  })

  test("with other arguments have runs of their own", () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const lists = [[], ["1"], ["1", "2"], ["1", "3"], ["12"]]
    for (const args of [...lists, ...lists]) user(...args)
    expect(runs.length).toBe(lists.length)
  })

  test.each([[undefined], [null], [Number.NaN], [0], [""], [false]])(
    "give %s like any other result",
    async (result) => {
      let runs = 0
      const f = memoizeAsync(async (_id: string): Promise<unknown> => {
        runs++
        return result
      }, unbounded())
      expect([await f("7"), await f("7"), runs]).toEqual([result, result, 1])
    },
  )

  test("are rejected with what the run throws, all with the same, and the next runs anew", async () => {
    const error = new Error("no")
    let runs = 0
    const user = memoizeAsync(async (_id: string) => {
      if (++runs === 1) throw error
      return "yes"
    }, unbounded())
    const outcomes = await Promise.allSettled([user("7"), user("7")])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: error })
    expect(await user("7")).toBe("yes")
    expect(user.cacheInfo()).toMatchObject({ hits: 0, misses: 2, joins: 1, failures: 1 })
  })

  test("are rejected, and do not throw, if the function or the key throws at once", async () => {
    const boom = (): Promise<string> => {
      throw new Error("at once")
    }
    await expect(memoizeAsync(boom, unbounded())()).rejects.toThrow("at once")
    const keyed = memoizeAsync(async () => "", { strategy: unbounded, key: boom })
    await expect(keyed()).rejects.toThrow("at once")
  })

  test("pass `this` on, to the function and to its key", async () => {
    const f = memoizeAsync(
      async function (this: { id: string }, x: number) {
        return this.id + x
      },
      {
        strategy: unbounded,
        key(x) {
          return this.id + x
        },
      },
    )
    const [a, b] = [
      { id: "a", f },
      { id: "b", f },
    ]
    expect([await a.f(1), await b.f(1), await a.f(1)]).toEqual(["a1", "b1", "a1"])
    const { signal } = new AbortController()
    expect(await f.with({ signal }).call(a, 2)).toBe("a2")
    expect(await f.refresh.call(b, 2)).toBe("b2")
  })

  test("of members on the memoized function have no `this`", async () => {
    const self = memoizeAsync(async function (this: unknown) {
      return this
    }, unbounded())
    expect(await self.refresh()).toBe(undefined)
  })

  test("may not have an iterator as result", async () => {
    const f = memoizeAsync(async () => [1, 2].values(), unbounded())
    await expect(f()).rejects.toMatchObject({ code: "INVALID_ARGUMENT" })
    expect(f.cacheInfo().size).toBe(0)
  })
})

describe("recursion", () => {
  // The stack is too small for as many calls of a plain async function.
  test("goes as deep as there is memory", async () => {
    type Count = (n: number) => Promise<number>
    const even: Count = memoizeAsync(
      async (n: number): Promise<number> => (n === 0 ? 0 : 1 + (await odd(n - 1))),
      unbounded(),
    )
    const odd: Count = memoizeAsync(
      async (n: number): Promise<number> => 1 + (await even(n - 1)),
      unbounded(),
    )
    expect(await even(20_000)).toBe(20_000)
  })

  test("that somebody leaves before it went on does not go on", async () => {
    let deepest = 0
    const controllers: AbortController[] = []
    const dive: AsyncMemoized<(n: number) => Promise<number>> = memoizeAsync(
      async (n: number): Promise<number> => {
        deepest = n
        const controller = new AbortController()
        controllers.push(controller)
        return 1 + (await dive.with({ signal: controller.signal })(n + 1))
      },
      unbounded(),
    )
    const dived = dive(0)
    const reached = deepest
    controllers.at(-1)?.abort("has left")
    await expect(dived).rejects.toBe("has left")
    await rest()
    expect(deepest).toBe(reached)
    expect(dive.cacheInfo()).toMatchObject({ size: 0, loading: 0 })
  })
})

describe("eviction", () => {
  test("disturbs nobody who waits, and runs take no room", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, lru<unknown, string>({ capacity: 1 }))
    await user.prime(["0"], "resident")
    const calls = ["1", "2", "3"].map((id) => user(id, "and more"))
    expect(await user("0")).toBe("resident")
    for (const [i, run] of runs.entries()) run.resolve(`result ${i}`)
    expect(await Promise.all(calls)).toEqual(["result 0", "result 1", "result 2"])
    expect(user.cacheInfo()).toMatchObject({ capacity: 1, size: 1 })
  })

  test("of a call that runs leaves its run to those who call", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, lru<unknown, string>({ capacity: 1 }))
    await user.prime(["1", "2"], "old")
    const refreshed = user.refresh("1", "2")
    await user.prime(["3", "4"], "evicts")
    const call = user("1", "2")
    expect(runs.length).toBe(1)
    runs[0]?.resolve("new")
    expect([await refreshed, await call]).toEqual(["new", "new"])
  })
})

describe("a caller who leaves", () => {
  test("is rejected with the reason, at once and alone", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const controller = new AbortController()
    const reason = new Error("has left")
    const leaves = user.with({ signal: controller.signal })("7")
    const stays = user("7")
    controller.abort(reason)
    await expect(leaves).rejects.toBe(reason)
    expect(runs[0]?.load.signal.aborted).toBe(false)
    runs[0]?.resolve("result")
    expect(await stays).toBe("result")
  })

  test("and is the last, aborts the run with his reason; what it gives all the same is not stored", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => user.with({ signal })("7").catch(String))
    controllers[0]?.abort("first")
    expect(runs[0]?.load.signal.aborted).toBe(false)
    controllers[1]?.abort("second")
    expect(runs[0]?.load.signal).toMatchObject({ aborted: true, reason: "second" })
    expect(await Promise.all(calls)).toEqual(["first", "second"])
    const next = user("7")
    expect(runs.length).toBe(2)
    runs[0]?.resolve("late")
    await rest()
    expect(await user.has("7")).toBe(false)
    runs[1]?.resolve("result")
    expect(await next).toBe("result")
    expect(user.cacheInfo()).toMatchObject({ failures: 0, loading: 0 })
  })

  test("before he called begins nothing, be there a result or not", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const signal = AbortSignal.abort("has left")
    await expect(user.with({ signal })("7")).rejects.toBe("has left")
    await user.prime(["7"], "result")
    await expect(user.with({ signal })("7")).rejects.toBe("has left")
    expect([runs.length, user.cacheInfo().hits]).toEqual([0, 0])
  })

  test("when he has his result hears no more of his signal", async () => {
    const user = memoizeAsync(async (id: string) => id, unbounded())
    const { signal } = new AbortController()
    await Promise.all([user.with({ signal })("7"), user.with({ signal })("8")])
    expect(getEventListeners(signal, "abort")).toEqual([])
  })

  test("shares one listener of his signal with all who have the same", async () => {
    const controller = new AbortController()
    const { signal } = controller
    const { fn, runs } = controlled()
    const functions = [memoizeAsync(fn, unbounded()), memoizeAsync(fn, unbounded())]
    const call = (id: number) =>
      functions[id % 2]!.with({ signal })(`${id % 5}`).catch((reason) => reason)
    const calls = Array.from({ length: 30 }, (_, id) => call(id))
    expect(getEventListeners(signal, "abort").length).toBe(1)
    expect(runs.length).toBe(10)
    runs[0]?.resolve("result")
    expect(await calls[0]).toBe("result")
    expect(getEventListeners(signal, "abort").length).toBe(1)
    controller.abort("all have left")
    expect(getEventListeners(signal, "abort")).toEqual([])
    const outcomes = await Promise.all(calls)
    expect(outcomes.filter((outcome) => outcome === "result").length).toBe(3)
    expect(outcomes.filter((outcome) => outcome === "all have left").length).toBe(27)
    for (const [i, { load }] of runs.entries()) expect(load.signal.aborted).toBe(i > 0)
  })

  test("may begin another call when he hears of the end of his run", async () => {
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, unbounded())
    const controller = new AbortController()
    const call = user.with({ signal: controller.signal })("7").catch(String)
    let next: Promise<string> | undefined
    runs[0]?.load.signal.addEventListener("abort", () => {
      next = user("7")
    })
    controller.abort("has left")
    runs[1]?.resolve("anew")
    expect([await call, await next]).toEqual(["has left", "anew"])
  })

  test.each(["aborted", "addEventListener", "reason", "removeEventListener"] as const)(
    "by a signal whose `%s` throws disturbs nobody else",
    async (broken) => {
      const { fn, runs } = controlled()
      const user = memoizeAsync(fn, unbounded())
      const controller = new AbortController()
      const reportError = vi.fn()
      vi.stubGlobal("reportError", reportError)
      onTestFinished(() => void vi.unstubAllGlobals())
      const stays = user("7")
      const leaver = user.with({ signal: controller.signal })
      Object.defineProperty(controller.signal, broken, {
        get() {
          throw new Error("broken")
        },
      })
      const leaves = leaver("7").catch(String)
      controller.abort("has left")
      const late = broken === "removeEventListener"
      expect(await leaves).toBe(late ? "has left" : "Error: broken")
      runs[0]?.resolve("result")
      expect(await stays).toBe("result")
      expect(await user("7")).toBe("result")
      expect(reportError).toHaveBeenCalledTimes(late ? 1 : 0)
    },
  )

  test("does not end a run in the background, or a refresh", async () => {
    let now = 0
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, {
      strategy: unbounded,
      ttl: 10,
      staleWhileRevalidate: 10,
      clock: { now: () => now },
    })
    await user.prime(["7"], "old")
    now = 10
    expect(await user("7")).toBe("old")
    now = 20
    const controller = new AbortController()
    const call = user.with({ signal: controller.signal })("7").catch(String)
    controller.abort("has left")
    expect(await call).toBe("has left")
    expect(runs.map(({ load }) => load.signal.aborted)).toEqual([false])
    runs[0]?.resolve("new")
    await rest()
    expect(await user.peek("7")).toBe("new")
  })
})

describe("many", () => {
  test("are loaded in one call of the bulk loader, but for those that are cached or running", async () => {
    const loads: string[][] = []
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, {
      strategy: unbounded,
      bulk: async (ids: string[]) => {
        loads.push(ids)
        return ids.map((id) => `bulk ${id}`)
      },
    })
    await user.prime(["1"], "primed")
    const single = user("2")
    const many = user.many(["3", "2", "1", "4", "3"])
    const joining = user("4")
    runs[0]?.resolve("single 2")
    expect(await many).toEqual(["bulk 3", "single 2", "primed", "bulk 4", "bulk 3"])
    expect([await single, await joining, await user("3")]).toEqual(["single 2", "bulk 4", "bulk 3"])
    expect(loads).toEqual([["3", "4"]])
    expect(user.cacheInfo()).toMatchObject({ hits: 2, misses: 3, joins: 3, loading: 0 })
  })

  test("that are all there need no loading", async () => {
    const bulk = vi.fn(async (ids: string[]) => ids)
    const user = memoizeAsync(async (id: string) => id, { strategy: unbounded, bulk })
    await user.prime(["1"], "primed")
    expect([await user.many(["1"]), await user.many([])]).toEqual([["primed"], []])
    expect(bulk).not.toHaveBeenCalled()
  })

  test("need no loader, and no keys", async () => {
    const user = memoizeAsync(async (id: string) => `${id}!`, unbounded())
    expect(await user.many(new Set(["1", "2"]))).toEqual(["1!", "2!"])
    expect(await user.many([])).toEqual([])
  })

  test("fail one by one where the loader has an error, and the others are stored", async () => {
    const error = new Error("no 2")
    const user = memoizeAsync(async (id: string): Promise<string> => id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids.map((id) => (id === "2" ? error : id)),
    })
    await expect(user.many(["1", "2", "3"])).rejects.toBe(error)
    expect([await user.has("1"), await user.has("2"), await user.has("3")]).toEqual([
      true,
      false,
      true,
    ])
    expect(user.cacheInfo()).toMatchObject({ failures: 1, loading: 0 })
  })

  test.each<[string, () => PromiseLike<never>]>([
    ["rejects", () => Promise.reject("down")],
    [
      "throws",
      () => {
        throw "down"
      },
    ],
  ])("fail together if the loader %s", async (_, bulk) => {
    const user = memoizeAsync(async (id: string) => id, { strategy: unbounded, bulk })
    await expect(user.many(["1", "2"])).rejects.toBe("down")
    expect(user.cacheInfo()).toMatchObject({ failures: 2, loading: 0 })
  })

  test.each([[[]], [["1", "2", "3"]], ["12"], [undefined]])(
    "fail if the loader of two gives %j",
    async (results) => {
      const user = memoizeAsync(async (id: string) => id, {
        strategy: unbounded,
        bulk: async () => results as string[],
      })
      await expect(user.many(["1", "2"])).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        message: expect.stringMatching(/^`bulk\(args\)` must be an array of 2 results, received /),
      })
    },
  )

  test("are given in order, whatever the loader does to its list", async () => {
    const user = memoizeAsync(async (id: string) => id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids.splice(0).map((id) => `bulk ${id}`),
    })
    expect(await user.many(["1", "2"])).toEqual(["bulk 1", "bulk 2"])
    expect([await user("1"), await user("2")]).toEqual(["bulk 1", "bulk 2"])
  })

  test("that are stale are renewed in the call of the loader that loads the others", async () => {
    let now = 0
    const loads: string[][] = []
    const single = vi.fn(async (id: string) => id)
    const user = memoizeAsync(single, {
      strategy: unbounded,
      ttl: 10,
      staleWhileRevalidate: 10,
      clock: { now: () => now },
      bulk: async (ids: string[]) => {
        loads.push(ids)
        return ids.map((id) => `${id} at ${now}`)
      },
    })
    await user.many(["1", "2", "3"])
    now = 10
    expect(await user.many(["1", "4", "2"])).toEqual(["1 at 0", "4 at 10", "2 at 0"])
    expect(await user.many(["1", "2"])).toEqual(["1 at 10", "2 at 10"])
    expect(loads).toEqual([
      ["1", "2", "3"],
      ["1", "4", "2"],
    ])
    expect(single).not.toHaveBeenCalled()
  })

  test("that could not be renewed together are given as they are, and reported", async () => {
    let now = 0
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string): Promise<string> => id, {
      strategy: unbounded,
      ttl: 10,
      staleWhileRevalidate: 10,
      clock: { now: () => now },
      bulk: async (ids: string[]) => (now === 0 ? ids : []),
      onCacheError: (error, operation, key) =>
        reported.push([(error as CacheError).code, operation, key]),
    })
    await user.many(["1", "2"])
    now = 10
    expect(await user.many(["1", "2"])).toEqual(["1", "2"])
    await rest()
    expect(reported).toEqual([
      ["INVALID_ARGUMENT", "refresh", "1"],
      ["INVALID_ARGUMENT", "refresh", "2"],
    ])
  })

  test("are aborted when nobody waits for any of them", async () => {
    let load: Load | undefined
    const user = memoizeAsync(async (id: string) => id, {
      strategy: unbounded,
      bulk: () => {
        load = currentLoad()
        return new Promise<string[]>(() => {})
      },
    })
    const [all, one] = [new AbortController(), new AbortController()]
    const many = user.many(["1", "2"], { signal: all.signal }).catch(String)
    const single = user.with({ signal: one.signal })("2").catch(String)
    await rest()
    all.abort("all have left")
    expect(load?.signal.aborted).toBe(false)
    one.abort("the last has left")
    expect(load?.signal).toMatchObject({ aborted: true, reason: "the last has left" })
    expect([await many, await single]).toEqual(["all have left", "the last has left"])
  })

  test("are loaded, however deep in loads they are asked for", async () => {
    const names = memoizeAsync(async (id: string) => id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids,
    })
    const nested = memoizeAsync(async (n: number): Promise<string[]> => {
      return n === 0 ? names.many(["1", "2"]) : nested(n - 1)
    }, unbounded<unknown, string[]>()) as AsyncMemoized<(n: number) => Promise<string[]>>
    for (const depth of [48, 49, 50, 51, 99]) {
      expect(await nested(depth)).toEqual(["1", "2"])
      await Promise.all([names.clear(), nested.clear()])
    }
  })

  test("of which some are deleted meanwhile are given, and the others stored", async () => {
    const user = memoizeAsync(async (id: string) => id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids,
    })
    const many = user.many(["1", "2"])
    await user.delete("1")
    expect(await many).toEqual(["1", "2"])
    expect([await user.has("1"), await user.has("2")]).toEqual([false, true])
  })
})

describe("a memoized function", () => {
  test("looks like the original, and has it", async () => {
    async function original(id: string, ..._more: number[]): Promise<string> {
      return id
    }
    const fn = Object.assign(original, { unit: "m" })
    const user = memoizeAsync(fn, lru<unknown, string>({ capacity: 3 }))
    expect([user.name, user.length, user.unit]).toEqual(["original", 1, "m"])
    expect(user.original).toBe(fn)
    expect(user.cacheParameters()).toEqual({ capacity: 3, strategy: "lru", key: undefined })
    expect(user.cacheInfo()).toEqual({
      hits: 0,
      misses: 0,
      joins: 0,
      loading: 0,
      loads: 0,
      failures: 0,
      meanLoadTime: 0,
      capacity: 3,
      size: 0,
    })
  })

  test("tells how long its runs take on average, those that fail included", async () => {
    let now = 0
    const { fn, runs } = controlled()
    const user = memoizeAsync(fn, { strategy: unbounded, clock: { now: () => now } })
    const calls = [user("1"), user("2").catch(() => {})]
    now = 10
    runs[0]?.resolve("result")
    await rest()
    now = 20
    runs[1]?.reject("no")
    await Promise.all(calls)
    expect(user.cacheInfo()).toMatchObject({ loads: 2, meanLoadTime: 15, failures: 1 })
  })

  test("lets its listeners call it", async () => {
    const again: Promise<string>[] = []
    const user: (id: string) => Promise<string> = memoizeAsync(async (id: string) => id, {
      strategy: lru,
      capacity: 1,
      onRemoval: (key) => {
        if (again.length === 0) again.push(user(key as string))
      },
    })
    await user("1")
    expect(await user("2")).toBe("2")
    expect(await Promise.all(again)).toEqual(["1"])
  })

  test.each<[string, () => unknown]>([
    [
      "that fails",
      () => {
        throw new Error("broken")
      },
    ],
    ["that tells no time", () => Number.NaN],
    ["that tells big integers", () => 1n],
  ])("with a clock %s gives every result, and reports it", async (_, now) => {
    const reported: unknown[] = []
    let broken = false
    const clock = { now: () => (broken ? (now() as number) : 0) }
    const user = memoizeAsync(async (id: string) => id, {
      strategy: unbounded,
      ttl: 5,
      clock,
      onCacheError: (_error, operation) => reported.push(operation),
    })
    await user("6")
    broken = true
    expect(await user("7")).toBe("7")
    expect(user.cacheInfo()).toMatchObject({ loading: 0, meanLoadTime: 0, failures: 0 })
    expect(reported).toContain("set")
  })
})
