import { describe, expect, test } from "vitest"
import { deferred, originOf, pair } from "./pair.ts"

describe("a change that does not reach the second tier", () => {
  test("holds here at once, and for all as soon as it can", async () => {
    const { a, b, clock, tier } = await pair({ staleness: 1_000 })
    for (const key of ["deleted", "set", "tagged"]) {
      await b.set(key, "old", { tags: key === "tagged" ? ["t"] : [] })
      await a.get(key)
    }
    tier.faults.hold(({ origin, kind }) => kind !== "tell" && origin === originOf(a))
    const changes = [a.delete("deleted"), a.set("set", "new"), a.invalidate("t")]
    expect(a.get("set")).toBe("new")
    await clock.advance(1_000)
    expect(await Promise.all(changes)).toEqual([false, false, false])
    expect(a.stats.tier.queue).toBe(3)
    expect(await b.get("deleted")).toBe("old")
    tier.faults.resume(true)
    tier.faults.cut()
    await clock.advance(4_000)
    expect(a.stats.tier.queue).toBe(0)
    const found = await Promise.all(["deleted", "set", "tagged"].map((key) => b.get(key)))
    expect(found).toEqual([undefined, undefined, undefined])
  })

  test("is known to who has made it: what the tier has of that key is not believed", async () => {
    const { a, tier, clock } = await pair()
    await a.set("k", "old", { tags: ["t"] })
    await a.set("j", "old", { tags: ["t"] })
    tier.faults.refuse("remove", "invalidate")
    expect(await a.delete("k")).toBe(false)
    expect(await a.get("k")).toBe(undefined)
    expect(await a.getOrLoad("k", async () => "new")).toBe("new")
    expect(await a.invalidate("t")).toBe(false)
    expect(await a.get("j")).toBe(undefined)
    tier.faults.refuse()
    await clock.advance(600)
    expect(a.stats.tier.queue).toBe(0)
  })

  test("takes all with it, if there are too many to remember", async () => {
    const { a, b, clock, tier } = await pair({ queue: 10 })
    await b.set("other", 1)
    tier.faults.refuse("remove")
    for (let n = 0; n < 11; n++) expect(await a.delete(`k${n}`)).toBe(false)
    expect(a.stats.tier.queue).toBe(1)
    tier.faults.refuse()
    await clock.advance(600)
    expect(a.stats.tier.queue).toBe(0)
    expect(await b.get("other")).toBe(undefined)
  })

  test("is told to `onError` if the cache is closed before", async () => {
    const { a, tier, errors } = await pair()
    tier.faults.refuse("remove")
    await a.delete("k")
    await a.close()
    expect(errors).toContain("close: 1 changes have not reached the second tier")
  })
})

describe("a late write", () => {
  test("of a connection that was given up is refused, whatever it is", async () => {
    const { a, b, clock, tier } = await pair()
    // The server is frozen with a write on its way; the connection ends, and another is made.
    tier.faults.hold(({ operation, kind }) => kind === "execute" && operation === "write")
    const late = a.set("k", "late")
    await clock.advance(1)
    tier.faults.cut("data")
    expect(await late).toBe(false)
    await clock.advance(200)
    expect(await a.delete("k")).toBe(true)
    tier.faults.resume()
    await clock.advance(1_000)
    expect(await b.get("k")).toBe(undefined)
    expect(await b.getOrLoad("k", async () => "right")).toBe("right")
  })
})

describe("what is closed", () => {
  test("waits for the changes under way, and ends its connections", async () => {
    const { a, b, clock, tier } = await pair()
    tier.faults.slow(5)
    const deleted = a.delete("k")
    const closed = a.close()
    await clock.advance(100)
    await closed
    expect(await deleted).toBe(true)
    tier.faults.slow(0)
    expect(await a.set("k", 1)).toBe(false)
    expect(await a.getOrLoad("k", async () => 2)).toBe(2)
    expect(await a.getOrLoad("k", async () => 3)).toBe(3)
    expect(await b.get("k")).toBe(undefined)
    await b[Symbol.asyncDispose]()
    expect(tier.faults.count).toBe(0)
  })

  test("is closed once", async () => {
    const { a } = await pair()
    expect(a.close()).toBe(a.close())
    await a.close()
  })
})

describe("values that cannot be written", () => {
  test("are kept here, and an older one is forgotten by all", async () => {
    const { a, b, errors, settle } = await pair()
    await a.set("k", "old")
    await b.get("k")
    const own = () => {}
    expect(await a.set("k", own)).toBe(false)
    expect(a.get("k")).toBe(own)
    await settle()
    expect(await b.get("k")).toBe(undefined)
    expect(errors).toEqual(["encode: JSON has no form for a function"])
    expect(await a.getOrLoad("big", async () => 1n)).toBe(1n)
  })

  test("nor read are as good as absent", async () => {
    const { a, b, tier, errors } = await pair()
    await a.set("k", "x")
    const wrong = { kind: "j", payload: "{", fresh: 1_000, kept: 0, tags: [] }
    const connection = await tier.connect({ name: "test", origin: "wrong" })
    await connection.write("k", wrong)
    await connection.write("other", { ...wrong, kind: "b" })
    expect(await b.get("k")).toBe(undefined)
    expect(await b.getOrLoad("k", async () => "loaded")).toBe("loaded")
    expect(await b.get("other")).toBe(undefined)
    expect(errors.length).toBe(1)
    expect(errors[0]).toMatch(/^decode: /)
  })
})

test("a load that fails, or is not to be kept, leaves nothing behind", async () => {
  const { a, b, settle } = await pair({ lease: true })
  const { promise, reject } = deferred<string>()
  const loading = Promise.resolve(a.getOrLoad("k", () => promise)).catch((error) => error.message)
  await settle()
  const waiting = b.getOrLoad("k", async () => "b")
  await settle()
  reject(new Error("no database"))
  expect(await loading).toBe("no database")
  await settle()
  expect(await waiting).toBe("b")
  expect(await a.getOrLoad("zero", async () => 1, { ttl: 0 })).toBe(1)
  await settle()
  expect(await b.get("zero")).toBe(undefined)
  expect(await b.getOrLoad("zero", async () => 2)).toBe(2)
})
