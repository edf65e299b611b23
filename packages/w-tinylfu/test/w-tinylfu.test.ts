import { cacheOf, hitsOf, type TestCache } from "@evictionary/conformance"
import { type WTinyLfuOptions, wTinyLfu } from "@evictionary/w-tinylfu"
import fc from "fast-check"
import { expect, it } from "vitest"
import { observed, replacesAtCapacityOne, request } from "../../../scripts/against-model.ts"
import { deep } from "../../../scripts/deep.ts"
import { alike, same } from "../../../scripts/same.ts"
import { options, WTinyLfuModel } from "./model.ts"
import { hitsWhileMoving } from "./moving.ts"

/** With a window that keeps its size. */
const fixed = { adaptive: false }

it("a newcomer displaces only who was used less often", () => {
  const [cache, evicted] = observed(wTinyLfu, 3, fixed) // a window of one
  for (const key of [1, 2, 3, 1, 2, 3]) request(cache, key)
  for (const key of [4, 5, 6]) request(cache, key)
  expect(evicted).toEqual([3, 4, 5])
  for (const key of [6, 7]) request(cache, key)
  expect([...cache.keys()].sort()).toEqual([1, 2, 7])
})

it("uses count, even those before an entry left", () => {
  const [cache] = observed(wTinyLfu, 3, fixed)
  for (const key of [1, 2, 3, 4, 4, 4, 5]) request(cache, key)
  cache.delete(4)
  for (const key of [4, 6]) request(cache, key)
  expect(cache.has(4)).toBe(true)
})

it("overwriting is a use", () => {
  const [cache] = observed(wTinyLfu, 3, fixed)
  cache.set(1, 1).set(2, 2).set(3, 3).set(1, 4).set(1, 5).set(2, 6).set(2, 7)
  cache.set(4, 4).set(5, 5)
  expect([...cache.keys()].sort()).toEqual([1, 2, 5])
})

/** Each key is new, and is used once more soon, or not: after up to 39 others. */
function useRecent(cache: TestCache, from: number, to: number): void {
  for (let key = from; key < to; key++) {
    request(cache, key)
    request(cache, key - (chance(key) % 40))
  }
}

it("where recency is all there is, the window grows", () => {
  const hits = (own: WTinyLfuOptions) => {
    const [cache] = observed(wTinyLfu, 100, own)
    useRecent(cache, 0, 40_000)
    return cache.stats.hits
  }
  expect(hits(fixed)).toBeLessThan(10_000)
  expect(hits({})).toBeGreaterThan(30_000)
})

it("where frequency is all there is, the window shrinks again", () => {
  const [cache] = observed(wTinyLfu, 100, { window: 0.9 })
  const [small] = observed(wTinyLfu, 100, { window: 0.01, adaptive: false })
  for (let turn = 0; turn < 600; turn++) {
    for (let key = 0; key < 200; key++) {
      for (const each of [cache, small]) request(each, key)
    }
  }
  expect(cache.stats.hits).toBeGreaterThan(0.7 * small.stats.hits)
})

it("the same seed gives the same victims, another one may give others", () => {
  const victims = (seed: number) => {
    const [cache, evicted] = observed(wTinyLfu, 400, { seed })
    for (let step = 0; step < 20_000; step++) request(cache, (step * step) % 7_919)
    return String(evicted)
  }
  expect(victims(7)).toBe(victims(7))
  expect(new Set([1, 2, 3, 4, 5].map(victims)).size).toBeGreaterThan(1)
})

it("the capacity may change, and the window keeps its share", () => {
  const [cache] = observed(wTinyLfu, 200, { window: 0.5 })
  for (let key = 0; key < 200; key++) request(cache, key)
  cache.resize(20)
  expect(cache.size).toBe(20)
  for (let key = 300; key < 310; key++) request(cache, key)
  // All ten are in the window.
  expect([...cache.keys()].slice(-10)).toEqual(Array.from({ length: 10 }, (_, n) => 300 + n))
  cache.resize(Infinity)
  for (let key = 400; key < 500; key++) request(cache, key)
  expect(cache.size).toBe(120)
})

it("after a time without a bound, the window is small again", () => {
  const [cache] = observed(wTinyLfu, Infinity)
  for (let key = 0; key < 100; key++) {
    request(cache, key)
    request(cache, key)
  }
  cache.resize(50)
  const before = new Set(cache.keys())
  for (let key = 100; key < 200; key++) request(cache, key)
  expect([...cache.keys()].filter((key) => before.has(key)).length).toBe(49)
})

