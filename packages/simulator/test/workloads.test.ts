import {
  fibonacci,
  loop,
  mixture,
  scan,
  shiftingHotSet,
  uniform,
  zipf,
} from "@evictionary/simulator"
import { describe, expect, it } from "vitest"

const random = { keys: 50, requests: 100_000 }
/** Where shares of requests are not looked at. */
const fewer = { keys: 50, requests: 5_000 }

/** How often each key is asked for. */
function countsOf(workload: Iterable<number>): number[] {
  const counts: number[] = []
  for (const key of workload) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** Pearson's statistic: about as large as the number of keys if the counts are as expected. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return expected.reduce((sum, e, i) => sum + ((counts[i] ?? 0) - e) ** 2 / e, 0)
}

describe("zipf", () => {
  it.each([0, 0.5, 0.99, 1, 1.5, 3])(
    "with exponent %f, rank k has its share of requests",
    (exponent) => {
      const weights = Array.from({ length: 50 }, (_, i) => (i + 1) ** -exponent)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const expected = weights.map((weight) => (100_000 * weight) / total)
      const counts = countsOf(zipf({ ...random, exponent }))
      // 49 degrees of freedom: 85 is exceeded once in a thousand times.
      expect(chiSquare(counts, expected)).toBeLessThan(85)
      expect(counts.length).toBeLessThanOrEqual(50)
    },
  )

  it("has an exponent of 1 unless told otherwise", () => {
    expect([...zipf(fewer)]).toEqual([...zipf({ ...fewer, exponent: 1 })])
  })

  it("with one key asks for that", () => {
    expect([...zipf({ keys: 1, requests: 3, first: 7 })]).toEqual([7, 7, 7])
  })
})

it("uniform asks for all keys alike", () => {
  expect(chiSquare(countsOf(uniform(random)), Array(50).fill(2_000))).toBeLessThan(85)
})

it("scan asks for each key once", () => {
  expect([...scan({ requests: 4, first: 10 })]).toEqual([10, 11, 12, 13])
})

it("loop begins anew after the last key", () => {
  expect([...loop({ keys: 3, requests: 7 })]).toEqual([0, 1, 2, 0, 1, 2, 0])
})

it("in a shifting hot set, hot keys get their share until others are hot", () => {
  const options = { keys: 1_000, hot: 10, share: 0.8, every: 5_000, requests: 15_000 }
  const keys = [...shiftingHotSet(options)]
  for (const round of [0, 1, 2]) {
    const hits = keys
      .slice(5_000 * round, 5_000 * (round + 1))
      .filter((key) => Math.floor(key / 10) === round)
    expect(hits.length / 5_000).toBeCloseTo(0.8 + 0.2 * 0.01, 1)
  }
  expect(Math.max(...keys)).toBeLessThan(1_000)
})

it("a mixture draws from its parts by weight, and keeps their order", () => {
  const keys = [
    ...mixture([
      { workload: scan({ requests: 100_000 }), weight: 3 },
      { workload: scan({ requests: 10_000, first: 1_000_000 }) },
    ]),
  ]
  const scanned = keys.filter((key) => key < 1_000_000)
  const others = keys.filter((key) => key >= 1_000_000)
  expect(others).toEqual([...scan({ requests: 10_000, first: 1_000_000 })])
  expect(scanned).toEqual([...scan({ requests: scanned.length })])
  expect(scanned.length / others.length).toBeCloseTo(3, 0)
})

it("a mixture of nothing asks for nothing", () => {
  expect([...mixture([])]).toEqual([])
})

it("fibonacci asks for what the function calls, in its order", () => {
  const calls: number[] = []
  const fib = (n: number): number => {
    calls.push(n)
    return n < 2 ? n : fib(n - 1) + fib(n - 2)
  }
  fib(15)
  expect([...fibonacci(15)]).toEqual(calls)
  expect(calls.length).toBe(1_973)
})

it.each([
  ["zipf", (seed: number) => zipf({ ...fewer, seed })],
  ["uniform", (seed: number) => uniform({ ...fewer, seed })],
  ["shiftingHotSet", (seed: number) => shiftingHotSet({ ...fewer, hot: 5, every: 10, seed })],
  [
    "mixture",
    (seed: number) => mixture([{ workload: scan(fewer) }, { workload: loop(fewer) }], { seed }),
  ],
])("%s gives the same requests each time, and others for another seed", (_, make) => {
  const workload = make(1)
  const keys = [...workload]
  expect([...workload]).toEqual(keys)
  expect([...make(1)]).toEqual(keys)
  expect([...make(2)]).not.toEqual(keys)
})

it.each([
  [
    () => zipf({ ...random, exponent: -1 }),
    "`exponent` must be a non-negative number, received -1",
  ],
  [() => uniform({ ...random, keys: 0 }), "`keys` must be a positive integer, received 0"],
  [
    () => scan({ requests: 1.5 }),
    "`requests` must be a non-negative integer or Infinity, received 1.5",
  ],
  [() => scan({ requests: 1, first: 0.5 }), "`first` must be an integer, received 0.5"],
  [
    () => loop({ requests: 1, keys: Infinity }),
    "`keys` must be a positive integer, received Infinity",
  ],
  [
    () => shiftingHotSet({ ...random, hot: 51, every: 1 }),
    "`hot` must be at most `keys`, 50, received 51",
  ],
  [
    () => shiftingHotSet({ ...random, hot: 5, every: 0 }),
    "`every` must be a positive integer, received 0",
  ],
  [
    () => shiftingHotSet({ ...random, hot: 5, every: 1, share: 2 }),
    "`share` must be a number from 0 to 1, received 2",
  ],
  [
    () => mixture([{ workload: [], weight: -1 }]),
    "`weight` must be a non-negative number, received -1",
  ],
  [() => fibonacci(0), "`n` must be a positive integer, received 0"],
])("%s is refused", (make, message) => {
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }))
})

it("what becomes of the options later changes nothing", () => {
  const options = { requests: 3, keys: 2, first: 1 }
  const workload = loop(options)
  const parts = [{ workload }]
  const mixed = mixture(parts)
  Object.assign(options, { requests: 9, keys: 9, first: 9 })
  parts.length = 0
  expect([...workload]).toEqual([1, 2, 1])
  expect([...mixed]).toEqual([1, 2, 1])
})
