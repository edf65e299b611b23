import { setImmediate } from "node:timers/promises"
import { hitsOf } from "@evictionary/conformance"
import { lru } from "@evictionary/lru"
import { sieve } from "@evictionary/sieve"
import {
  type Block,
  type Contenders,
  type Progress,
  simulate,
  uniform,
  zipf,
} from "@evictionary/simulator"
import { slru } from "@evictionary/slru"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { expect, it } from "vitest"
import { strategies } from "./strategies.ts"

async function* blocks(...blocks: Block[]): AsyncGenerator<Block> {
  yield* blocks
}

it("results are those of the caches themselves, at each capacity", async () => {
  const keys = [...zipf({ keys: 500, requests: 5_000 })]
  const { results } = await simulate(keys, { strategies, capacities: [1, 10, 100] })
  for (const capacity of [1, 10, 100]) {
    for (const strategy of strategies) {
      const cache = strategy({ capacity })
      expect(results).toContainEqual({
        strategy: strategy.strategyName,
        capacity,
        requests: keys.length,
        hits: hitsOf(cache, keys),
        misses: cache.stats.misses,
        evictions: cache.stats.evictions,
        hitRatio: cache.stats.hitRatio,
        byteHitRatio: undefined,
      })
    }
  }
})

it("results come by capacity, then by strategy, then MIN; unbounded is the last", async () => {
  const options = { strategies: [sieve, unbounded, lru], capacities: [2, 1] }
  const { results } = await simulate([1, 2], options)
  expect(results.map(({ strategy, capacity }) => [strategy, capacity])).toEqual([
    ["sieve", 2],
    ["lru", 2],
    ["min", 2],
    ["sieve", 1],
    ["lru", 1],
    ["min", 1],
    ["unbounded", Infinity],
  ])
})

it("traffic without requests has no hits, and no ratios that are not numbers", async () => {
  const { requests, uniqueKeys, complete, results } = await simulate([], {
    strategies: { lru },
    capacities: [1],
  })
  expect({ requests, uniqueKeys, complete }).toEqual({ requests: 0, uniqueKeys: 0, complete: true })
  for (const { hitRatio, byteHitRatio } of results) expect([hitRatio, byteHitRatio]).toEqual([0, 0])
})

it("bytes that hit are counted where all sizes are known", async () => {
  const traffic = blocks(
    { keys: ["a", "b", "a"], sizes: [10, 100, 30] },
    { keys: ["b"], sizes: [60] },
  )
  const { bytes, results } = await simulate(traffic, { strategies: [lru], capacities: [1, 2] })
  expect(bytes).toBe(200)
  expect(
    results.map(({ strategy, capacity, byteHitRatio }) => [strategy, capacity, byteHitRatio]),
  ).toEqual([
    ["lru", 1, 0],
    ["min", 1, 0],
    ["lru", 2, 0.45],
    ["min", 2, 0.45],
    ["unbounded", Infinity, 0.45],
  ])
})

it("one size that is not known leaves all byte hit ratios undefined", async () => {
  const traffic = blocks({ keys: ["a"], sizes: [10] }, { keys: ["a"] }, { keys: ["a"], sizes: [1] })
  const { bytes, results } = await simulate(traffic, { strategies: [lru], capacities: [1] })
  expect(bytes).toBeUndefined()
  expect(results.map(({ hits, byteHitRatio }) => [hits, byteHitRatio])).toEqual(
    Array(3).fill([2, undefined]),
  )
})

it("how traffic is cut into blocks changes nothing", async () => {
  const keys = fc.array(fc.oneof(fc.nat(9), fc.string({ maxLength: 1 })))
  await fc.assert(
    fc.asyncProperty(keys, fc.nat(20), async (keys, cut) => {
      const options = { strategies: [lru], capacities: [3] }
      const cutUp = blocks({ keys: keys.slice(0, cut) }, { keys: [] }, { keys: keys.slice(cut) })
      expect((await simulate(cutUp, options)).results.map(({ hits }) => hits)).toEqual(
        (await simulate(keys, options)).results.map(({ hits }) => hits),
      )
    }),
  )
})

it("a function can make the caches, with options or with a bound on bytes", async () => {
  const contenders: Contenders = {
    "slru, half": ({ capacity }) => slru({ capacity, protected: 0.5 }),
    "lru, bytes": ({ capacity }) => lru({ maxWeight: capacity, weigher: (bytes) => bytes }),
  }
  const traffic = blocks({ keys: [1, 2, 1], sizes: [5, 6, 5] })
  const { results } = await simulate(traffic, {
    strategies: contenders,
    capacities: [10],
    min: false,
  })
  expect(results.map(({ strategy, hits, evictions }) => [strategy, hits, evictions])).toEqual([
    ["slru, half", 1, 0],
    ["lru, bytes", 0, 2],
    ["unbounded", 1, 0],
  ])
})

it("a signal ends it with what is known so far", async () => {
  const controller = new AbortController()
  const { requests, complete, results } = await simulate(zipf({ keys: 10, requests: Infinity }), {
    strategies: [lru],
    capacities: [5],
    signal: controller.signal,
    onProgress: ({ requests }) => requests > 50_000 && controller.abort(),
  })
  expect(complete).toBe(false)
  expect(requests).toBe(57_344)
  expect(results.map(({ strategy, requests }) => [strategy, requests])).toEqual([
    ["lru", 57_344],
    ["unbounded", 57_344],
  ])
})

