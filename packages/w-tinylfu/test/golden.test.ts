import { cacheOf, hitsOf } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, expect, it } from "vitest"
import {
  goldenReadme,
  goldenSequences,
  hasTraces,
  recordedHits,
  recordedRows,
  traceOf,
} from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { WTinyLfuModel } from "./model.ts"

goldenSequences(wTinyLfu)
goldenReadme(wTinyLfu, new URL("../README.md", import.meta.url))
goldenWorkloads(wTinyLfu, new URL("workloads.csv", import.meta.url))

describe("with a fixed window", () => {
  const file = new URL("workloads-fixed.csv", import.meta.url)
  goldenWorkloads(wTinyLfu, file, (capacity) => new WTinyLfuModel(capacity, 0), { adaptive: false })
})

/** There a key more or less in the main part at the right time makes a great difference. */
const LOOPS = ["lirs-cs", "lirs-gli", "lirs-loop", "lirs-zigzag"]

describe.runIf(hasTraces)("w-tinylfu: recorded traces", () => {
  for (const [trace = "", capacity, requests, least, , most] of recordedRows("w-tinylfu-band")) {
    if (LOOPS.includes(trace)) continue
    it(`a fixed window has about ${least} to ${most} hits on ${trace} at ${capacity}`, () => {
      const point = Number(requests) / 100
      for (const seed of [0, 1, 2]) {
        const own: object = { adaptive: false, seed }
        const hits = hitsOf(cacheOf(wTinyLfu, Number(capacity), { ...own }), traceOf(trace))
        expect(hits).toBeGreaterThan(Number(least) - point)
        expect(hits).toBeLessThan(Number(most) + point)
      }
    })
  }

  it("the window that adapts has, in the mean, more than .84 of the hits that can be", () => {
    const shares = recordedHits("belady").map(({ trace, capacity, hits }) => {
      return hitsOf(cacheOf(wTinyLfu, capacity), traceOf(trace)) / hits
    })
    const sum = shares.reduce((total, share) => total + share, 0)
    expect(sum / shares.length).toBeGreaterThan(0.84)
  })
})
