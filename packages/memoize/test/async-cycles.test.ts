import { setTimeout as after } from "node:timers/promises"
import type { CacheError } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type AsyncMemoized, currentLoad, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest"

const cycle = (names: string) => ({
  name: "CacheError",
  code: "CYCLE",
  message: `these loads would wait for each other for ever: ${names}`,
})

type Get = (key: string) => Promise<string>

describe.each([
  ["at once", () => undefined],
  ["after an await", () => Promise.resolve()],
])("a call that its own run makes %s", (_, pause) => {
  const waiting = (next: () => Promise<string>) => async () => {
    const paused = pause()
    if (paused) await paused
    return next()
  }

  test("is rejected if it is the same call, and the message names it", async () => {
    const user: Get = memoizeAsync(async function user(id: string): Promise<string> {
      return waiting(() => again(id))()
    }, unbounded())
    const again = user
    await expect(user("7")).rejects.toMatchObject(cycle('user("7") → user("7")'))
  })

  test("is rejected if others are between, and the message names them all", async () => {
    const user: Get = memoizeAsync(async function user(_id: string): Promise<string> {
      return waiting(() => team("a", 1))()
    }, unbounded())
    const team = memoizeAsync(
      async function team(_name: string, _size: number): Promise<string> {
        return waiting(() => house({}, null))()
      },
      lru({ capacity: 1 }),
    )
    const house = memoizeAsync(async function house(_: object, _more: null): Promise<string> {
      return waiting(() => user("7"))()
    }, unbounded())
    const names = 'user("7") → team("a", 1) → house(…, null) → user("7")'
    await expect(user("7")).rejects.toMatchObject(cycle(names))
    expect(user).toHaveProperty("name", "user")
  })

  test("may be caught, and the run goes on", async () => {
    const user: Get = memoizeAsync(async (id: string): Promise<string> => {
      return waiting(() => user(id).catch((error) => error.code))()
    }, unbounded())
    expect(await user("7")).toBe("CYCLE")
  })

  test("is not rejected if its key is another", async () => {
    const countdown: (n: number) => Promise<number> = memoizeAsync(
      async (n: number): Promise<number> => {
        const paused = pause()
        if (paused) await paused
        return n === 0 ? 0 : 1 + (await countdown(n - 1))
      },
      unbounded(),
    )
    expect(await countdown(50)).toBe(50)
  })

  test("is rejected if a bulk loader makes it, or waits for it", async () => {
    const user = memoizeAsync(
      async function user(id: string): Promise<string> {
        return id
      },
      {
        strategy: unbounded,
        bulk: async (ids: string[]): Promise<string[]> => {
          await waiting(() => friend("7"))()
          return ids
        },
      },
    )
    const friend: Get = memoizeAsync(async function friend(id: string): Promise<string> {
      return waiting(() => user(id))()
    }, unbounded())
    const names = 'user("7") → user.many("1", "7") → friend("7") → user("7")'
    await expect(user.many(["1", "7"])).rejects.toMatchObject(cycle(names))
  })
})

test("a circle is found however many are in it", async () => {
  const next: (n: number) => Promise<number> = memoizeAsync(async (n: number): Promise<number> => {
    await Promise.resolve()
    return next((n + 1) % 20_000)
  }, unbounded())
  await expect(next(0)).rejects.toMatchObject({ code: "CYCLE" })
})

test("a call that gets the old result closes no circle", async () => {
  let now = 0
  const user: Get = memoizeAsync(
    async (id: string): Promise<string> => (now === 0 ? "first" : `${await user(id)}, second`),
    {
      strategy: unbounded,
      ttl: 1,
      staleWhileRevalidate: 10,
      clock: { now: () => now },
      onCacheError: (error) => {
        throw error
      },
    },
  )
  await user("7")
  now = 1
  expect(await user("7")).toBe("first")
  await expect.poll(() => user("7")).toBe("first, second")
})

test("who has stopped waiting is in no circle", async () => {
  const leave = new AbortController()
  const a: Get = memoizeAsync(async (id: string): Promise<string> => {
    return b
      .with({ signal: leave.signal })(id)
      .catch(() => "alone")
  }, unbounded())
  const b: AsyncMemoized<Get> = memoizeAsync(async (id: string): Promise<string> => {
    await Promise.resolve()
    leave.abort()
    return a(id)
  }, unbounded())
  expect(await Promise.all([a("7"), b("7")])).toEqual(["alone", "alone"])
})

