import { arc } from "@evictionary/arc"
import { lru } from "@evictionary/lru"
import { sieve } from "@evictionary/sieve"
import {
  missRatioCurve,
  mixture,
  type Simulation,
  scan,
  simulate,
  stackDistances,
  type Traffic,
  zipf,
} from "@evictionary/simulator"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { hasTraces, traceOf } from "../../../scripts/golden.ts"
import { replayed, strategies } from "./strategies.ts"

/** Some 30,000 keys, a part of them only once. */
const mixed = mixture([
  { workload: zipf({ keys: 30_000, requests: 150_000, exponent: 0.8 }), weight: 9 },
  { workload: scan({ requests: 50_000, first: 1_000_000 }) },
])

describe("stack distances", () => {
  it("tell the hits of LRU at every capacity", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(30), { size: "max", maxLength: 300 }), async (keys) => {
        const distances = await stackDistances(keys)
        const all = Array.from({ length: 33 }, (_, capacity) => capacity)
        const { results } = await simulate(keys, { strategies: [lru], capacities: all, min: false })
        for (const { strategy, capacity, hits } of results) {
          if (strategy === "lru") expect(distances.hits(capacity)).toBe(hits)
        }
        expect(distances.hits(Infinity)).toBe(results.at(-1)!.hits)
      }),
    )
  })

  it("are right however many keys there are", async () => {
    const keys = [...mixed]
    const distances = await stackDistances(keys)
    const options = { strategies: [lru], capacities: [1, 100, 2_000, 10_000, 40_000], min: false }
    const { requests, uniqueKeys, results } = await simulate(keys, options)
    expect(distances).toMatchObject({ requests, uniqueKeys, complete: true })
    for (const { capacity, hits } of results) expect(distances.hits(capacity)).toBe(hits)
  })

  it("are counted by distance: 1 for a key that was asked for just before", async () => {
    const { counts, uniqueKeys } = await stackDistances(["a", "a", "b", "c", "a", "b", "b"])
    expect(uniqueKeys).toBe(3)
    expect([...counts]).toEqual([0, 2, 0, 2])
  })

  it("a signal ends it with what is known so far", async () => {
    const options = { signal: AbortSignal.abort() }
    expect(await stackDistances([1, 1], options)).toMatchObject({ requests: 0, complete: false })
  })
})

