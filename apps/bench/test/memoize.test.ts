import { describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { callKinds, lengthOf, prepare } from "../src/memoize/calls.ts"
import type { MemoizeReport } from "../src/memoize/command.ts"
import { examineMemoizer, SLOW } from "../src/memoize/examine.ts"
import { doesTheWholeJob, findMemoizerFaults } from "../src/memoize/faults.ts"
import { type Memoizer, memoizers, memoizeWith } from "../src/memoize/memoizers.ts"
import { rivals } from "../src/memoize/rivals.ts"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

const everybody = memoizers(
  strategies,
  rivals.map(({ name }) => name),
)
const named = (wanted: string) => everybody.find(({ name }) => name === wanted)!

it("every memoizer remembers calls with one argument", async () => {
  for (const memoizer of everybody) {
    let runs = 0
    const work = (a: number) => {
      runs++
      return 10 * a
    }
    const memoized = (await memoizeWith(memoizer, work, 4)) as unknown as typeof work
    expect([1, 2, 1, 2].map((a) => memoized(a))).toEqual([10, 20, 10, 20])
    expect([memoizer.name, runs]).toEqual([memoizer.name, 2])
  }
})

it("ours with a strategy that evicts have no fault, and get all calls right", async () => {
  for (const memoizer of everybody) {
    if (memoizer.strategy?.neverEvicts !== false) continue
    if (!deep && !["lru", "lirs"].includes(memoizer.strategy.strategyName)) continue
    const found = await examineMemoizer({ memoizer, patience: Number.POSITIVE_INFINITY })
    expect(found).toEqual({ faults: [], wrong: [] })
  }
})

describe("among the faults that are found are", () => {
  const cases = [
    ["ours, unbounded", "unbounded"],
    ["lodash.memoize", "unbounded"],
    ["memoize", "first"],
    ["lodash.memoize", "first"],
    ["fast-memoize", "this"],
    ["fast-memoize", "objects"],
    ["reselect lru", "nan"],
    ["nano-memoize", "falsy"],
  ] as const
  it.each(cases)("of %s: %s", async (name, fault) => {
    expect(await findMemoizerFaults(named(name))).toContain(fault)
  })
})

it("calls with two arguments come out wrong of what looks at the first one only", async () => {
  const { wrong } = await examineMemoizer({
    memoizer: named("memoize") as Memoizer,
    patience: Number.POSITIVE_INFINITY,
  })
  expect(wrong).toEqual(
    callKinds
      .filter(({ arity }) => arity === 2)
      .map((calls) => ({ calls, because: "a call got the result of another" })),
  )
})

it("whoever forgets nothing, or looks at the first argument only, has a smaller job", () => {
  expect(doesTheWholeJob(["this", "nan", "falsy"])).toBe(true)
  expect(doesTheWholeJob(["unbounded"])).toBe(false)
  expect(doesTheWholeJob(["first"])).toBe(false)
})

it.each(callKinds)("a pass of $live live calls with $arity argument(s) has them all", (calls) => {
  const { work, runs, pass, expected } = prepare(calls)
  const seen = new Set<string>()
  const sum = pass((...args) => {
    seen.add(args.join())
    return work(...args)
  })()
  expect(seen.size).toBe(calls.live)
  expect([sum, runs()]).toEqual([expected(), lengthOf(calls)])
})

it("ratios are to ours with the first strategy that evicts", async () => {
  const host = fakeHost()
  const { ask } = host
  host.ask = async (job, question) => {
    if (job !== "timeMemoized") return (await ask(job, question)) as never
    const { memoizer } = question as { memoizer: { name: string } }
    return { ns: memoizer.name === "ours, lru" ? 6 : 60, consumed: 0 } as never
  }
  await run(["memoize", "--json"], host)
  const { base, rows } = JSON.parse(host.printed) as MemoizeReport
  expect(base).toBe("ours, lru")
  for (const row of rows) expect(row.timesOurs).toBe(row.memoizer === base ? 1 : 10)
  expect(rows.filter(({ memoizer }) => memoizer === "micro-memoize")).toHaveLength(8)
})

it("calls that come out wrong are not timed, and the page says so", async () => {
  const host = fakeHost()
  await run(["memoize", "--rivals", "lodash.memoize"], host)
  expect(host.printed).toMatch(/^ {2}lodash\.memoize abcdefg(?: +wrong){4}$/m)
  expect(host.printed).toMatch(/^a +forgets nothing$/m)
})

it("calls that are searched one by one are not timed, and the page says so", async () => {
  const host = fakeHost()
  const { ask } = host
  host.ask = async (job, question) => {
    if (job !== "examineMemoizer") return (await ask(job, question)) as never
    const { memoizer } = question as { memoizer: { name: string } }
    const slow = memoizer.name === "moize" ? callKinds.filter(({ live }) => live > 1_000) : []
    return { faults: [], wrong: slow.map((calls) => ({ calls, because: SLOW })) } as never
  }
  await run(["memoize", "--rivals", "moize"], host)
  expect(host.printed).toMatch(/^ {2}moize .* slow$/m)
  expect(host.printed).toMatch(/^slow +seconds pass until all calls are cached; not measured\.$/m)
  expect(host.printed).not.toMatch(/^wrong/m)
})
