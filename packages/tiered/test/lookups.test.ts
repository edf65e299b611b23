import { describe, expect, test } from "vitest"
import { deferred, pair } from "./pair.ts"

describe("a value", () => {
  test("that one process has loaded is there for another, which loads nothing", async () => {
    const { a, b, settle } = await pair()
    expect(a.state).toBe("linked")
    expect(await a.getOrLoad("k", async () => 1)).toBe(1)
    await settle()
    expect(await b.getOrLoad("k", () => Promise.reject(new Error("no need")))).toBe(1)
  })

  test("that the first tier has is given at once", async () => {
    const { a } = await pair()
    a.set("k", 1)
    expect(a.get("k")).toBe(1)
    expect(a.getOrLoad("k", () => 2)).toBe(1)
  })

  test("that another process has deleted is gone", async () => {
    const { a, b, settle } = await pair()
    await a.set("k", 1)
    expect(await b.get("k")).toBe(1)
    expect(await a.delete("k")).toBe(true)
    await settle()
    expect(await b.get("k")).toBe(undefined)
  })

  test("that another process deletes while it is loaded does not come back", async () => {
    const { a, b, settle } = await pair()
    const { promise, resolve } = deferred<string>()
    const loading = a.getOrLoad("k", () => promise)
    await settle()
    await b.delete("k")
    resolve("old")
    expect(await loading).toBe("old")
    await settle()
    expect([await a.get("k"), await b.get("k")]).toEqual([undefined, undefined])
    expect(a.stats.tier.refused).toBe(0)
  })
})
