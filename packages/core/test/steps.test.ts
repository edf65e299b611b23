import { afterEach, expect, it, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { counting } from "./counting.ts"
import { adversarial, random } from "./integers.ts"

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Numbers as random as any, but always the same ones. */
function sequence(): () => number {
  const numbers = random(1_000)
  return () => ((numbers.pop() as number) >>> 0) / 2 ** 32
}

/** Elements read for each operation on a full cache that sees every key twice. */
async function readsFor(keys: readonly number[], capacity = keys.length / 4): Promise<number> {
  const { recency, reads } = await counting()
  vi.spyOn(Math, "random").mockImplementation(sequence())
  const cache = recency<number, number>({ capacity })
  // The table has its size when the keys arrive: growing would show that the hash is bad.
  for (const key of random(capacity)) cache.set(~key, key)
  let operations = 0
  for (let pass = 0; pass < 2; pass++) {
    for (let n = 0; n < keys.length; n++) {
      const key = keys[n] as number
      const earlier = keys[Math.floor(n / 2)] as number
      cache.get(earlier)
      cache.set(key, n)
      cache.get(key)
      if (n % 8 === 0) cache.delete(earlier)
      operations += 3
    }
  }
  return reads() / operations
}

it.for(Object.keys(adversarial(16)))(
  "keys %s cost at most twice the steps of random ones",
  async (name) => {
    for (const count of deep ? [1_000, 20_000] : [1_000]) {
      const usual = await readsFor(random(count))
      const chosen = await readsFor(adversarial(count)[name] as number[])
      expect(chosen).toBeLessThan(2 * usual)
    }
  },
)

it
  .runIf(deep)
  .for([
    "that all have one home",
    "of which every 60 have one home",
    "whose homes follow each other in a table of 2^16",
  ])("nor do keys %s in a large table", async (name) => {
  const usual = await readsFor(random(20_000), 30_000)
  const chosen = await readsFor(adversarial(20_000)[name] as number[], 30_000)
  expect(chosen).toBeLessThan(2 * usual)
})

it("reaching what has expired takes a few steps, however much has not", async () => {
  const steps = async (size: number) => {
    const { recency, reads } = await counting()
    let now = 0
    const cache = recency<number, number>({ capacity: size, ttl: 1_000, clock: { now: () => now } })
    for (let n = 0; n < size; n++) cache.set(n, n, { ttl: n % 50 === 0 ? 10 + n : 1e6 + n })
    // Those that are written again lie behind the others when their time comes.
    for (let n = 0; n < size; n += 3) cache.set(n, n)
    const before = reads()
    let operations = 0
    for (now = 0; now < size + 2_000; now += 10) {
      cache.get(now)
      cache.set(-now - 1, now)
      operations += 2
    }
    return (reads() - before) / (operations + cache.stats.expirations)
  }
  const [few, many] = deep ? [1_000, 32_000] : [500, 4_000]
  expect(await steps(many)).toBeLessThan(2 * (await steps(few)))
})

it("no call has to look at all the deadlines that were put off", async () => {
  const steps = async (size: number) => {
    const { recency, reads } = await counting()
    let now = 0
    const cache = recency<number, number>({
      capacity: size,
      ttl: 1e6,
      idle: 1e3,
      clock: { now: () => now },
    })
    let most = 0
    function measured(call: () => unknown) {
      const before = reads()
      call()
      most = Math.max(most, reads() - before)
    }
    for (let n = 0; n < size; n++) cache.set(n, n, n % 2 === 0 ? undefined : { ttl: 10 + n })
    now = 5
    for (let n = 0; n < size; n++) measured(() => cache.get(n))
    for (let n = 0; n < size; n++) measured(() => cache.set(n, n, { ttl: 2 * size + 100 - n }))
    for (let n = 0; n < size; n += 3) measured(() => cache.delete(n))
    // All is put off, and the time has come at which it was due at first.
    now = size + 20
    measured(() => cache.get(1))
    now = 3 * size + 1e3
    for (let n = 0; n < size; n++) measured(() => cache.get(-1))
    expect(cache.size).toBe(0)
    return most
  }
  expect(await steps(deep ? 32_000 : 4_000)).toBeLessThan(2 * (await steps(500)))
})

it("removing much that has expired at once is spread over many calls", async () => {
  const { recency } = await counting()
  let now = 0
  let removals = 0
  const cache = recency<number, number>({
    capacity: 20_000,
    ttl: 10,
    clock: { now: () => now },
    onRemoval: () => removals++,
  })
  for (let n = 0; n < 10_000; n++) cache.set(n, n)
  now = 10
  for (const use of [() => cache.get(-1), () => cache.set(-1, 1), () => cache.getOrInsert(-2, 2)]) {
    removals = 0
    use()
    expect(removals).toBeGreaterThan(0)
    expect(removals).toBeLessThan(50)
  }
  for (let n = 0; n < 1_000; n++) cache.get(-1)
  expect(cache.size).toBe(2)
})
