import type { Cache } from "@evictionary/core"
import { fifo } from "@evictionary/fifo"
import { lirs } from "@evictionary/lirs"
import { lru } from "@evictionary/lru"
import {
  advise,
  fibonacci,
  loop,
  mixture,
  record,
  scan,
  stackDistances,
  zipf,
} from "@evictionary/simulator"
import { unbounded } from "@evictionary/unbounded"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { replayed } from "./strategies.ts"

function use<K>(cache: Cache<K, unknown>, keys: Iterable<K>): void {
  for (const key of keys) if (cache.get(key) === undefined) cache.set(key, 1)
}

describe("record", () => {
  it("tells each lookup and whether it was a hit, at a rate of 1", () => {
    const cache = lru<string, number>({ capacity: 2 })
    const recording = record(cache)
    use(cache, ["a", "b", "a", "c", "b"])
    const { keys, ...others } = recording.snapshot()
    expect(others).toEqual({
      strategy: "lru",
      capacity: 2,
      rate: 1,
      outcomes: Uint8Array.of(0, 0, 1, 0, 0),
      lookups: Uint32Array.of(1, 1, 1, 1, 1),
      hits: Uint32Array.of(0, 0, 1, 0, 0),
    })
    expect(keys[2]).toBe(keys[0])
    expect(keys[4]).toBe(keys[1])
    expect(new Set(keys).size).toBe(3)
  })

  it("tells of the lookups of upserts; peek, has and set are none", () => {
    const cache = lru<unknown, number>({ capacity: 2 })
    const recording = record(cache)
    cache.getOrInsert("a", 1)
    cache.getOrInsertComputed("a", () => 2)
    cache.set("b", 1)
    cache.peek("b")
    cache.has("b")
    expect([...recording.snapshot().outcomes]).toEqual([0, 1])
  })

  it("knows any key by what a Map knows it by", () => {
    const object = {}
    const keys = [1, "1", 1n, true, NaN, null, undefined, object, {}, Symbol("key"), 0.5]
    const cache = unbounded<unknown, number>()
    const recording = record(cache, { rate: 1 })
    use(cache, [...keys, ...keys])
    const recorded = [...recording.snapshot().keys]
    expect(new Set(recorded).size).toBe(keys.length)
    expect(recorded.slice(keys.length)).toEqual(recorded.slice(0, keys.length))
  })

  it("records all requests for its share of the keys, and counts the others", () => {
    const cache = lru<number, number>({ capacity: 100 })
    const recording = record(cache, { rate: 0.1 })
    use(cache, loop({ keys: 10_000, requests: 30_000 }))
    const { keys, lookups, hits } = recording.snapshot()
    const unique = new Set(keys).size
    expect(unique / 10_000).toBeCloseTo(0.1, 1)
    expect(keys.length).toBe(3 * unique)
    const counted = lookups.reduce((sum, count) => sum + count, 0)
    expect(counted).toBeGreaterThan(29_900)
    expect(counted).toBeLessThanOrEqual(30_000)
    expect(hits.every((count) => count === 0)).toBe(true)
  })

  it("keeps the last lookups if there are more than it may keep", () => {
    const keysAfter = (requests: Iterable<number>, maxSamples?: number) => {
      const cache = lru<number, number>({ capacity: 2 })
      const recording = record(cache, { maxSamples })
      use(cache, requests)
      return recording.snapshot().keys
    }
    const all = keysAfter(scan({ requests: 25 }))
    expect(keysAfter(scan({ requests: 25 }), 10)).toEqual(all.slice(15))
    expect(keysAfter(scan({ requests: 20 }), 10)).toEqual(all.slice(10, 20))
    expect(keysAfter(scan({ requests: 10 }), 10)).toEqual(all.slice(0, 10))
    expect(keysAfter(scan({ requests: 9 }), 10)).toEqual(all.slice(0, 9))
    expect(keysAfter(scan({ requests: 9 }), 0)).toEqual(new Int32Array(0))
  })

  it("a snapshot does not change any more", () => {
    const cache = lru<number, number>({ capacity: 2 })
    const recording = record(cache, { maxSamples: 2 })
    use(cache, [1, 2])
    const snapshot = recording.snapshot()
    const copy = structuredClone(snapshot)
    use(cache, [3, 4, 5])
    expect(snapshot).toEqual(copy)
  })

  it("nothing is recorded after stop, and what there is stays", () => {
    const cache = lru<number, number>({ capacity: 2 })
    const recording = record(cache)
    use(cache, [1])
    recording.stop()
    use(cache, [2])
    expect(recording.snapshot().keys.length).toBe(1)
  })

  it.each([
    [1_000, 1],
    [102_400, 0.01],
    [Infinity, 1 / 64],
    [0, 1],
  ])("at capacity %d, the rate is %d unless told otherwise", (capacity, rate) => {
    expect(record(lru({ capacity })).rate).toBe(rate)
  })

  it.each([
    [{ rate: 0 }, "`rate` must be a number above 0, up to 1, received 0"],
    [{ maxSamples: -1 }, "`maxSamples` must be a non-negative integer or Infinity, received -1"],
  ])("%j is refused", (options, message) => {
    const error = expect.objectContaining({ code: "INVALID_OPTION", message })
    expect(() => record(lru({ capacity: 1 }), options)).toThrow(error)
  })
})

