import { afterEach, expect, it, vi } from "vitest"
import { counting } from "../../../scripts/counting.ts"
import { deep } from "../../../scripts/deep.ts"

/** How many entries a large cache has. */
const LARGE = deep ? 2_000 : 600
/** Requests for each entry that there is room for. */
const ROUNDS = deep ? 20 : 8

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Elements read for each request, by lists, index and sketch, once the cache is full. */
async function readsFor(capacity: number, key: (n: number) => number): Promise<number> {
  const { wTinyLfu, reads } = await counting(() => import("@evictionary/w-tinylfu"))
  const cache = wTinyLfu<number, number>({ capacity })
  for (let n = 0; n < capacity; n++) cache.set(-n, n)
  const before = reads()
  const requests = ROUNDS * capacity
  for (let n = 0; n < requests; n++) if (cache.get(key(n)) === undefined) cache.set(key(n), n)
  return (reads() - before) / requests
}

it.each([
  ["that are all new", (_capacity: number) => (n: number) => n + 1],
  ["that are all there", (capacity: number) => (n: number) => -(n % capacity)],
  ["in a loop", (capacity: number) => (n: number) => n % (2 * capacity)],
  ["of which most are popular", (capacity: number) => (n: number) => ((n * n) % 7_919) % capacity],
])(
  "the sketch costs the same for each request in a large cache as in a small one: keys %s",
  async (_, keys) => {
    const few = await readsFor(100, keys(100))
    const many = await readsFor(LARGE, keys(LARGE))
    expect(many).toBeLessThan(2 * few)
  },
)

it("a cache that was large and is small takes as few steps as one that was always small", async () => {
  const steps = async (first: number) => {
    const { wTinyLfu, reads } = await counting(() => import("@evictionary/w-tinylfu"))
    const cache = wTinyLfu<number, number>({ capacity: first })
    for (let n = 0; n < first; n++) cache.set(n, n)
    cache.resize(10)
    const request = (n: number) => {
      const key = (n * n) % 101
      if (cache.get(key) === undefined) cache.set(key, n)
    }
    // What is left of large numbers goes soon.
    for (let n = 0; n < 1_000; n++) request(n)
    const before = reads()
    for (let n = 0; n < 500 * ROUNDS; n++) request(n)
    return reads() - before
  }
  expect(await steps(deep ? 10 * LARGE : 5 * LARGE)).toBeLessThan(2 * (await steps(10)))
})