it("a signal ends it within a block, however long that is", async () => {
  const controller = new AbortController()
  const keys = Array.from({ length: 1_000_000 }, (_, i) => i % 7)
  const { requests, complete, bytes } = await simulate(blocks({ keys, sizes: keys }), {
    strategies: [lru],
    capacities: [5],
    signal: controller.signal,
    onProgress: ({ requests }) => requests > 50_000 && controller.abort(),
  })
  expect(complete).toBe(false)
  expect(requests).toBe(65_536)
  expect(bytes).toBe(keys.slice(0, 65_536).reduce((sum, size) => sum + size, 0))
})

it("a signal ends it though the traffic never goes on", async () => {
  const controller = new AbortController()
  async function* stalled(): AsyncGenerator<Block> {
    yield { keys: [1, 1] }
    controller.abort()
    await new Promise(() => {})
  }
  const options = { strategies: [lru], capacities: [1], signal: controller.signal }
  const { requests, complete } = await simulate(stalled(), options)
  expect({ requests, complete }).toEqual({ requests: 2, complete: false })
})

it("a signal ends the work on MIN, too", async () => {
  const controller = new AbortController()
  const { complete, results } = await simulate(uniform({ keys: 99, requests: 150_000 }), {
    strategies: [],
    capacities: [10, 20],
    signal: controller.signal,
    onProgress: ({ stage, requests }) => stage === "min" && requests > 0 && controller.abort(),
  })
  expect(complete).toBe(false)
  expect(results.map(({ strategy, requests }) => [strategy, requests])).toEqual([
    ["min", 131_072],
    ["unbounded", 150_000],
  ])
})

it("a signal that was given before ends it at once", async () => {
  const options = { strategies: [lru], capacities: [1], signal: AbortSignal.abort() }
  expect(await simulate([1], options)).toMatchObject({ requests: 0, complete: false })
})

it("progress tells how far each stage has come", async () => {
  const told: Progress[] = []
  await simulate(uniform({ keys: 9, requests: 70_000 }), {
    strategies: [],
    capacities: [1, 2],
    onProgress: (progress) => told.push(progress),
  })
  expect(told.filter(({ stage }) => stage === "replay").map(({ requests }) => requests)).toEqual([
    ...Array.from({ length: 8 }, (_, i) => 8192 * (i + 1)),
    70_000,
  ])
  expect(told.filter(({ stage }) => stage === "min")).toEqual(
    [0, 65_536, 70_000, 135_536].map((requests) => ({ stage: "min", requests, total: 140_000 })),
  )
})

it("other work goes on in between", async () => {
  let turns = 0
  const controller = new AbortController()
  const other = (async () => {
    for (; !controller.signal.aborted; turns++) await setImmediate()
  })()
  const options = { strategies: [lru], capacities: [50], min: false }
  await simulate(uniform({ keys: 100, requests: 100_000 }), options)
  controller.abort()
  await other
  expect(turns).toBeGreaterThan(5)
})

it("the source of traffic is closed when a signal ends it", async () => {
  const controller = new AbortController()
  let closed = false
  async function* source(): AsyncGenerator<Block> {
    try {
      for (;;) yield { keys: [1] }
    } finally {
      closed = true
    }
  }
  const options = { strategies: [lru], capacities: [1], signal: controller.signal }
  await simulate(source(), { ...options, onProgress: () => controller.abort() })
  expect(closed).toBe(true)
})

it("an error of the traffic is passed on, and its source closed", async () => {
  let closed = false
  async function* broken(): AsyncGenerator<Block> {
    try {
      yield { keys: [1] }
      throw new Error("broken")
    } finally {
      closed = true
    }
  }
  const options = { strategies: [lru], capacities: [1] }
  await expect(simulate(broken(), options)).rejects.toThrow("broken")
  expect(closed).toBe(true)
})

it.each<[unknown, object, string]>([
  [
    [],
    { strategies: 1, capacities: [] },
    "`strategies` must be an array or an object of strategies, received 1",
  ],
  [
    [],
    { strategies: ["lru"], capacities: [] },
    '`strategies` must be an array or an object of strategies, received "lru"',
  ],
  [
    [],
    { strategies: [lru, lru], capacities: [] },
    '`strategies` must be strategies with names of their own, received "lru"',
  ],
  [[], { strategies: [], capacities: 5 }, "`capacities` must be an array of numbers, received 5"],
  [
    [],
    { strategies: [], capacities: [1.5] },
    "`capacities` must be a non-negative integer or Infinity, received 1.5",
  ],
  [
    1,
    { strategies: [], capacities: [1] },
    "`traffic` must be an iterable of keys or of blocks, received 1",
  ],
])("%j, %j is refused", async (traffic, options, message) => {
  await expect(simulate(traffic as never, options as never)).rejects.toMatchObject({ message })
})

it("what becomes of the options meanwhile changes nothing", async () => {
  const options = {
    strategies: [lru],
    capacities: [1, 2],
    onProgress() {
      options.capacities.length = 0
      options.onProgress = () => {
        throw new Error("another one")
      }
    },
  }
  const { results } = await simulate([1, 2, 1], options)
  expect(options.capacities).toEqual([])
  expect(results.map(({ strategy, capacity }) => [strategy, capacity])).toEqual([
    ["lru", 1],
    ["min", 1],
    ["lru", 2],
    ["min", 2],
    ["unbounded", Infinity],
  ])
})
