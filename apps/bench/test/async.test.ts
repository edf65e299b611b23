import { describe, expect, it } from "vitest"
import { ASYNC_CAPACITY, asyncKinds, asyncLength, prepareAsync } from "../src/async/calls.ts"
import type { AsyncReport } from "../src/async/command.ts"
import { asyncMemoizers, memoizeAsyncWith, RESOLVED } from "../src/async/memoizers.ts"
import { asyncRivals } from "../src/async/rivals.ts"
import { examineAsync, timeAsync } from "../src/async/time.ts"
import { run } from "../src/program.ts"
import { type FakeHost, fakeHost, strategies } from "./host.ts"

const lru = strategies.filter(({ strategyName }) => strategyName === "lru")
const everybody = asyncMemoizers(
  lru,
  asyncRivals.map(({ name }) => name),
)
const report = (host: FakeHost) => JSON.parse(host.printed) as AsyncReport

it.each(everybody)("$name gets hits, joins and misses right", async (memoizer) => {
  expect(await examineAsync({ memoizer })).toEqual([])
})

describe("the calls", () => {
  it.each(asyncKinds)(
    "of kind %s are as many, and run the function as often, as they say",
    async (kind) => {
      const { work, runs, needed, pass, expected } = prepareAsync(kind)
      let calls = 0
      const results = new Map<number, Promise<number>>()
      const right = expected()
      const sum = await pass((a) => {
        calls++
        if (!results.has(a)) results.set(a, work(a))
        return results.get(a)!
      })
      expect([calls, runs(), sum]).toEqual([asyncLength, needed, right])
    },
  )

  it("hit what there is room for, and miss more than that", () => {
    expect(prepareAsync("hit").needed).toBe(ASYNC_CAPACITY)
    expect(prepareAsync("miss").needed).toBeGreaterThan(4 * ASYNC_CAPACITY)
  })

  it("come out wrong of who forgets nothing of one pass, or computes all of it anew", async () => {
    // A promise that is resolved is no memoizer: the function never runs.
    const wrong = await examineAsync({ memoizer: RESOLVED })
    expect(wrong.map(({ kind }) => kind)).toEqual(asyncKinds)
  })
})

it("a time is that of one call", async () => {
  const { ns, consumed } = await timeAsync({ memoizer: RESOLVED, kind: "hit" })
  expect(ns).toBeGreaterThan(0)
  expect(consumed).not.toBe(0)
})

it("ours remember what was awaited", async () => {
  let runs = 0
  const work = async (a: number) => ++runs + a
  const memoized = await memoizeAsyncWith(everybody[0]!, work, 2)
  expect([await memoized(10), await memoized(10), await memoized(20)]).toEqual([11, 11, 22])
})

it("everybody is measured, the least possible too, and what is wrong is not", async () => {
  const host = fakeHost()
  await run("memoize --async --strategies lru,unbounded --rounds 2 --json".split(" "), host)
  const { rows, names, wrong, base } = report(host)
  expect(names).toEqual(["ours, lru", ...asyncRivals.map(({ name }) => name)])
  expect(base).toBe("ours, lru")
  expect(rows[0]).toMatchObject({ memoizer: "Promise.resolve", kind: "hit" })
  const kindsOf = (name: string) =>
    rows.filter(({ memoizer }) => memoizer === name).map(({ kind }) => kind)
  expect(kindsOf("p-memoize")).toEqual(["hit", "join", "miss"])
  expect(kindsOf("cachified")).toEqual(["hit", "miss"])
  expect(wrong).toHaveLength(1)
})

it("the page says who is faster, and what was not measured", async () => {
  const { ask } = fakeHost()
  const host = fakeHost({
    ask: (async (job, question) => {
      if (job !== "timeAsync") return ask(job, question)
      const { memoizer } = question as { memoizer: { name: string } }
      return { ns: memoizer.name === "ours, lru" ? 100 : 250, consumed: 0 }
    }) as FakeHost["ask"],
  })
  await run("memoize --async --strategies lru --rounds 1".split(" "), host)
  expect(host.printed).toMatch(/^p-memoize +250\.0 +2\.50× +250\.0 +2\.50× +250\.0 +2\.50×$/m)
  expect(host.printed).toMatch(/^cachified +250\.0 +2\.50× +wrong +250\.0 +2\.50×$/m)
  expect(host.printed).toMatch(/^wrong +the function ran twice\.$/m)
  expect(host.printed).toMatch(/^join +ours, lru +p-memoize +2\.50× +1\.$/m)
})
