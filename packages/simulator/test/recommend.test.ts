import { arc } from "@evictionary/arc"
import { fifo } from "@evictionary/fifo"
import { lru } from "@evictionary/lru"
import { type RecommendOptions, recommend, simulate, zipf } from "@evictionary/simulator"
import { unbounded } from "@evictionary/unbounded"
import { expect, it } from "vitest"

const keys = [...zipf({ requests: 6_000, keys: 500 })]
const strategies = [lru, fifo, arc]

it("what is recommended has been replayed, and reaches the target with about the least room", async () => {
  const found = await recommend(keys, { strategies, target: 0.6 })
  const { best, capacity = 0, min } = found
  const replayed = await simulate(keys, { strategies, capacities: [capacity] })
  expect(replayed.results).toContainEqual(best)
  expect(replayed.results).toContainEqual(min)
  expect(best!.hitRatio).toBeGreaterThanOrEqual(0.6)
  const less = Math.floor(capacity * 0.95)
  const { results } = await simulate(keys, { strategies, capacities: [less], min: false })
  for (const { hitRatio, capacity } of results) {
    if (capacity === less) expect(hitRatio).toBeLessThan(0.6)
  }
})

it.each([{ capacity: 50 }, { share: 50 / 500 }])(
  "with room that is given, it says who does best: %j",
  async (room) => {
    const { requests, uniqueKeys } = await simulate(keys, { strategies: [], capacities: [] })
    const given = room.capacity ?? Math.round(room.share! * uniqueKeys)
    const found = await recommend(keys, { strategies, ...room })
    const { results } = await simulate(keys, { strategies, capacities: [given] })
    const hits = results.filter((result) => result.capacity === given && result.strategy !== "min")
    expect(found).toMatchObject({ given: "capacity", capacity: given, requests, uniqueKeys })
    expect(found.best!.hits).toBe(Math.max(...hits.map((result) => result.hits)))
    expect(found.strategies.map(({ strategy }) => strategy).sort()).toEqual(["arc", "fifo", "lru"])
  },
)

it("a target that no room reaches has no answer, nor has traffic without a request", async () => {
  const found = await recommend(keys, { strategies, target: 0.999 })
  expect(found).toMatchObject({ complete: true, best: undefined, capacity: undefined })
  expect(await recommend([], { strategies })).toMatchObject({ requests: 0, best: undefined })
})

it("a signal ends it, and what is known by then is the result", async () => {
  for (const stage of ["count", "curves", "replay"] as const) {
    const controller = new AbortController()
    const found = await recommend(keys, {
      strategies,
      signal: controller.signal,
      onProgress: (progress) => progress.stage === stage && controller.abort(),
    })
    expect(found).toMatchObject({ complete: false, best: undefined })
  }
})

it("it goes by bytes where it is asked to", async () => {
  const sized = { keys, sizes: keys.map((key) => 1 + (key % 9)) }
  const traffic = {
    async *[Symbol.asyncIterator]() {
      yield sized
    },
  }
  const found = await recommend(traffic, { strategies, by: "bytes", share: 0.1 })
  expect(found.capacity).toBe(Math.round(0.1 * found.uniqueBytes!))
  expect(found.min?.strategy).toBe("belady-size")
})

it.each<[Partial<RecommendOptions>, string]>([
  [{ strategies: [unbounded] }, "`strategies` must have one that evicts"],
  [{ capacity: 1.5 }, "`capacity` must be a non-negative integer"],
  [{ share: 2 }, "`share` must be a number from 0 to 1"],
  [{ target: -1 }, "`target` must be a number from 0 to 1"],
])("%j is refused", async (options, message) => {
  await expect(recommend(keys, { strategies, ...options })).rejects.toThrow(message)
})
