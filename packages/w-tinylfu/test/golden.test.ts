import { cacheOf, hitsOf } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, expect, it } from "vitest"
import {
  goldenBytes,
  goldenReadme,
  goldenSequences,
  hasTraces,
  recordedHits,
  recordedRows,
  traceOf,
} from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { WTinyLfuModel } from "./model.ts"
import { hitsWhileMoving } from "./moving.ts"

goldenSequences(wTinyLfu)
goldenReadme(wTinyLfu, new URL("../README.md", import.meta.url))
goldenBytes(wTinyLfu, new URL("../README.md", import.meta.url))
goldenWorkloads(
  wTinyLfu,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new WTinyLfuModel(capacity),
)

describe("with a fixed window", () => {
  const file = new URL("workloads-fixed.csv", import.meta.url)
  goldenWorkloads(wTinyLfu, file, (capacity) => new WTinyLfuModel(capacity, { adaptive: false }), {
    adaptive: false,
  })
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

  it.each([0, 1, 2, 3, 4])(
    "with the seed %d it has, in the mean, more than .88 of the hits that can be",
    (seed) => {
      const shares = recordedHits("belady").map(({ trace, capacity, hits }) => {
        return hitsOf(cacheOf(wTinyLfu, capacity, { seed } as object), traceOf(trace)) / hits
      })
      const sum = shares.reduce((total, share) => total + share, 0)
      expect(sum / shares.length).toBeGreaterThan(0.88)
    },
  )

  it.each([
    ["cache2k-web12", 600],
    ["arc-OLTP", 1_000],
    ["corda-vaultservice", 512],
  ])("on %s a capacity of %d that moves is as good as one that is still", (trace, capacity) => {
    const keys = traceOf(trace)
    const points = (hits: number) => (100 * hits) / keys.length
    const still = points(hitsOf(cacheOf(wTinyLfu, capacity), keys))
    expect(Math.abs(points(hitsWhileMoving(capacity, keys)) - still)).toBeLessThan(0.5)
  })
})
