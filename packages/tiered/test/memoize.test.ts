import { currentLoad, memoizeAsync } from "@evictionary/memoize"
import { describe, expect, test } from "vitest"
import { deferred, pair } from "./pair.ts"

describe("a function memoized over two tiers", () => {
  test("runs once for all processes", async () => {
    const { a, b, settle } = await pair<string>()
    let runs = 0
    const work = async (id: string) => `${id}, run ${++runs}`
    const [one, other] = [memoizeAsync(work, a), memoizeAsync(work, b)]
    expect(await Promise.all([one("7"), one("7")])).toEqual(["7, run 1", "7, run 1"])
    await settle()
    expect(await other("7")).toBe("7, run 1")
    expect(await other("7")).toBe("7, run 1")
    expect(one.cacheInfo()).toMatchObject({ misses: 1, joins: 1 })
    expect(other.cacheInfo()).toMatchObject({ hits: 2, misses: 0 })
    expect(a.get("7")).toBe("7, run 1")
  })

  test("does not bring back what another process deletes while it runs", async () => {
    const { a, b, settle } = await pair<string>()
    const { promise, resolve } = deferred<string>()
    const [one, other] = [
      memoizeAsync((_: string) => promise, a),
      memoizeAsync(async (_: string) => "new", b),
    ]
    const running = one("k")
    await settle()
    await other.delete("k")
    resolve("old")
    expect(await running).toBe("old")
    await settle()
    expect([await a.get("k"), await b.get("k")]).toEqual([undefined, undefined])
    expect(await other("k")).toBe("new")
    await settle()
    expect(await one("k")).toBe("new")
  })

  test("keeps what is said by name: prime, delete, clear, has, peek", async () => {
    const { a, b, settle } = await pair<string>()
    const [one, other] = [a, b].map((cache) =>
      memoizeAsync(async (id: string) => `run ${id}`, cache),
    )
    await one!.prime(["k"], "primed")
    await settle()
    expect(await other!("k")).toBe("primed")
    expect([await other!.has("k"), await other!.peek("k")]).toEqual([true, "primed"])
    await other!.delete("k")
    await settle()
    expect(await one!("k")).toBe("run k")
    await one!.clear()
    await settle()
    expect([await one!.has("k"), await other!.has("k")]).toEqual([false, false])
  })

  test("gives a result that is old while one process renews it", async () => {
    const { a, b, settle, clock } = await pair<string>({ ttl: 1_000, staleWhileRevalidate: 9_000 })
    let runs = 0
    const work = async () => `run ${++runs}`
    const [one, other] = [memoizeAsync(work, a), memoizeAsync(work, b)] as unknown as ((
      id: string,
    ) => Promise<string>)[]
    expect(await one!("k")).toBe("run 1")
    await settle()
    expect(await other!("k")).toBe("run 1")
    await clock.advance(2_000)
    expect(await Promise.all([one!("k"), other!("k")])).toEqual(["run 1", "run 1"])
    await settle()
    expect(await one!("k")).toBe("run 2")
    expect(runs).toBe(2)
  })

  test("loads what `many` misses, and knows of callers who leave", async () => {
    const { a, settle } = await pair<string>()
    const asked: string[][] = []
    const memo = memoizeAsync(async (id: string) => id, {
      cache: a,
      bulk: async (ids: string[]) => {
        asked.push(ids)
        return ids.map((id) => `bulk ${id}`)
      },
    })
    await a.set("2", "there")
    const values = await memo.many(["1", "2", "3"])
    expect(values).toEqual(["bulk 1", "there", "bulk 3"])
    expect(asked).toEqual([["1", "3"]])
    let signal: AbortSignal | undefined
    const slow = memoizeAsync((_: string) => {
      signal = currentLoad().signal as AbortSignal
      return new Promise<string>(() => {})
    }, a)
    const controller = new AbortController()
    const left = slow
      .with({ signal: controller.signal })("slow")
      .catch((reason) => reason)
    await settle()
    controller.abort("left")
    expect(await left).toBe("left")
    expect(signal?.aborted).toBe(true)
  })

  test("runs though the second tier does not answer", async () => {
    const { a, clock, tier } = await pair<string>()
    tier.faults.hold()
    const memo = memoizeAsync(async (id: string) => `run ${id}`, a)
    const answer = memo("k")
    await clock.advance(100)
    expect(await answer).toBe("run k")
    expect(await memo("k")).toBe("run k")
    expect(memo.cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
  })
})