describe("advise", () => {
  const mixed = mixture([
    { workload: zipf({ keys: 30_000, requests: 75_000, exponent: 0.8 }), weight: 9 },
    { workload: scan({ requests: 25_000, first: 1_000_000 }) },
  ])

  it("says of the strategy in use what the cache itself does, when all is recorded", async () => {
    const cache = lru<number, number>({ capacity: 200 })
    const recording = record(cache)
    use(cache, zipf({ keys: 2_000, requests: 24_000 }))
    const { present, lookups, samples, strategies } = await advise(recording, { strategies: [lru] })
    expect({ lookups, samples }).toEqual({ lookups: 16_000, samples: 16_000 })
    expect(strategies[0]!.hitRatio).toBeCloseTo(present.hitRatio, 12)
    expect(strategies[0]!.sufficientCapacity).toBe(200)
  })

  it("from a sample, is within 2 points of what full replays say", async () => {
    const cache = fifo<number, number>({ capacity: 6_000 })
    const recording = record(cache)
    expect(recording.rate).toBeCloseTo(1_024 / 6_000)
    const keys = [...mixed]
    use(cache, keys)
    const options = { strategies: replayed }
    const { present, uniqueKeys, strategies: advised } = await advise(recording, options)
    const exact = new Set(keys).size
    expect(Math.abs(uniqueKeys - exact) / exact).toBeLessThan(0.05)

    // The first third fills the caches, as it does in `advise`.
    const begin = Math.round(keys.length / 3)
    expect(advised.length).toBe(replayed.length)
    for (const { strategy, hitRatio } of advised) {
      const whole = replayed.find(({ strategyName }) => strategyName === strategy)!
      const full = whole<number, number>({ capacity: 6_000 })
      use(full, keys.slice(0, begin))
      const before = full.stats.snapshot()
      use(full, keys.slice(begin))
      const expected = full.stats.minus(before).hitRatio
      expect(Math.abs(hitRatio - expected), strategy).toBeLessThan(0.02)
      if (strategy === "fifo") expect(Math.abs(present.hitRatio - expected)).toBeLessThan(0.003)
    }
    const ratios = advised.map(({ hitRatio }) => hitRatio)
    expect(ratios).toEqual([...ratios].sort((a, b) => b - a))
  })

  it("finds the least capacity that is enough, to a twentieth", async () => {
    const cache = fifo<number, number>({ capacity: 300 })
    const recording = record(cache)
    const keys = [...zipf({ keys: 1_000, requests: 30_000, exponent: 0.9 })]
    use(cache, keys)
    const { strategies } = await advise(recording, { strategies: [lru] })
    const { hits } = await stackDistances(keys)
    let enough = 0
    while (hits(enough) < cache.stats.hits) enough++
    expect(enough).toBeLessThan(270)
    expect(strategies[0]!.sufficientCapacity! / enough).toBeGreaterThan(0.95)
    expect(strategies[0]!.sufficientCapacity! / enough).toBeLessThan(1.05)
  })

  it("knows what twice the capacity would bring", async () => {
    const keys = [...zipf({ keys: 3_000, requests: 30_000, exponent: 0.9 })]
    const cache = fifo<number, number>({ capacity: 300 })
    const recording = record(cache)
    use(cache, keys)
    const { strategies } = await advise(recording, { strategies: [lru] })
    const twice = lru<number, number>({ capacity: 600 })
    use(twice, keys.slice(0, 10_000))
    const begin = twice.stats.snapshot()
    use(twice, keys.slice(10_000))
    expect(strategies[0]!.doubledHitRatio).toBeCloseTo(twice.stats.minus(begin).hitRatio, 9)
    expect(strategies[0]!.doubledHitRatio).toBeGreaterThan(strategies[0]!.hitRatio + 0.05)
  })

  it("knows no sufficient capacity if the present hit ratio is beyond a strategy", async () => {
    const cache = unbounded<number, number>()
    use(cache, scan({ requests: 3_000 }))
    const recording = record(cache, { rate: 1 })
    use(cache, scan({ requests: 3_000 }))
    const { present, strategies } = await advise(recording, { strategies: [lru] })
    expect(present).toEqual({ strategy: "unbounded", capacity: 3_000, hitRatio: 1 })
    expect(strategies[0]).toMatchObject({
      hitRatio: 0,
      sufficientCapacity: undefined,
      knee: undefined,
    })
  })

  it("finds the knee of a loop where the loop fits", async () => {
    const cache = lru<number, number>({ capacity: 100 })
    const recording = record(cache)
    const looped = { workload: loop({ keys: 200, requests: 50_000 }), weight: 9 }
    use(cache, mixture([looped, { workload: scan({ requests: 9_000, first: 1_000 }) }]))
    const [advised] = (await advise(recording, { strategies: [lru] })).strategies
    const { capacity, hitRatio } = advised!.knee!
    expect(hitRatio).toBeGreaterThan(0.85)
    const before = advised!.curve.findLast((point) => point.capacity < capacity)!
    expect(before.hitRatio).toBeLessThan(0.1)
    expect(before.capacity).toBeLessThan(240)
  })

  it("takes a snapshot, from another process too", async () => {
    const cache = lru<number, number>({ capacity: 10 })
    const recording = record(cache)
    use(cache, fibonacci(15))
    const there = structuredClone(recording.snapshot())
    const one = await advise(there, { strategies: [lru] })
    expect(`${one}`).toBe(`${await advise(recording, { strategies: [lru] })}`)
  })

  it.runIf(deep)("knows more keys than a set can hold", async () => {
    const recorded = 2 ** 24 + 5
    const counts = new Uint32Array(recorded)
    const keys = Int32Array.from({ length: recorded }, (_, i) => Math.max(i, 4))
    const traffic = { strategy: "lru", capacity: 1, rate: 1, keys, hits: counts, lookups: counts }
    const outcomes = new Uint8Array(recorded)
    const { uniqueKeys } = await advise({ ...traffic, outcomes }, { strategies: [] })
    expect(uniqueKeys).toBe(recorded - 4)
  })

  it("of no traffic says that there was none", async () => {
    const { present, lookups, strategies } = await advise(record(lru({ capacity: 5 })), {
      strategies: [lru],
    })
    expect({ present, lookups }).toEqual({
      present: { strategy: "lru", capacity: 5, hitRatio: 0 },
      lookups: 0,
    })
    expect(strategies[0]).toMatchObject({ hitRatio: 0, knee: undefined })
  })

  it("is a summary for people in lines of at most 80 characters", async () => {
    const cache = fifo<number, number>({ capacity: 250 })
    const recording = record(cache)
    use(cache, zipf({ keys: 2_500, requests: 15_000, exponent: 0.9 }))
    const summary = `${await advise(recording, { strategies: [fifo, lirs, lru, wTinyLfu] })}`
    expect(summary).toMatchInlineSnapshot(`
      "fifo, room for 250: 45.8% hits
      in 10,000 lookups of about 2,164 keys; 10,000 recorded

                 at 250  room for 45.8%  knee of the curve
      w-tinylfu   61.2%              80        292 (63.5%)
      lirs        57.4%             106        408 (64.7%)
      lru         50.9%             188        408 (59.9%)
      fifo        45.8%             250        408 (55.0%)"
    `)
    for (const line of summary.split("\n")) expect(line.length).toBeLessThanOrEqual(80)
  })

  it("keeps its lines short whatever strategies are called", async () => {
    const cache = lru<number, number>({ capacity: 1_234_567 })
    const recording = record(cache)
    use(cache, scan({ requests: 1_000 }))
    const summary = `${await advise(recording, { strategies: { ["long".repeat(30)]: lru } })}`
    for (const line of summary.split("\n")) expect(line.length).toBeLessThanOrEqual(80)
    expect(summary).toContain("Too few to rely on: let it record for longer.")
  })
})
