import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type Block, type Key, missRatioCurve, simulate, zipf } from "@evictionary/simulator"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { replayed as ofLong, strategies } from "./strategies.ts"

async function* blocks(...blocks: Block[]): AsyncGenerator<Block> {
  yield* blocks
}

interface Requests {
  readonly keys: number[]
  readonly sizes: number[]
}

/** Requests by Zipf's law, for keys each of which has a size. */
function requests(keys: number, requests: number, sizeOf: (key: number) => number): Requests {
  const asked = [...zipf({ keys, requests, exponent: 0.8 })]
  return { keys: asked, sizes: asked.map(sizeOf) }
}

const mixed = requests(300, 5_000, (key) => 1 + ((key * 7_919) % 1_000))

describe("by bytes", () => {
  it("results are those of caches whose weight is bounded", async () => {
    const capacities = [1_500, 20_000]
    const { results, bytes, uniqueBytes } = await simulate(blocks(mixed), {
      strategies,
      capacities,
      by: "bytes",
      min: false,
    })
    for (const maxWeight of capacities) {
      for (const strategy of strategies) {
        const cache: Cache<Key, number> = strategy({ maxWeight, weigher: (size: number) => size })
        const hitBytes = replayed(cache, mixed)
        const { hits, misses, evictions, hitRatio } = cache.stats
        expect(results).toContainEqual({
          ...{ strategy: strategy.strategyName, capacity: maxWeight, requests: mixed.keys.length },
          ...{ hits, misses, evictions, hitRatio, byteHitRatio: hitBytes / bytes! },
        })
      }
    }
    const whole = new Map(mixed.keys.map((key, i) => [key, mixed.sizes[i]!]))
    expect(uniqueBytes).toBe([...whole.values()].reduce((sum, size) => sum + size))
  })

  it("an entry weighs what the request asked for that stored it", async () => {
    const traffic = { keys: ["a", "b", "a", "b"], sizes: [5, 5, 9, 5] }
    const { results, uniqueBytes } = await simulate(blocks(traffic), {
      strategies: [lru],
      capacities: [10],
      by: "bytes",
    })
    expect(
      results.map(({ strategy, hits, byteHitRatio }) => [strategy, hits, byteHitRatio]),
    ).toEqual(["lru", "belady-size", "unbounded"].map((name) => [name, 2, 14 / 24]))
    expect(uniqueBytes).toBe(10)
  })

  it("what is larger than all the room is not stored, and evicts nobody", async () => {
    const traffic = { keys: ["a", "b", "a", "b"], sizes: [10, 11, 10, 11] }
    const options = { strategies: [lru], capacities: [10], by: "bytes" } as const
    const { results } = await simulate(blocks(traffic), options)
    expect(results.map(({ hits, evictions }) => [hits, evictions])).toEqual([
      [1, 0],
      [1, 0],
      [2, 0],
    ])
  })

  it("what asks for nothing has room where there is none", async () => {
    const traffic = { keys: [1, 2, 1, 2], sizes: [0, 1, 0, 1] }
    const options = { strategies: [lru], capacities: [0], by: "bytes" } as const
    const { results } = await simulate(blocks(traffic), options)
    expect(results.map(({ hits }) => hits)).toEqual([1, 1, 2])
  })

  it("curves are exact while all keys are in the sample, in requests and in bytes", async () => {
    const options = { strategies, capacities: [1_000, 10_000, 1e9], by: "bytes" } as const
    const { results } = await simulate(blocks(mixed), options)
    const drawn = await missRatioCurve(blocks(mixed), { ...options, compare: true })
    expect(drawn).toMatchObject({ rate: 1, bytes: mixed.sizes.reduce((sum, size) => sum + size) })
    for (const { strategy, points, error, byteError } of drawn.curves) {
      expect(error).toBe(0)
      expect(byteError).toBeCloseTo(0, 12)
      for (const { capacity, missRatio, byteMissRatio, exact, exactBytes, room } of points) {
        const result = results.find((r) => r.strategy === strategy && r.capacity === capacity)!
        expect(missRatio).toBeCloseTo(1 - result.hitRatio, 12)
        expect(byteMissRatio).toBeCloseTo(1 - result.byteHitRatio!, 12)
        expect(exact).toBe(missRatio)
        expect(exactBytes).toBeCloseTo(byteMissRatio!, 12)
        expect(room).toBe(result.misses - result.evictions)
      }
    }
  })

  it("estimates from a quarter of the keys are within 3 points", async () => {
    const many = requests(20_000, 80_000, (key) => 1 + ((key * 7_919) % 10))
    const options = { strategies: [lru], capacities: [4_000, 16_000], by: "bytes" } as const
    const { curves, uniqueBytes } = await missRatioCurve(blocks(many), {
      ...options,
      rate: 1 / 4,
      compare: true,
    })
    expect(curves[0]!.error).toBeLessThan(0.03)
    expect(curves[0]!.byteError).toBeLessThan(0.03)
    const whole = await simulate(blocks(many), { ...options, min: false })
    expect(uniqueBytes! / whole.uniqueBytes!).toBeCloseTo(1, 1)
  })

  it("the room follows a rate that falls", async () => {
    const many = requests(20_000, 30_000, () => 2)
    const { rate, curves } = await missRatioCurve(blocks(many), {
      strategies: [lru],
      capacities: [4_000],
      by: "bytes",
      maxKeys: 500,
    })
    expect(rate).toBeLessThan(1)
    expect(curves[0]!.points[0]!.room).toBe(Math.floor((4_000 * rate) / 2))
  })

  it("byte miss ratios are told of entries as well, if all sizes are known", async () => {
    const options = { strategies: [lru], capacities: [1] }
    const sized = await missRatioCurve(blocks({ keys: [1, 1], sizes: [5, 15] }), options)
    expect(sized.curves[0]!.points[0]).toMatchObject({ missRatio: 0.5, byteMissRatio: 0.25 })
    const unsized = await missRatioCurve(blocks({ keys: [1], sizes: [5] }, { keys: [1] }), options)
    expect(unsized).toMatchObject({ bytes: undefined, uniqueBytes: undefined })
    expect(unsized.curves[0]!.points[0]!.byteMissRatio).toBeUndefined()
  })

  it.each([simulate, missRatioCurve])("sizes are needed, and bounds: %o", async (replay) => {
    const options = { strategies: { lru }, capacities: [10], by: "bytes" } as const
    await expect(replay(blocks({ keys: [1] }), options)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: "`traffic` must have sizes, for capacities in bytes",
    })
    const deaf = { lru: ({ capacity }: { capacity: number }) => lru<Key, number>({ capacity }) }
    await expect(replay(blocks(mixed), { ...options, strategies: deaf })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(
        /^`strategies` must be .* with all the bounds that they are given/,
      ),
    })
    await expect(replay([], { ...options, by: "keys" as never })).rejects.toMatchObject({
      message: '`by` must be "entries" or "bytes", received "keys"',
    })
  })
})