describe("miss-ratio curves", () => {
  it("are exact while all keys are in the sample", async () => {
    const keys = [...zipf({ keys: 500, requests: 5_000 })]
    const options = { strategies, capacities: [0, 1, 10, 100, 500] }
    const { rate, uniqueKeys, curves } = await missRatioCurve(keys, { ...options, compare: true })
    expect(rate).toBe(1)
    expect(uniqueKeys).toBe(new Set(keys).size)
    const { results } = await simulate(keys, options)
    for (const { strategy, points, error } of curves) {
      expect(error).toBe(0)
      for (const { capacity, missRatio, room, exact } of points) {
        const replayed = results.find((r) => r.strategy === strategy && r.capacity === capacity)!
        expect(missRatio).toBeCloseTo(1 - replayed.hitRatio, 12)
        expect(exact).toBe(missRatio)
        expect(room).toBe(capacity)
      }
    }
  })

  describe("with a sample", () => {
    const capacities = [1_500, 3_000, 6_000, 12_000]
    let exact: Simulation

    beforeAll(async () => {
      exact = await simulate(mixed, { strategies: replayed, capacities, min: false })
    })

    it.each([
      ["1 key in 4", { rate: 1 / 4, maxKeys: Infinity }],
      ["1 key in 16", { rate: 1 / 16, maxKeys: Infinity }],
      ["at most 8,192 keys", { maxKeys: 8_192 }],
    ])("of %s, the mean error is below 2 points", async (_, options) => {
      const sampled = { strategies: replayed, capacities, ...options }
      const { rate, uniqueKeys, curves } = await missRatioCurve(mixed, sampled)
      expect(rate).toBeLessThan(1)
      expect(rate * uniqueKeys).toBeLessThanOrEqual(options.maxKeys)
      expect(Math.abs(uniqueKeys / exact.uniqueKeys - 1)).toBeLessThan(0.05)
      expect(curves.length).toBe(replayed.length)
      for (const { strategy, points } of curves) {
        const errors = points.map(({ capacity, missRatio }) => {
          const replay = exact.results.find(
            (result) => result.strategy === strategy && result.capacity === capacity,
          )!
          return Math.abs(missRatio - (1 - replay.hitRatio))
        })
        const mean = errors.reduce((sum, error) => sum + error) / errors.length
        expect(mean, strategy).toBeLessThan(0.02)
      }
    })

    it("the error is what estimates are off by in the mean", async () => {
      const capacities = [1_500, 6_000]
      const options = { strategies: [lru], capacities, rate: 1 / 16, compare: true }
      const { points, error } = (await missRatioCurve(mixed, options)).curves[0]!
      const off = points.map(({ missRatio, exact }) => Math.abs(missRatio - exact!))
      expect(error).toBeCloseTo((off[0]! + off[1]!) / 2, 12)
      expect(error).toBeGreaterThan(0)
    })
  })

  it("another seed is another sample", async () => {
    const options = { strategies: [lru], capacities: [500], rate: 0.1 }
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((seed) => missRatioCurve(mixed, { ...options, seed })),
    )
    expect(one).toEqual(same)
    expect(one).not.toEqual(other)
  })

  it("the sample never has more keys than it may", async () => {
    const options = { strategies: [], capacities: [], maxKeys: 100 }
    const { rate, uniqueKeys } = await missRatioCurve(scan({ requests: 100_000 }), options)
    expect(100_000 * rate).toBeLessThan(130)
    expect(uniqueKeys).toBeGreaterThan(70_000)
    expect(uniqueKeys).toBeLessThan(130_000)
  })

  it("there is no miss ratio beyond 1, nor one of nothing", async () => {
    const options = { strategies: [lru], capacities: [0, 1], rate: 0.5 }
    for (const traffic of [[], [1], [2], [3], ["a", "b", "c"]] as Traffic[]) {
      const { curves } = await missRatioCurve(traffic, options)
      for (const { missRatio } of curves[0]!.points) {
        expect(missRatio).toBeGreaterThanOrEqual(0)
        expect(missRatio).toBeLessThanOrEqual(1)
      }
    }
  })

  it("a signal ends it with what is known so far", async () => {
    const controller = new AbortController()
    const options = { strategies: [lru], capacities: [2], signal: controller.signal }
    const { requests, complete } = await missRatioCurve(zipf({ keys: 9, requests: Infinity }), {
      ...options,
      onProgress: () => controller.abort(),
    })
    expect({ requests, complete }).toEqual({ requests: 8_192, complete: false })
  })

  it.each([
    [{ rate: 0 }, "`rate` must be a number above 0, up to 1, received 0"],
    [{ rate: 2 }, "`rate` must be a number above 0, up to 1, received 2"],
    [{ maxKeys: -1 }, "`maxKeys` must be a non-negative integer or Infinity, received -1"],
    [{ capacities: [-1] }, "`capacities` must be a non-negative integer or Infinity, received -1"],
  ])("%j is refused", async (options, message) => {
    const given = { strategies: [lru], capacities: [1], ...options }
    await expect(missRatioCurve([], given)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message,
    })
  })

  it.runIf(hasTraces).each(["arc-OLTP", "scarab-recs-1M"])(
    "%s: with at most 16,384 keys in the sample, the mean error is below 2 points",
    async (trace) => {
      const keys = traceOf(trace)
      const { curves } = await missRatioCurve(keys, {
        strategies: [arc, lru, sieve, wTinyLfu],
        capacities: [2_000, 8_000, 32_000, 128_000],
        compare: true,
      })
      for (const { strategy, error } of curves) expect(error, strategy).toBeLessThan(0.02)
    },
  )
})