test("a call is rejected exactly if it leads into a circle, whoever settles when", async () => {
  const graph = fc.array(fc.array(fc.nat(5), { maxLength: 3 }), { minLength: 6, maxLength: 6 })
  const follow = async (scheduler: fc.Scheduler, graph: number[][], atOnce: boolean) => {
    const functions = graph.map((_, node) =>
      memoizeAsync(
        async (next: number): Promise<number> => {
          await scheduler.schedule(Promise.resolve(), `run of ${node}`)
          const calls = (graph[next] ?? []).map((other) => () => call(other))
          if (atOnce) await Promise.all(calls.map((call) => call()))
          else for (const call of calls) await call()
          return next
        },
        lru({ capacity: 2 }),
      ),
    )
    // Nodes of three functions, so that circles go through several.
    const call = (node: number) => functions[node % 3]!(node)

    const leadsIntoCircle = (node: number, way: number[] = []): boolean =>
      way.includes(node) ||
      (graph[node] ?? []).some((next) => leadsIntoCircle(next, [...way, node]))

    const outcomes = graph.map((_, node) => call(node).catch((error: unknown) => error))
    await scheduler.waitFor(Promise.all(outcomes))
    for (const [node, outcome] of (await Promise.all(outcomes)).entries()) {
      if (leadsIntoCircle(node)) expect(outcome).toMatchObject({ code: "CYCLE" })
      else expect(outcome).toBe(node)
    }
  }
  await fc.assert(fc.asyncProperty(fc.scheduler(), graph, fc.boolean(), follow), { numRuns: 300 })
})

describe("the current load", () => {
  test("has a key and a signal, before and after an await", async () => {
    const user = memoizeAsync(async (_id: string) => {
      const before = currentLoad()
      await Promise.resolve()
      const after = currentLoad()
      return [before.key, after.key, before.signal === after.signal, after.signal.aborted]
    }, unbounded())
    expect(await user("7")).toEqual(["7", "7", true, false])
  })

  test("is that of the innermost run", async () => {
    const inner = memoizeAsync(async (_id: string) => currentLoad().key, unbounded())
    const outer = memoizeAsync(
      async (_id: string) => [await inner("inner"), currentLoad().key],
      unbounded(),
    )
    expect(await outer("outer")).toEqual(["inner", "outer"])
  })

  test("is, in a bulk loader, that of all keys", async () => {
    const user = memoizeAsync(async (id: string): Promise<unknown> => id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids.map(() => currentLoad().key),
    })
    expect(await user.many(["1", "2"])).toEqual([
      ["1", "2"],
      ["1", "2"],
    ])
  })

  test("has an aborted signal if nobody waits any more, however late it is asked for", async () => {
    const leave = new AbortController()
    let late: AbortSignal | undefined
    const user = memoizeAsync(async (_id: string) => {
      const load = currentLoad()
      leave.abort("gone")
      await Promise.resolve()
      late = load.signal
    }, unbounded())
    await expect(user.with({ signal: leave.signal })("7")).rejects.toBe("gone")
    await expect.poll(() => late).toMatchObject({ aborted: true, reason: "gone" })
  })

  test("has no signal where the platform has none, and says so; the rest works", async () => {
    vi.stubGlobal("AbortController", undefined)
    onTestFinished(() => void vi.unstubAllGlobals())
    const user = memoizeAsync(async (id: string) => currentLoad().key === id, {
      strategy: unbounded,
      bulk: async (ids: string[]) => ids.map((id) => (currentLoad().key as string[]).includes(id)),
    })
    expect([await user("1"), ...(await user.many(["2", "3"]))]).toEqual([true, true, true])
    const loud = memoizeAsync(async () => currentLoad().signal, unbounded())
    await expect(loud()).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: "`signal` needs `AbortController`, which is not there",
    })
  })

  test("is none outside of a load", () => {
    expect(() => currentLoad()).toThrow(expect.objectContaining({ code: "NO_LOAD" }))
  })
})

