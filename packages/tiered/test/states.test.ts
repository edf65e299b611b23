import { describe, expect, test } from "vitest"
import { originOf, pair } from "./pair.ts"

const loads = (values: string[]) => async (key: string) => {
  values.push(key)
  return `${key}!`
}

describe("when the second tier does not answer", () => {
  test("five questions are waited for, and then none", async () => {
    const { a, clock, tier } = await pair()
    tier.faults.hold()
    const loaded: string[] = []
    for (let n = 0; n < 5; n++) {
      const answer = a.getOrLoad(`k${n}`, loads(loaded))
      await clock.advance(99)
      expect(loaded.length).toBe(n)
      await clock.advance(1)
      expect(await answer).toBe(`k${n}!`)
    }
    expect(a.stats.tier).toMatchObject({ late: 5, breaker: "open" })
    expect(await a.getOrLoad("k5", loads(loaded))).toBe("k5!")
    expect(await a.get("none")).toBe(undefined)
    expect(await a.set("k6", 1)).toBe(false)
    expect(a.get("k6")).toBe(1)
  })

  test("the first is served for `whileDown`, and what is loaded then as long", async () => {
    const { a, clock, tier } = await pair({ whileDown: 5_000, ttl: 600_000 })
    await a.set("k", "before")
    tier.faults.hold()
    await clock.advance(2_500)
    expect(a.state).toBe("down")
    expect(a.get("k")).toBe("before")
    await clock.advance(4_400)
    expect(a.get("k")).toBe("before")
    await clock.advance(200)
    expect(a.state).toBe("dead")
    expect(await a.get("k")).toBe(undefined)
    const loaded: string[] = []
    expect(await a.getOrLoad("k", loads(loaded))).toBe("k!")
    await clock.advance(4_999)
    expect(a.getOrLoad("k", loads(loaded))).toBe("k!")
    await clock.advance(2)
    await a.getOrLoad("k", loads(loaded))
    expect(loaded).toEqual(["k", "k"])
  })

  test("and answers again, the next heartbeat shows it", async () => {
    const states: string[] = []
    const { a, clock, tier } = await pair()
    a.subscribe({ onState: (state, before) => states.push(`${before} → ${state}`) })
    tier.faults.hold()
    await clock.advance(15_000)
    tier.faults.resume()
    await clock.advance(4_000)
    expect(a.state).toBe("linked")
    expect(a.stats.tier.breaker).toBe("closed")
    expect(states).toEqual(["linked → down", "down → dead", "dead → suspect", "suspect → linked"])
  })

  test("as fast as anybody could wait, it is spared until it does", async () => {
    const { a, clock, tier } = await pair({ staleness: 4_000 })
    tier.faults.slow(60)
    for (let n = 0; n < 5; n++) {
      const answer = a.getOrLoad(`k${n}`, async () => n)
      await clock.advance(130)
      expect(await answer).toBe(n)
    }
    expect(a.stats.tier.breaker).toBe("open")
    await clock.advance(5_000)
    expect(a.stats.tier.breaker).toBe("open")
    tier.faults.slow(10)
    await clock.advance(2_000)
    expect(a.stats.tier.breaker).toBe("closed")
  })

  test("three heartbeats, both connections are made anew", async () => {
    const made: string[] = []
    const { a, clock, tier } = await pair(
      {},
      {
        gate({ kind, role }) {
          if (kind === "connect") made.push(role)
          return undefined
        },
      },
    )
    expect(made.length).toBe(4)
    tier.faults.hold(({ kind }) => kind === "answer")
    await clock.advance(2_400)
    expect(made.slice(4).sort()).toEqual(["bus", "bus", "data", "data"])
    tier.faults.resume(true)
    await clock.advance(2_000)
    expect(a.state).toBe("linked")
  })

  test("the making of a connection, another is made, and the late one is closed", async () => {
    const { a, clock, tier } = await pair()
    tier.faults.hold(({ kind }) => kind === "connect")
    tier.faults.cut()
    await clock.advance(6_000)
    expect(a.state).toBe("down")
    tier.faults.resume()
    await clock.advance(4_000)
    expect(a.state).toBe("linked")
    expect(await a.set("k", 1)).toBe(true)
  })

  test("because it refuses, it is asked all the same, and errors are told", async () => {
    const { a, b, tier, errors } = await pair()
    await a.set("k", 1)
    tier.faults.refuse("store", "write")
    expect(await a.set("j", 1)).toBe(false)
    expect(await b.getOrLoad("new", async () => 2)).toBe(2)
    for (let n = 0; n < 30; n++) await a.set(`n${n}`, n)
    expect(await b.get("k")).toBe(1)
    expect(await a.delete("k")).toBe(true)
    expect(a.stats.tier.breaker).toBe("closed")
    expect(errors).toContain("write: it cannot write now")
    expect(errors).toContain("store: it cannot store now")
    expect(errors.length).toBe(2)
  })
})