describe("Bélády-size", () => {
  const room = fc.integer({ min: 0, max: 20 })

  async function ofBeladySize(traffic: Block, capacity: number) {
    const { results } = await simulate(blocks(traffic), {
      strategies: [],
      capacities: [capacity],
      by: "bytes",
    })
    expect(results[0]).toMatchObject({ strategy: "belady-size", capacity })
    return results[0]!
  }

  it("where all sizes are equal is the best of all ways to choose victims, or not to store", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 12 }), fc.nat(4), async (keys, entries) => {
        const traffic = { keys, sizes: keys.map(() => 7) }
        expect((await ofBeladySize(traffic, 7 * entries + 3)).hits).toBe(bestOf(keys, entries))
      }),
    )
  })

  it("lets go of what is largest and asked for latest", async () => {
    // Each of a class of its own, so that no two of a class have to be told apart by a tenth.
    const sizes = fc.array(fc.constantFrom(0, 1, 2, 4, 8), { minLength: 8, maxLength: 8 })
    const keys = fc.array(fc.nat(7), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(keys, sizes, room, async (keys, sizes, capacity) => {
        const traffic = { keys, sizes: keys.map((key) => sizes[key]!) }
        const { hits, evictions } = await ofBeladySize(traffic, capacity)
        expect({ hits, evictions }).toEqual(largestProductFirst(traffic, capacity))
      }),
    )
  })

  it("has no more hits than a cache without a bound, and as many if there is room for all", async () => {
    const requests = fc.array(fc.tuple(fc.nat(9), fc.nat(9)))
    await fc.assert(
      fc.asyncProperty(requests, room, async (requests, capacity) => {
        const traffic = {
          keys: requests.map(([key]) => key),
          sizes: requests.map(([, size]) => size),
        }
        const most = requests.length - new Set(traffic.keys).size
        expect((await ofBeladySize(traffic, capacity)).hits).toBeLessThanOrEqual(most)
        expect((await ofBeladySize(traffic, 90)).hits).toBe(most)
      }),
    )
  })

  it("has more hits than any strategy on traffic of many sizes, across its parts", async () => {
    const long = requests(3_000, 150_000, (key) => 1 + ((key * 7_919) % 100))
    const options = { strategies: ofLong, capacities: [1_000], by: "bytes" } as const
    const { results } = await simulate(blocks(long), options)
    const [bound, ...others] = results
      .filter(({ strategy }) => strategy !== "unbounded")
      .sort((a, b) => b.hits - a.hits)
    expect(bound!.strategy).toBe("belady-size")
    expect(bound!.requests).toBe(150_000)
    expect(others.length).toBe(ofLong.length)
  })

  it("a signal ends the work on it", async () => {
    const controller = new AbortController()
    const { complete, results } = await simulate(blocks(requests(300, 150_000, () => 1)), {
      strategies: [],
      capacities: [10, 20],
      by: "bytes",
      signal: controller.signal,
      onProgress: ({ stage, requests }) => stage === "min" && requests > 0 && controller.abort(),
    })
    expect(complete).toBe(false)
    expect(results.map(({ strategy, requests }) => [strategy, requests])).toEqual([
      ["belady-size", 131_072],
      ["unbounded", 150_000],
    ])
  })
})

