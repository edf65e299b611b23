import { setTimeout as after } from "node:timers/promises"
import { type AsyncMapLike, memoizeAsync } from "@evictionary/memoize"
import fc from "fast-check"
import Keyv from "keyv"
import Keyv6 from "keyv-6"
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest"

type Act = <T>(act: () => T) => Promise<T>

/** A remote cache: every answer takes its time, and what is done is done when the answer is sent. */
class Remote implements AsyncMapLike<unknown, unknown> {
  readonly entries = new Map<unknown, unknown>()
  private readonly act: Act

  constructor(act: Act = async (act) => act()) {
    this.act = act
  }

  get(key: unknown): Promise<unknown> {
    return this.act(() => this.entries.get(key))
  }

  has(key: unknown): Promise<boolean> {
    return this.act(() => this.entries.has(key))
  }

  set(key: unknown, value: unknown): Promise<unknown> {
    return this.act(() => this.entries.set(key, value))
  }

  delete(key: unknown): Promise<boolean> {
    return this.act(() => this.entries.delete(key))
  }

  clear(): Promise<void> {
    return this.act(() => this.entries.clear())
  }
}

describe("a cache that returns promises", () => {
  test("holds results", async () => {
    const cache = new Remote()
    let runs = 0
    const user = memoizeAsync(async (id: string) => `${id} #${++runs}`, cache)
    expect([await user("7"), await user("7"), await user("8")]).toEqual(["7 #1", "7 #1", "8 #2"])
    expect([...cache.entries]).toEqual([
      ["7", "7 #1"],
      ["8", "8 #2"],
    ])
    expect(user.cacheInfo()).toMatchObject({ hits: 1, misses: 2, joins: 0, capacity: undefined })
  })

  test("is taken to have nothing where it has undefined", async () => {
    let runs = 0
    const user = memoizeAsync(async (_id: string) => {
      runs++
    }, new Remote())
    expect([await user("7"), await user("7"), runs]).toEqual([undefined, undefined, 2])
  })

  test("is asked once for all who call meanwhile, who share one run", async () => {
    const cache = new Remote()
    const get = vi.spyOn(cache, "get")
    let runs = 0
    const user = memoizeAsync(async (id: string) => `${id} #${++runs}`, cache)
    expect(await Promise.all([user("7"), user("7"), user("7")])).toEqual(["7 #1", "7 #1", "7 #1"])
    expect([get.mock.calls.length, runs]).toEqual([1, 1])
    expect(user.cacheInfo()).toMatchObject({ hits: 0, misses: 1, joins: 2 })
  })

  test("does not begin a run for those who have left meanwhile", async () => {
    let runs = 0
    const user = memoizeAsync(async (id: string) => `${id} #${++runs}`, new Remote())
    const controller = new AbortController()
    const call = user.with({ signal: controller.signal })("7")
    controller.abort("has left")
    await expect(call).rejects.toBe("has left")
    await after(1)
    expect([runs, user.cacheInfo().misses]).toEqual([0, 0])
  })

  test("gives the old result while a refresh runs", async () => {
    let finish = (_result: string) => {}
    const result = new Promise<string>((resolve) => {
      finish = resolve
    })
    const user = memoizeAsync((_id: string) => result, new Remote())
    await user.prime(["7"], "old")
    const refreshed = user.refresh("7")
    expect(await user("7")).toBe("old")
    finish("new")
    expect([await refreshed, await user("7")]).toEqual(["new", "new"])
  })

  test("keeps nobody who has left, even while a refresh runs", async () => {
    const user = memoizeAsync((_id: string) => new Promise<string>(() => {}), new Remote())
    await user.prime(["7"], "old")
    user.refresh("7")
    const controller = new AbortController()
    const call = user.with({ signal: controller.signal })("7")
    controller.abort("has left")
    await expect(call).rejects.toBe("has left")
  })

  test("has its members", async () => {
    const user = memoizeAsync(async (id: string) => id, new Remote())
    expect([await user.has("7"), await user.peek("7")]).toEqual([false, undefined])
    await user.prime(["7"], "primed")
    expect([await user.has("7"), await user.peek("7")]).toEqual([true, "primed"])
    expect([await user.delete("7"), await user.delete("7")]).toEqual([true, false])
    await user("7")
    await user.clear()
    expect(await user.has("7")).toBe(false)
  })

  test("gives many at once, and has the others loaded together", async () => {
    const loads: string[][] = []
    const user = memoizeAsync(async (id: string): Promise<string> => id, {
      cache: new Remote(),
      bulk: async (ids: string[]) => {
        loads.push(ids)
        return ids.map((id) => `bulk ${id}`)
      },
    })
    await user.prime(["1"], "primed")
    expect(await user.many(["1", "2", "3", "2"])).toEqual(["primed", "bulk 2", "bulk 3", "bulk 2"])
    expect(loads).toEqual([["2", "3"]])
  })

  test("has nothing loaded for those who leave before all is looked up", async () => {
    let runs = 0
    let tell = () => {}
    const cache = new Remote()
    cache.get = (key) =>
      key === "1"
        ? Promise.resolve()
        : new Promise((resolve) => {
            tell = () => resolve(undefined)
          })
    const user = memoizeAsync(async (id: string): Promise<string> => id, {
      cache,
      bulk: async (ids: string[]) => {
        runs++
        return ids
      },
    })
    const controller = new AbortController()
    const many = user.many(["1", "2"], { signal: controller.signal })
    await after(1)
    controller.abort("has left")
    await expect(many).rejects.toBe("has left")
    tell()
    await after(1)
    expect(runs).toBe(0)
  })

  test("needs a key where calls have not just one argument, and says so", async () => {
    const errors: unknown[] = []
    let runs = 0
    const area = memoizeAsync(async (a: number, b: number) => a * b * ++runs, {
      cache: new Remote(),
      onCacheError: (error) => errors.push(error),
    })
    expect([await area(1, 2), await area(1, 2)]).toEqual([2, 4])
    expect(errors[0]).toMatchObject({
      code: "INVALID_OPTION",
      message: "`key` must be a function if the cache returns promises, received undefined",
    })
    const keyed = memoizeAsync(async (a: number, b: number) => a * b * ++runs, {
      cache: new Remote(),
      key: (a, b) => `${a}×${b}`,
    })
    expect([await keyed(1, 2), await keyed(1, 2)]).toEqual([6, 6])
  })

  test.each([
    ["Keyv 5", () => new Keyv()],
    ["Keyv 6", () => new Keyv6()],
  ])("may be a %s", async (_, create) => {
    let runs = 0
    const user = memoizeAsync(async (id: string) => ({ id, run: ++runs }), create() as Keyv)
    expect([await user("7"), await user("7")]).toEqual([
      { id: "7", run: 1 },
      { id: "7", run: 1 },
    ])
    await user.clear()
    expect([await user.has("7"), await user.delete("7")]).toEqual([false, false])
  })
})

