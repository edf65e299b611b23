import { expect, it } from "vitest"
import type { MemoizeReport } from "../src/memoize/command.ts"
import { memoizers, memoizeWith, type Work } from "../src/memoize/implementations.ts"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

it("every memoizer tells calls apart by as many arguments as it says, and remembers them", async () => {
  for (const memoizer of memoizers(strategies)) {
    let runs = 0
    const work: Work = (a, b = 0) => {
      runs++
      return 10 * a + b
    }
    const memoized = await memoizeWith(memoizer, work, 4)
    const call = memoizer.most === 1 ? (a: number) => memoized(a) : (a: number) => memoized(1, a)
    const expected = memoizer.most === 1 ? [10, 20, 10, 20] : [11, 12, 11, 12]
    expect([1, 2, 1, 2].map(call)).toEqual(expected)
    expect(runs).toBe(2)
  }
})

it("ratios are to ours with the first strategy that evicts", async () => {
  const host = fakeHost({
    ask: async (_job, question) => {
      const { memoizer } = question as { memoizer: { name: string } }
      return { ns: memoizer.name === "ours, lru" ? 6 : 60 } as never
    },
  })
  await run(["memoize", "--json"], host)
  const { base, rows } = JSON.parse(host.printed) as MemoizeReport
  expect(base).toBe("ours, lru")
  for (const row of rows) expect(row.timesOurs).toBe(row.memoizer === base ? 1 : 10)
  expect(rows.filter(({ memoizer }) => memoizer === "memoize")).toHaveLength(1)
  expect(rows.filter(({ memoizer }) => memoizer === "micro-memoize")).toHaveLength(3)
})
