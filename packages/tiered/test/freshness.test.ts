import { describe, expect, test } from "vitest"
import { deferred, pair } from "./pair.ts"

describe("a stale value", () => {
  test("is given while one process renews it, for `staleWhileRevalidate`", async () => {
    const { a, b, clock, settle } = await pair({ ttl: 1_000, staleWhileRevalidate: 5_000 })
    await a.getOrLoad("k", () => 1)
    await settle()
    await b.get("k")
    await clock.advance(2_000)
    const { promise, resolve } = deferred<number>()
    let loads = 0
    const load = () => {
      loads++
      return promise
    }
    expect([a.getOrLoad("k", load), b.getOrLoad("k", load)]).toEqual([1, 1])
    await settle()
    expect(loads).toBe(1)
    expect([a.getOrLoad("k", load), b.getOrLoad("k", load)]).toEqual([1, 1])
    resolve(2)
    await settle()
    expect(a.getOrLoad("k", load)).toBe(2)
    await clock.advance(600)
    expect(b.getOrLoad("k", load)).toBe(1)
    await settle()
    expect(b.getOrLoad("k", load)).toBe(2)
    expect(loads).toBe(1)
    expect(a.stats.stale).toBe(2)
  })

  test("of the second tier is given too, and renewed", async () => {
    const { a, b, clock, settle } = await pair({ ttl: 1_000, staleWhileRevalidate: 5_000 })
    await a.set("k", 1)
    await clock.advance(1_500)
    expect(await b.getOrLoad("k", () => 2)).toBe(1)
    await settle()
    expect(b.getOrLoad("k", () => 3)).toBe(2)
    expect(await b.get("k")).toBe(2)
  })

  test("is not given by `get`, nor when its time is up", async () => {
    const { a, clock } = await pair({ ttl: 1_000, staleWhileRevalidate: 5_000 })
    await a.set("k", 1)
    await clock.advance(1_000)
    expect(await a.get("k")).toBe(undefined)
    expect(await a.has("k")).toBe(false)
    await clock.advance(5_000)
    expect(await a.getOrLoad("k", () => 2)).toBe(2)
  })

  test("stands in for the error of a load, for `staleIfError`", async () => {
    const { a, b, clock, errors } = await pair({ ttl: 1_000, staleIfError: 5_000 })
    const fails = () => Promise.reject(new Error("no"))
    await a.set("k", 1)
    await clock.advance(1_001)
    expect(await a.getOrLoad("k", fails)).toBe(1)
    expect(await b.getOrLoad("k", fails)).toBe(1)
    expect(errors).toEqual(["load: no", "load: no"])
    await clock.advance(5_000)
    await expect(a.getOrLoad("k", fails)).rejects.toThrow("no")
  })

  test("that cannot be renewed is tried again, but not by every caller", async () => {
    const { a, clock } = await pair({ ttl: 1_000, staleWhileRevalidate: 60_000 })
    await a.set("k", 1)
    await clock.advance(1_000)
    let loads = 0
    const fails = () => {
      loads++
      return Promise.reject(new Error("no"))
    }
    for (let n = 0; n < 40; n++) {
      expect(a.getOrLoad("k", fails)).toBe(1)
      await clock.advance(50)
    }
    expect(loads).toBe(4)
  })
})

describe("a fresh value", () => {
  test("is renewed ahead of its time by one process, and nobody waits", async () => {
    const { a, b, clock, settle } = await pair({ ttl: 1_000, refreshAhead: 0.8 })
    await a.set("k", 1)
    expect(await b.get("k")).toBe(1)
    let loads = 0
    const load = () => ++loads + 1
    await clock.advance(799)
    expect(a.getOrLoad("k", load)).toBe(1)
    await clock.advance(10)
    expect([a.getOrLoad("k", load), b.getOrLoad("k", load)]).toEqual([1, 1])
    await settle()
    expect(a.getOrLoad("k", load)).toBe(2)
    await clock.advance(180)
    expect(await b.getOrLoad("k", load)).not.toBe(3)
    expect(loads).toBe(1)
  })

  test("lives for what it is told, in both tiers", async () => {
    const { a, b, clock } = await pair({ ttl: (value: unknown) => Number(value) })
    await a.set("long", 5_000)
    await a.set("short", 5_000, { ttl: 1_000 })
    await b.getMany(["long", "short"])
    await clock.advance(1_000)
    expect([await a.get("short"), await b.get("short")]).toEqual([undefined, undefined])
    await clock.advance(3_900)
    expect([await a.get("long"), await b.get("long")]).toEqual([5_000, 5_000])
    await clock.advance(100)
    expect([await a.get("long"), await b.get("long")]).toEqual([undefined, undefined])
    expect(await a.set("short", 1, { ttl: 0 })).toBe(true)
    expect(await a.get("short")).toBe(undefined)
  })

  test("lives shorter by chance, where there is jitter", async () => {
    const { a, clock } = await pair({ ttl: 1_000, jitter: 0.2, random: () => 0.5 })
    await a.set("k", 1)
    await clock.advance(899)
    expect(a.get("k")).toBe(1)
    await clock.advance(1)
    expect(await a.get("k")).toBe(undefined)
  })
})
