import { setTimeout as after } from "node:timers/promises"
import { type AsyncMapLike, currentLoad, memoizeAsync } from "@evictionary/memoize"
import { describe, expect, test, vi } from "vitest"

/** What several caches share: values, and how often something was said of each key. */
class Store {
  readonly values = new Map<unknown, unknown>()
  private readonly said = new Map<unknown, number>()

  fence(key: unknown): () => boolean {
    const before = this.said.get(key)
    return () => this.said.get(key) === before
  }

  say(key: unknown): void {
    this.said.set(key, (this.said.get(key) ?? 0) + 1)
  }
}

/** A cache of one process, before a store; `stale` values are given and renewed. */
class Fenced implements AsyncMapLike<unknown, unknown> {
  readonly near = new Map<unknown, unknown>()
  readonly stale = new Set<unknown>()
  private readonly store: Store

  constructor(store: Store = new Store()) {
    this.store = store
  }

  getOrLoad(key: unknown, load: (key: unknown) => PromiseLike<unknown>): unknown {
    if (!this.near.has(key)) return this.getFar(key, load)
    if (this.stale.delete(key)) this.renew(key, load).catch(() => {})
    return this.near.get(key)
  }

  private async getFar(key: unknown, load: (key: unknown) => PromiseLike<unknown>) {
    await after(1)
    if (!this.store.values.has(key)) return this.renew(key, load)
    this.near.set(key, this.store.values.get(key))
    return this.near.get(key)
  }

  private async renew(key: unknown, load: (key: unknown) => PromiseLike<unknown>) {
    const stands = this.store.fence(key)
    const value = await load(key)
    if (stands()) this.keep(key, value)
    return value
  }

  private keep(key: unknown, value: unknown): void {
    this.near.set(key, value)
    this.store.values.set(key, value)
  }

  get(key: unknown): unknown {
    return this.near.get(key)
  }

  has(key: unknown): boolean {
    return this.near.has(key)
  }

  async set(key: unknown, value: unknown): Promise<void> {
    this.store.say(key)
    this.keep(key, value)
  }

  async delete(key: unknown): Promise<boolean> {
    this.store.say(key)
    this.near.delete(key)
    return this.store.values.delete(key)
  }

  clear(): void {
    for (const key of this.store.values.keys()) this.delete(key)
  }
}

/** What happens in the platform between two operations, and in the store. */
const rest = () => after(5)