describe("when messages are missing", () => {
  test("the first tier is emptied, and another bus is made", async () => {
    const { a, b, clock, tier } = await pair()
    await b.set("k", 1)
    await a.get("k")
    tier.faults.hold(({ kind }) => kind === "tell")
    await b.set("k", 2)
    expect(a.get("k")).toBe(1)
    await clock.advance(700)
    expect(a.stats.tier.gaps).toBe(1)
    expect(await a.get("k")).toBe(2)
    tier.faults.resume(true)
    await clock.advance(1_000)
    expect(a.state).toBe("linked")
    await b.set("k", 3)
    await clock.advance(1)
    expect(await a.get("k")).toBe(3)
  })

  test("nothing that has changed is served for longer than `staleness`", async () => {
    const { a, b, clock, tier } = await pair({ staleness: 1_000 })
    for (let n = 0; n < 5; n++) {
      await b.set("k", n)
      await clock.advance(1)
      expect(await a.get("k")).toBe(n)
      tier.faults.hold(({ kind }) => kind === "tell")
      await clock.advance(n * 77)
      await b.set("k", `new ${n}`)
      await clock.advance(1_001)
      expect(await a.get("k")).toBe(`new ${n}`)
      tier.faults.resume(true)
      await clock.advance(3_000)
    }
  })

  test("a bus that was replaced and has missed nothing leaves the first tier as it is", async () => {
    const { a, b, clock, tier } = await pair()
    await b.set("k", 1)
    await a.get("k")
    tier.faults.cut("bus")
    await clock.advance(1_000)
    expect(a.state).toBe("linked")
    expect(a.stats.tier.gaps).toBe(0)
    expect(a.cache.has("k")).toBe(true)
  })

  test("one message on a new bus does not hide those before it", async () => {
    const { a, b, clock, tier, settle } = await pair()
    await b.set("k", 1)
    await b.set("warm", 1)
    await settle()
    await a.get("k")
    tier.faults.cut("bus")
    await b.set("k", 2)
    // No heartbeat of A is answered from now on: only what the bus says can tell.
    tier.faults.hold(({ operation, origin }) => operation === "pulse" && origin === originOf(a))
    await clock.advance(100)
    await b.set("other", 1)
    await settle()
    expect(a.stats.tier.gaps).toBe(1)
    expect(a.cache.has("k")).toBe(false)
  })

  test("a space that is lost is new, and nothing of it is served any more", async () => {
    const { a, b, clock, tier } = await pair()
    await a.set("k", 1)
    await b.get("k")
    tier.space("test").lose()
    await clock.advance(600)
    expect([a.stats.tier.gaps, b.stats.tier.gaps]).toEqual([1, 1])
    expect([await a.get("k"), await b.get("k")]).toEqual([undefined, undefined])
    expect(await a.set("k", 2)).toBe(true)
    await clock.advance(1)
    expect(await b.get("k")).toBe(2)
  })

  test("one's own changes empty nothing", async () => {
    const { a, clock } = await pair()
    await a.set("k", 1)
    await a.set("j", 1)
    await clock.advance(3_000)
    expect(a.stats.tier).toMatchObject({ gaps: 0, changes: 0 })
    expect([a.cache.has("k"), a.cache.has("j")]).toEqual([true, true])
  })

  test("whatever part of a space is lost during a load, nothing old is stored", async () => {
    for (const part of ["meta", "lease"] as const) {
      const { a, b, tier, settle } = await pair()
      await b.set("older", 1)
      let finish = (_: string) => {}
      const loading = a.getOrLoad(
        "k",
        () =>
          new Promise((resolve) => {
            finish = resolve
          }),
      )
      await settle()
      tier.space("test").evict(part, "k")
      finish("loaded")
      expect(await loading).toBe("loaded")
      await settle()
      expect(a.stats.tier.refused).toBe(1)
      expect(await b.get("k")).toBe(undefined)
      if (part === "meta") {
        b.cache.clear()
        expect(await b.get("older")).toBe(undefined)
      }
    }
  })
})
