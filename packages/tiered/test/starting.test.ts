import { describe, expect, test } from "vitest"
import { pair, processes } from "./pair.ts"

describe("while it connects", () => {
  test("questions wait for the second tier, and changes are not lost", async () => {
    const { start, tier, clock, settle } = processes()
    const b = start()
    await settle()
    await b.set("k", "of b")
    tier.faults.slow(10)
    const a = start()
    const found = a.getOrLoad("k", () => "loaded")
    const got = a.get("k")
    const set = a.set("j", "of a")
    const deleted = a.delete("none")
    await clock.advance(99)
    expect([await found, await got]).toEqual(["of b", "of b"])
    expect([await set, await deleted]).toEqual([true, true])
    expect(a.get("k")).toBe("of b")
    expect(a.state).toBe("linked")
    expect(a.stats.tier).toMatchObject({ gaps: 0, late: 0 })
    tier.faults.slow(0)
    expect(await b.get("j")).toBe("of a")
  })

  test("they wait for as long as for an answer, and then the second tier is not there", async () => {
    const { start, tier, clock } = processes()
    tier.faults.hold()
    const a = start()
    expect(a.state).toBe("down")
    const answer = a.getOrLoad("k", () => "loaded")
    const looked = a.get("none")
    const set = a.set("j", 1)
    await clock.advance(99)
    expect(a.stats.loads).toBe(0)
    await clock.advance(1)
    expect([await answer, await looked]).toEqual(["loaded", undefined])
    expect(a.get("k")).toBe("loaded")
    expect(await a.getOrLoad("at once", () => "loaded")).toBe("loaded")
    await clock.advance(1_000)
    expect(await set).toBe(false)
    tier.faults.resume(true)
    await clock.advance(4_000)
    expect(a.state).toBe("linked")
    expect(a.stats.tier.queue).toBe(0)
  })

  test("a server that refuses connections is tried again, each time later", async () => {
    const attempts: number[] = []
    const { start, tier, clock } = processes(
      {},
      {
        gate({ kind, role }) {
          if (kind === "connect" && role === "data") attempts.push(clock.now())
          return undefined
        },
      },
    )
    tier.faults.closed(true)
    const a = start()
    expect(await a.getOrLoad("k", () => 1)).toBe(1)
    await clock.advance(10_001)
    expect(a.state).toBe("dead")
    tier.faults.closed(false)
    await clock.advance(2_000)
    expect(a.state).toBe("linked")
    expect(attempts.length).toBe(1)
  })
})

describe("questions of one turn", () => {
  test("are one, whatever they are for", async () => {
    const asked: number[] = []
    const { a, b, tier } = await pair()
    await b.set("k", 1)
    const space = tier.space("test")
    const { read } = space
    space.read = (questions, terms) => {
      asked.push(questions.length)
      return read.call(space, questions, terms)
    }
    const answers = [a.get("k"), a.getOrLoad("k", () => 2), a.has("k"), a.peek("j"), a.get("j")]
    expect(await Promise.all(answers)).toEqual([1, 1, true, undefined, undefined])
    expect(asked).toEqual([2])
  })

  test("are at most 256 in one", async () => {
    const asked: number[] = []
    const { a, tier } = await pair()
    const space = tier.space("test")
    const { read } = space
    space.read = (questions, terms) => {
      asked.push(questions.length)
      return read.call(space, questions, terms)
    }
    const keys = Array.from({ length: 300 }, (_, n) => `${n}`)
    const values = await a.getOrLoadMany(keys, async (missing) => missing)
    expect(values).toEqual(keys)
    expect(asked).toEqual([256, 44])
  })
})