it("what the window has learned outlives a change of capacity", () => {
  const hits = (resize: boolean) => {
    const [cache] = observed(wTinyLfu, 100)
    useRecent(cache, 0, 40_000)
    if (resize) cache.resize(120)
    cache.stats.reset()
    useRecent(cache, 40_000, 40_400)
    return cache.stats.hits
  }
  expect(hits(true)).toBeGreaterThan(0.9 * hits(false))
})

it.each([
  ["used once more soon", (n: number) => (n % 2 === 0 ? n : n - 1 - 2 * (chance(n) % 40))],
  ["popular", (n: number) => Math.floor(400 * (chance(n) / 4_001) ** 3)],
  ["in a loop", (n: number) => n % 200],
])(
  "a capacity that goes up and down a little is as good as one that is still: keys %s",
  (_, key) => {
    const keys = Array.from({ length: 20_000 }, (_, n) => Math.max(key(n), 0))
    const points = (hits: number) => (100 * hits) / keys.length
    const still = points(hitsOf(cacheOf(wTinyLfu, 100), keys))
    const moving = points(hitsWhileMoving(100, keys))
    expect(still).toBeGreaterThan(40)
    expect(moving).toBeGreaterThan(still - 1)
  },
)

/** Some integer below 4,001. */
function chance(n: number): number {
  return (n * 7_919) % 4_001
}

/** Loops, scans, what is popular, what is used once more soon: each tells for another window. */
const phase = fc.oneof(
  fc.record({ kind: fc.constant("loop"), keys: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("soon"), keys: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant("popular"), keys: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("delete"), keys: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("resize"), keys: fc.integer({ min: 1, max: 60 }) }),
)

function keysOf(kind: string, keys: number, from: number): number[] {
  return Array.from({ length: 150 }, (_, n) => {
    if (kind === "loop") return n % keys
    if (kind === "popular") return Math.min(chance(n) % keys, Math.floor(chance(n) / 67))
    return n % 2 === 0 ? from + n : Math.max(from + n - 1 - 2 * (chance(n) % keys), 0)
  })
}

it("hits and victims are the plain model's, whatever the traffic, and however the capacity moves", () => {
  const phases = fc.array(phase, { maxLength: deep ? 60 : 25, size: "max" })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), options, phases, (capacity, own, phases) => {
      const [cache, victims] = observed(wTinyLfu, capacity, own)
      const model = new WTinyLfuModel(capacity, own)
      for (const [i, { kind, keys }] of phases.entries()) {
        if (kind === "resize") {
          cache.resize(keys)
          model.resize(keys)
        } else if (kind === "delete") {
          cache.delete(keys)
          model.delete(keys)
        } else {
          for (const key of keysOf(kind, keys, 100 * i)) {
            same(request(cache, key), model.request(key), `hit of ${key}`)
          }
        }
        alike(victims, model.evicted, "victims")
      }
    }),
    { numRuns: deep ? 300 : 30 },
  )
})

replacesAtCapacityOne(wTinyLfu)

it("an option that is not what it must be is refused, by name", () => {
  for (const [own, message] of [
    [{ adaptive: 1 }, "`adaptive` must be true or false, received 1"],
    [{ adaptive: null }, "`adaptive` must be true or false"],
    [{ window: -0.1 }, "`window` must be a number from 0 to 1, received -0.1"],
    [{ window: 1.1 }, "`window` must be a number from 0 to 1"],
    [{ window: NaN }, "`window` must be a number from 0 to 1"],
    [{ seed: 0.5 }, "`seed` must be an integer, received 0.5"],
    [{ seed: "1" }, "`seed` must be an integer"],
  ] as [object, string][]) {
    expect(() => wTinyLfu({ capacity: 5, ...own })).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining(message),
      }),
    )
  }
})

it("the strategy says its name, and what it can do", () => {
  expect(wTinyLfu.strategyName).toBe("w-tinylfu")
  expect(wTinyLfu.name).toBe("w-tinylfu")
  expect(wTinyLfu.options).toEqual(["adaptive", "window", "seed"])
  expect([wTinyLfu.promotes, wTinyLfu.remembers, wTinyLfu.scanResistant]).toEqual([
    true,
    true,
    true,
  ])
  expect(wTinyLfu({ capacity: 1 }).strategyName).toBe("w-tinylfu")
})