describe("a cache that loads", () => {
  test("gives what it has at once, and has everything else loaded, once for all who call", async () => {
    const store = new Store()
    const [a, b] = [new Fenced(store), new Fenced(store)]
    let runs = 0
    const load = async (id: string) => {
      await after(1)
      return `${id} #${++runs}`
    }
    const [user, other] = [memoizeAsync(load, a), memoizeAsync(load, b)]
    expect(await Promise.all([user("7"), user("7")])).toEqual(["7 #1", "7 #1"])
    expect([await user("7"), await other("7"), await other("7"), runs]).toEqual([
      "7 #1",
      "7 #1",
      "7 #1",
      1,
    ])
    expect(user.cacheInfo()).toMatchObject({ hits: 1, misses: 1, joins: 1, loading: 0 })
    expect(other.cacheInfo()).toMatchObject({ hits: 2, misses: 0, joins: 0 })
  })

  test("keeps out what another process has overruled while it was loaded", async () => {
    const store = new Store()
    let row = "old"
    const load = async (_id: string) => {
      const read = row
      await after(10)
      return read
    }
    const [user, other] = [
      memoizeAsync(load, new Fenced(store)),
      memoizeAsync(load, new Fenced(store)),
    ]
    const call = user("7")
    await rest()
    row = "new"
    await other.delete("7")
    expect(await call).toBe("old")
    expect([await user("7"), await other("7")]).toEqual(["new", "new"])
  })

  test("knows no load that was deleted here meanwhile, and a new call begins a new one", async () => {
    const cache = new Fenced()
    const finish: ((value: string) => void)[] = []
    const user = memoizeAsync(
      (_id: string) => new Promise<string>((done) => finish.push(done)),
      cache,
    )
    const first = user("7")
    await rest()
    await user.delete("7")
    const second = user("7")
    await rest()
    finish[0]?.("old")
    finish[1]?.("new")
    expect([await first, await second, await user("7")]).toEqual(["old", "new", "new"])
  })

  test("may give an old value and have it renewed", async () => {
    const cache = new Fenced()
    let runs = 0
    const reported: unknown[] = []
    const user = memoizeAsync(
      async (id: string) => {
        if (++runs === 3) throw "down"
        return `${id} #${runs} in ${currentLoad().key}`
      },
      { cache, onCacheError: (...report) => reported.push(report) },
    )
    await user("7")
    cache.stale.add("7")
    expect(await user("7")).toBe("7 #1 in 7")
    await rest()
    expect(await user("7")).toBe("7 #2 in 7")
    cache.stale.add("7")
    expect(await user("7")).toBe("7 #2 in 7")
    await rest()
    expect([await user("7"), runs]).toEqual(["7 #2 in 7", 3])
    expect(reported).toEqual([["down", "refresh", "7"]])
    expect(user.cacheInfo()).toMatchObject({ hits: 4, misses: 1, failures: 1, loading: 0 })
  })

  test("may give an old value in place of an error, or before there is a result", async () => {
    const cache = new Fenced()
    let early = false
    cache.getOrLoad = async (key, load) => {
      const loaded = Promise.resolve(load(key))
      const old = loaded.catch(() => "old")
      return early ? "old" : old
    }
    const reported: unknown[] = []
    const fail = async (_id: string): Promise<string> => {
      await after(1)
      throw "down"
    }
    const user = memoizeAsync(fail, { cache, onCacheError: (...report) => reported.push(report) })
    expect([await user("7"), reported]).toEqual(["old", [["down", "refresh", "7"]]])
    expect(user.cacheInfo().failures).toBe(1)
    early = true
    expect([await user("7"), reported.length]).toEqual(["old", 1])
  })

  test("rejects with what the load does, and keeps nothing", async () => {
    let runs = 0
    const user = memoizeAsync(async (id: string) => {
      if (++runs === 1) throw new Error("no")
      return id
    }, new Fenced())
    const outcomes = await Promise.allSettled([user("7"), user("7")])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: new Error("no") })
    expect([await user("7"), user.cacheInfo().failures]).toEqual(["7", 1])
  })

  test("is not given an iterator", async () => {
    const cache = new Fenced()
    const user = memoizeAsync(async (_id: string) => [1].values(), cache)
    await expect(user("7")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" })
    expect(cache.near.size).toBe(0)
  })

  test("does not keep what nobody waits for any more", async () => {
    const cache = new Fenced()
    let run: AbortSignal | undefined
    const user = memoizeAsync((_id: string) => {
      run = currentLoad().signal
      return new Promise<string>(() => {})
    }, cache)
    const controller = new AbortController()
    const call = user.with({ signal: controller.signal })("7").catch(String)
    await rest()
    controller.abort("has left")
    expect([await call, run?.aborted]).toEqual(["has left", true])
    await rest()
    expect([cache.near.size, user.cacheInfo().failures]).toEqual([0, 0])
  })

  test("has many loaded in one call", async () => {
    const loads: string[][] = []
    const user = memoizeAsync(async (id: string): Promise<string> => id, {
      cache: new Fenced(),
      bulk: async (ids: string[]) => {
        loads.push(ids)
        return ids.map((id) => `bulk ${id}`)
      },
    })
    await user.prime(["1"], "primed")
    expect(await user.many(["1", "2", "3", "2"])).toEqual(["primed", "bulk 2", "bulk 3", "bulk 2"])
    expect(loads).toEqual([["2", "3"]])
    expect(await user.many(["2", "3"])).toEqual(["bulk 2", "bulk 3"])
  })

  test("is told what is refreshed and primed", async () => {
    const cache = new Fenced()
    let runs = 0
    const user = memoizeAsync(async (_id: string) => ++runs, cache)
    await user("7")
    expect([await user.refresh("7"), await user("7"), cache.near.get("7")]).toEqual([2, 2, 2])
    await user.prime(["7"], 70)
    expect([await user("7"), await user.has("7"), await user.peek("7")]).toEqual([70, true, 70])
  })

  test("is in circles like any other", async () => {
    const user: (id: string) => Promise<string> = memoizeAsync(async function user(
      id: string,
    ): Promise<string> {
      await after(1)
      return again(id)
    }, new Fenced())
    const again = user
    await expect(user("7")).rejects.toMatchObject({ code: "CYCLE" })
  })

  test.each<[string, Fenced["getOrLoad"], string]>([
    [
      "throws",
      () => {
        throw new Error("down")
      },
      "down",
    ],
    ["rejects", () => Promise.reject(new Error("down")), "down"],
    ["never answers", () => new Promise(() => {}), "`get` took more than 5 ms"],
  ])("and %s is as good as empty, and reported", async (_, getOrLoad, message) => {
    const cache = Object.assign(new Fenced(), { getOrLoad })
    const reported: unknown[] = []
    const user = memoizeAsync(async (id: string) => id, {
      cache,
      budget: 5,
      onCacheError: (error, operation) => reported.push([(error as Error).message, operation]),
    })
    expect(await Promise.all([user("7"), user("7")])).toEqual(["7", "7"])
    expect(reported).toEqual([[message, "get"]])
  })

  test("and answers too late still gets the result that was loaded without it", async () => {
    const cache = new Fenced()
    const { getOrLoad } = cache
    const kept: unknown[] = []
    cache.getOrLoad = async (key, load) => {
      await after(20)
      kept.push(await getOrLoad.call(cache, key, load))
      return kept[0]
    }
    const run = vi.fn(async (id: string) => id)
    const user = memoizeAsync(run, { cache, budget: 5, onCacheError: () => {} })
    expect(await user("7")).toBe("7")
    await expect.poll(() => kept).toEqual(["7"])
    expect([run.mock.calls.length, cache.near.get("7")]).toEqual([1, "7"])
  })

  test("has no use for options that say how results grow old", () => {
    const stale = { ttl: 5, staleIfError: 5 }
    expect(() => memoizeAsync(async (id: string) => id, { cache: new Fenced(), ...stale })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    )
  })
})