describe("where the platform has no context that outlives an await", () => {
  beforeEach(() => {
    vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } }))
  })

  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  const load = async () => {
    vi.resetModules()
    return import("@evictionary/memoize")
  }

  async function later<T>(next: () => T | Promise<T>): Promise<T> {
    await after(1)
    return next()
  }

  /** What somebody awaits in a run before he goes on. */
  const pauses: [string, (next: () => Promise<string>) => Promise<string>][] = [
    ["an await", later],
    ["a `then`", (next) => after(1).then(next)],
    ["a helper", async (next) => await later(async () => await later(next))],
    ["others", async (next) => (await Promise.all([after(1), later(next)]))[1]],
    [
      "a loop",
      async (next) => {
        for await (const _ of [after(1)]) return next()
        throw new Error("not reached")
      },
    ],
  ]

  test.each(pauses)("a circle is found by the trace of the stack after %s", async (_, pause) => {
    const { memoizeAsync } = await load()
    const user: Get = memoizeAsync(async function user(_id: string): Promise<string> {
      return pause(() => team("a"))
    }, new Map())
    const team: Get = memoizeAsync(async function team(_name: string): Promise<string> {
      return pause(() => user("7"))
    }, new Map())
    const names = 'user("7") → team("a") → user("7")'
    await expect(user("7")).rejects.toMatchObject(cycle(names))
    const again: Get = memoizeAsync(async function self(id: string): Promise<string> {
      return pause(() => again(id))
    }, new Map())
    await expect(again("7")).rejects.toMatchObject(cycle('self("7") → self("7")'))
  })

  test("who calls from outside meanwhile is in no circle", async () => {
    const { memoizeAsync } = await load()
    const user: Get = memoizeAsync((id: string) => later(() => id), new Map())
    const outside = () => later(() => user("7"))
    expect(await Promise.all([user("7"), outside(), outside(), user("7")])).toEqual(
      Array.from({ length: 4 }, () => "7"),
    )
  })

  test("the current load is known, as far as the trace tells", async () => {
    const { currentLoad, memoizeAsync } = await load()
    const current = () => {
      try {
        return currentLoad().key
      } catch (error) {
        return (error as CacheError).code
      }
    }
    const inner = memoizeAsync((_id: string) => later(current), new Map())
    const outer = memoizeAsync(async (_id: string) => {
      const within = inner("inner")
      const seen = [current(), await within, current()]
      return [...seen, await new Promise((resolve) => setTimeout(() => resolve(current())))]
    }, new Map())
    expect(await outer("outer")).toEqual(["outer", "inner", "outer", "NO_LOAD"])
    expect(current()).toBe("NO_LOAD")
  })

  test.each<[string, () => unknown]>([
    ["is empty", () => ""],
    ["is not text", () => []],
    [
      "cannot be had",
      () => {
        throw new Error("no trace")
      },
    ],
  ])(
    "the current load is known until an await, and a circle found, if the trace %s",
    async (_, prepare) => {
      const { currentLoad, memoizeAsync } = await load()
      const host = Error as { prepareStackTrace?: unknown }
      const { prepareStackTrace } = host
      onTestFinished(() => {
        host.prepareStackTrace = prepareStackTrace
      })
      const current = (): unknown => {
        host.prepareStackTrace = prepare
        try {
          return currentLoad().key
        } catch (error) {
          return (error as CacheError).code
        } finally {
          host.prepareStackTrace = prepareStackTrace
        }
      }
      const user = memoizeAsync(
        async (_id: string) => [current(), await after(1), current()],
        new Map(),
      )
      expect(await user("7")).toEqual(["7", undefined, "NO_LOAD"])
      const self: Get = memoizeAsync((id: string): Promise<string> => self(id), new Map())
      await expect(self("7")).rejects.toMatchObject({ code: "CYCLE" })
    },
  )

  test("a trace is asked for without a trace of that", async () => {
    const { memoizeAsync } = await load()
    const { stackTraceLimit } = Error
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit
    })
    Error.stackTraceLimit = 1
    const self: Get = memoizeAsync(async (id: string): Promise<string> => {
      await after(1)
      return self(id)
    }, new Map())
    await expect(self("7")).rejects.toMatchObject({ code: "CYCLE" })
    expect(Error.stackTraceLimit).toBe(1)
  })

  test("AsyncContext is used if there is one", async () => {
    const values: unknown[] = []
    class Variable {
      run(value: unknown, fn: () => unknown) {
        values.push(value)
        return fn()
      }
      get() {
        return values.at(-1)
      }
    }
    vi.stubGlobal("AsyncContext", { Variable })
    const { currentLoad, memoizeAsync } = await load()
    const user = memoizeAsync(async (_id: string) => {
      await Promise.resolve()
      return currentLoad().key
    }, new Map())
    expect(await user("7")).toBe("7")
  })
})
