import { expect, it } from "vitest"
import type { CurvesReport } from "../src/curves/command.ts"
import type { HitsReport } from "../src/hits/command.ts"
import { run } from "../src/program.ts"
import { fakeHost } from "./host.ts"

async function reported<Report>(...args: string[]): Promise<Report> {
  const host = fakeHost()
  await run([...args, "--requests", "1000", "--strategies", "lirs,lru,sieve", "--json"], host)
  return JSON.parse(host.printed) as Report
}

it("curves end where there is room for all keys, and each is missed once", async () => {
  const { traffics } = await reported<CurvesReport>("curves")
  for (const { requests, uniqueKeys, capacities, curves } of traffics) {
    expect(capacities.at(-1)).toBe(uniqueKeys)
    expect(curves.at(-1)!.strategy).toBe("min")
    for (const { missRatios } of curves) {
      expect(missRatios.at(-1)).toBeCloseTo(uniqueKeys / requests, 10)
    }
  }
})

it("where no sample is needed, a curve goes through what a replay counts", async () => {
  const { traffics } = await reported<CurvesReport>("curves")
  const { capacities, curves, requests } = traffics[0]!
  const hits = await reported<HitsReport>("hits", "--capacity", capacities.join(","))
  for (const { strategy, missRatios } of curves) {
    const row = hits.traffics[0]!.rows.find((row) => row.strategy === strategy)!
    for (const [i, ratio] of missRatios.entries()) {
      expect(ratio).toBeCloseTo(1 - row.hits[i]! / requests, 10)
    }
  }
})
