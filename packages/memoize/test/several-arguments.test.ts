import type { MapLike } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { s3Fifo } from "@evictionary/s3-fifo"
import { sieve } from "@evictionary/sieve"
import { afterEach, describe, expect, test, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { same } from "../../../scripts/same.ts"

/** Integers below `limit`, without a pattern. */
function seeded(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % limit
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Enough that calls are released, and the index is swept, many times. */
const CALLS = deep ? 20_000 : 5_000

const strategies = { lru, s3Fifo, sieve }

describe.each(Object.entries(strategies))("with %s", (_, strategy) => {
  const kinds: [string, (n: number) => unknown][] = [
    ["integers", (n) => n],
    ["strings", String],
  ]
  test.each(kinds)("calls with two %s have the hits that as many with one have", (_, of) => {
    const options = { strategy: strategy as typeof lru, capacity: 50 }
    const one = memoize((call: number) => call, options)
    const two = memoize((first: unknown, second: unknown) => [first, second], options)
    const three = memoize((...args: unknown[]) => args, options)
    const random = seeded(3)
    for (let n = 0; n < CALLS; n++) {
      // Some calls come again and again, and some after they have left.
      const call = random(random(400) + 1)
      one(call)
      two(of(call % 20), of(Math.floor(call / 20)))
      three(of(call % 5), of(Math.floor(call / 20)), of(call % 20))
    }
    expect(one.cacheInfo().hits).toBeGreaterThan(CALLS / 5)
    expect(two.cacheInfo()).toEqual(one.cacheInfo())
    expect(three.cacheInfo()).toEqual(one.cacheInfo())
  })
})

const caches: [string, () => MapLike<unknown, string>][] = [
  ["lru", () => lru({ capacity: 300 })],
  ["a Map", () => new Map()],
]

test.each(caches)("a call with two numbers runs only if %s does not have it", (_, create) => {
  let runs = 0
  const f = memoize((first: number, second: number) => {
    runs++
    return `${first} ${second}`
  }, create())
  const numbers = [0, -0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 0.5, Number.NaN, 2 ** 40]
  const random = seeded(5)
  const number = () => (random(20) === 0 ? numbers[random(numbers.length)]! : random(40) - 20)
  for (let n = 0; n < 30_000; n++) {
    const [first, second] = [number(), number()]
    const before = runs
    const had = f.has(first, second)
    const result = f(first, second)
    const call = `${first} ${second}`
    same(result, call)
    same(runs - before, had ? 0 : 1, `runs for ${call}`)
    if (random(10) === 0) same(f.delete(first, second), true, `${call} was deleted`)
    if (random(3_000) === 0) f.clear()
  }
})

test("a place that has seen as many arguments as a Map takes begins anew", () => {
  class LimitedMap<K, V> extends Map<K, V> {
    override set(key: K, value: V): this {
      if (!this.has(key) && this.size === 100) throw new RangeError("Map maximum size exceeded")
      return super.set(key, value)
    }
  }
  const cache = lru<unknown, string>({ capacity: 1_000 })
  const f = memoize((first: string, second: number) => `${first} ${second}`, cache)
  vi.stubGlobal("Map", LimitedMap)
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 250; n++) {
      same(f("a", n), `a ${n}`)
      same(f.has("a", n), true, `${n} is there`)
    }
  }
  vi.unstubAllGlobals()
  expect(f("a", 249)).toBe("a 249")
  f.clear()
  expect(f.has("a", 249)).toBe(false)
})