describe("a cache that fails", () => {
  test.each(["get", "has", "set", "delete", "clear"] as const)(
    "in %s is as good as empty, and reported",
    async (operation) => {
      for (const fail of [
        () => Promise.reject(new Error("down")),
        () => {
          throw new Error("down")
        },
      ]) {
        const cache = new Remote()
        cache[operation] = fail
        const reported: unknown[] = []
        let runs = 0
        const user = memoizeAsync(async (_id: string) => ++runs, {
          cache,
          onCacheError: (error, operation, key) =>
            reported.push([(error as Error).message, operation, key]),
        })
        expect(await user("7")).toBe(1)
        expect(await user("7")).toBe(
          operation === "get" || operation === "set" ? 2 : operation === "has" ? 1 : 1,
        )
        await user.prime(["8"], 8)
        await user.has("8")
        await user.peek("8")
        expect(await user.delete("8")).toBe(operation !== "delete" && operation !== "set")
        await user.clear()
        expect(reported.length).toBeGreaterThan(0)
        for (const report of reported) {
          expect(report).toEqual([
            "down",
            operation,
            operation === "clear" ? undefined : expect.stringMatching(/7|8/),
          ])
        }
      }
    },
  )

  test("is reported to the host if nobody asks for it", async () => {
    const reportError = vi.fn()
    vi.stubGlobal("reportError", reportError)
    const cache = new Remote()
    cache.get = () => Promise.reject("down")
    expect(await memoizeAsync(async (id: string) => id, cache)("7")).toBe("7")
    expect(reportError.mock.calls).toEqual([["down"]])
    vi.unstubAllGlobals()
  })

  test("for a long time is worth one warning to a host that has no reportError", async () => {
    vi.stubGlobal("reportError", undefined)
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {})
    onTestFinished(() => void vi.unstubAllGlobals())
    onTestFinished(() => warn.mockRestore())
    const cache = new Remote(() => Promise.reject(new Error("down")))
    const user = memoizeAsync(async (id: string) => id, cache)
    for (const id of ["7", "8", "7"]) expect(await user(id)).toBe(id)
    await user.clear()
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("down"), "CacheWarning")
  })

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw "listener"
      },
    ],
    ["rejects", () => Promise.reject("listener")],
  ])("and a listener that %s as well, do no harm to the caller", async (_, onCacheError) => {
    const reportError = vi.fn()
    vi.stubGlobal("reportError", reportError)
    onTestFinished(() => void vi.unstubAllGlobals())
    const cache = new Remote()
    cache.get = () => Promise.reject("down")
    const user = memoizeAsync(async (id: string) => id, { cache, onCacheError })
    expect(await user("7")).toBe("7")
    await after(1)
    expect(reportError.mock.calls).toEqual([["listener"]])
  })

  const fail = () => {
    throw new Error("down")
  }
  const contradict = (resolve: (value: unknown) => void, reject: (error: unknown) => void) => {
    reject(new Error("down"))
    resolve("no")
    throw new Error("never heard")
  }
  test.each<[string, PropertyDescriptor]>([
    ["that throws", { value: fail }],
    ["that cannot be read", { get: fail }],
    ["that says this and that", { value: contradict }],
  ])("by an answer with a `then` %s is reported once", async (_, then) => {
    const answer = Object.defineProperties({}, { then })
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string) => id, {
      cache: { get: () => answer, has() {}, set() {}, delete() {}, clear() {} } as never,
      onCacheError: (error, operation) => reported.push([(error as Error).message, operation]),
    })
    expect(await user("7")).toBe("7")
    expect(reported).toEqual([["down", "get"]])
  })
})