/** As a reader would do it; returns the bytes that hits asked for. */
function replayed(cache: Cache<Key, number>, { keys, sizes }: Requests): number {
  let bytes = 0
  for (const [i, key] of keys.entries()) {
    if (cache.get(key) === undefined) cache.set(key, sizes[i]!)
    else bytes += sizes[i]!
  }
  return bytes
}

/** Tries every victim for every miss, the newcomer too. */
function bestOf(keys: readonly number[], entries: number): number {
  const known = new Map<string, number>()
  function best(at: number, resident: readonly number[]): number {
    const key = keys[at]
    if (key === undefined) return 0
    if (resident.includes(key)) return 1 + best(at + 1, resident)
    const state = `${at}:${[...resident].sort()}`
    const all = [...resident, key]
    const choices = all.length <= entries ? [all] : all.map((_, i) => all.toSpliced(i, 1))
    const found = known.get(state) ?? Math.max(...choices.map((next) => best(at + 1, next)))
    known.set(state, found)
    return found
  }
  return best(0, [])
}

/** Bélády-size as it is defined, over all that is resident at each eviction. */
function largestProductFirst({ keys, sizes = [] }: Block, capacity: number) {
  const nextUse = (at: number) => {
    const next = keys.indexOf(keys[at]!, at + 1)
    return next < 0 ? Infinity : next
  }
  const resident = new Map<Key, { next: number; size: number }>()
  /** The order in which sizes came, and that in which keys became useless, decide among equals. */
  const order: number[] = []
  const useless: Key[] = []
  let [hits, evictions] = [0, 0]
  for (const [at, key] of keys.entries()) {
    const size = sizes[at]!
    if (resident.has(key)) hits++
    else if (size > capacity) continue
    const next = nextUse(at)
    resident.set(key, { next, size })
    if (next === Infinity) useless.push(key)
    else if (!order.includes(size)) order.push(size)
    const weight = () => [...resident.values()].reduce((sum, { size }) => sum + size, 0)
    while (weight() > capacity) {
      evictions++
      const [victim] = [...resident].sort(
        ([, a], [, b]) =>
          b.size * (b.next - at) - a.size * (a.next - at) ||
          order.indexOf(a.size) - order.indexOf(b.size),
      )
      resident.delete(useless.pop() ?? victim![0])
    }
  }
  return { hits, evictions }
}