describe("a cache that is slow", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([
    [undefined, 1_000],
    [20, 20],
  ])("with a budget of %s is waited for %i ms", async (budget, wait) => {
    const cache = new Remote()
    cache.get = () => new Promise(() => {})
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string) => id, {
      cache,
      budget,
      onCacheError: (error) => reported.push(error),
    })
    let result: unknown
    user("7").then((value) => {
      result = value
    })
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect([result, reported]).toEqual([undefined, []])
    await vi.advanceTimersByTimeAsync(1)
    expect(result).toBe("7")
    const message = `\`get\` took more than ${wait} ms`
    expect(reported).toMatchObject([{ name: "CacheError", code: "TIMEOUT", message }])
  })

  test("keeps nobody longer than one budget, however many changes are queued before him", async () => {
    const sent: unknown[] = []
    const cache = new Remote(() => new Promise(() => {}))
    cache.set = (key, value) => {
      sent.push([key, value])
      return new Promise(() => {})
    }
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string) => id, {
      cache,
      budget: 20,
      onCacheError: (_error, operation) => reported.push(operation),
    })
    const done: string[] = []
    for (let i = 0; i < 20; i++) user.prime(["7"], `${i}`).then(() => done.push(`prime ${i}`))
    user.clear().then(() => done.push("clear"))
    user("7").then((value) => done.push(value))
    user.has("7").then((has) => done.push(`has: ${has}`))
    await vi.advanceTimersByTimeAsync(19)
    expect([sent, done]).toEqual([[["7", "0"]], []])
    await vi.advanceTimersByTimeAsync(1)
    expect(done.length).toBe(23)
    expect(done).toEqual(
      expect.arrayContaining(["prime 0", "prime 19", "clear", "7", "has: false"]),
    )
    // Nothing is lost: what nobody waits for any more is sent all the same, in order.
    const primes = Array.from({ length: 20 }, (_, i) => ["7", `${i}`])
    expect(sent).toEqual([...primes, ["7", "7"]])
    expect(reported.filter((operation) => operation === "set").length).toBe(20)
  })

  test("and answers after all is asked for the next thing then", async () => {
    let answer = () => {}
    const sent: unknown[] = []
    const cache = new Remote()
    cache.set = (_key, value) => {
      sent.push(value)
      return new Promise((resolve) => {
        answer = () => resolve(undefined)
      })
    }
    const user = memoizeAsync(async (id: string) => id, { cache, budget: 20 })
    const first = user.prime(["7"], "1")
    await vi.advanceTimersByTimeAsync(10)
    const second = user.prime(["7"], "2")
    expect(sent).toEqual(["1"])
    answer()
    await first
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(["1", "2"])
    answer()
    await second
    expect(vi.getTimerCount()).toBe(0)
  })

  test("keeps no program running that has nothing else to do", async () => {
    vi.useRealTimers()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout")
    const before = timers().length
    const cache = new Remote(() => new Promise(() => {}))
    memoizeAsync(async (id: string) => id, { cache, budget: 1e6 })("7")
    expect(timers().length).toBe(before)
  })

  test("in storing keeps nobody from his result", async () => {
    const cache = new Remote()
    cache.set = () => new Promise(() => {})
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string) => id, {
      cache,
      onCacheError: (...report) => reported.push(report),
    })
    expect(await user("7")).toBe("7")
    await vi.advanceTimersByTimeAsync(1_000)
    expect(reported).toMatchObject([[{ code: "TIMEOUT" }, "set", "7"]])
  })

  test("but answers in time leaves no timer", async () => {
    await memoizeAsync(async (id: string) => id, new Remote())("7")
    await vi.advanceTimersByTimeAsync(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test("may have a budget without end", async () => {
    const cache = new Remote((act) => new Promise((resolve) => setTimeout(() => resolve(act()), 5)))
    const user = memoizeAsync(async (id: string) => id, {
      cache,
      budget: Infinity,
      onCacheError: (error) => {
        throw error
      },
    })
    const first = user("7")
    await vi.advanceTimersByTimeAsync(100)
    expect(await first).toBe("7")
    expect(cache.entries.size).toBe(1)
  })
})

const operation = fc.record({
  what: fc.constantFrom("call", "call", "call", "delete", "prime", "clear", "refresh", "settle"),
  key: fc.constantFrom("a", "b"),
  leaves: fc.boolean(),
})
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

test("however late it answers, no call gets what was overruled before, and all get something", async () => {
  const follow = async (scheduler: fc.Scheduler, operations: Operation[], fails: boolean[]) => {
    const event = (name: string) => scheduler.schedule(Promise.resolve(), name)
    let time = 0
    let lookups = 0
    const overruled = new Map<string, number>()
    const overrule = (key: string) => overruled.set(key, ++time)
    const changed = async <T>(act: () => T) => {
      await event("change")
      return act()
    }
    const cache = new Remote(changed)
    cache.get = async (key) => {
      await event("lookup")
      if (fails[lookups++ % fails.length]) throw new Error("down")
      return cache.entries.get(key)
    }
    const user = memoizeAsync(
      async (key: string) => {
        const began = ++time
        await event("run")
        return { key, began }
      },
      { cache, budget: Infinity, onCacheError: () => {} },
    )
    const calls: Promise<unknown>[] = []

    function act({ what, key, leaves }: Operation): unknown {
      const since = overruled.get(key) ?? 0
      switch (what) {
        case "call": {
          const controller = new AbortController()
          if (leaves) event("leave").then(() => controller.abort("has left"))
          const call = user.with({ signal: controller.signal })(key)
          const checked = call.then(
            (value) => {
              expect(value.key).toBe(key)
              expect(value.began).toBeGreaterThanOrEqual(since)
            },
            (error) => expect([leaves, error]).toEqual([true, "has left"]),
          )
          return calls.push(checked)
        }
        case "refresh":
          return calls.push(user.refresh(key))
        case "prime":
          overrule(key)
          return calls.push(user.prime([key], { key, began: time }))
        case "delete":
          overrule(key)
          return calls.push(user.delete(key))
        case "clear":
          overrule("a")
          overrule("b")
          return calls.push(user.clear())
        default:
          return scheduler.count() > 0 && scheduler.waitOne()
      }
    }

    for (const operation of operations) await act(operation)
    await scheduler.waitFor(Promise.all(calls))
  }
  const fails = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 })
  const operations = fc.array(operation, { maxLength: 30 })
  await fc.assert(fc.asyncProperty(fc.scheduler(), operations, fails, follow), { numRuns: 1_000 })
})
