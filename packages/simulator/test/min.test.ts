import { type Key, simulate, zipf } from "@evictionary/simulator"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hasTraces, recordedHits, sequencesOf, traceOf } from "../../../scripts/golden.ts"
import { strategies } from "./strategies.ts"

async function minOf(keys: Iterable<Key>, ...capacities: number[]): Promise<number[]> {
  const { results } = await simulate(keys, { strategies: [], capacities })
  return results.filter(({ strategy }) => strategy === "min").map(({ hits }) => hits)
}

it.each(sequencesOf("belady"))(
  'MIN has the hits that the literature knows on "$name" at capacity $capacity',
  async ({ keys, capacity, outcome }) => {
    expect(await minOf(keys, capacity)).toEqual([outcome.replaceAll("M", "").length])
  },
)

describe.runIf(hasTraces)("recorded traces", () => {
  const all = recordedHits("belady")
  const traces = [...new Set(all.map(({ trace }) => trace))]
  it.each(traces)("MIN has the hits that others found on %s", async (trace) => {
    const rows = all.filter((row) => row.trace === trace)
    const found = await minOf(traceOf(trace), ...rows.map(({ capacity }) => capacity))
    expect(found).toEqual(rows.map(({ hits }) => hits))
  })
})

const fewKeys = fc.array(fc.nat(5), { maxLength: 12 })

it("MIN is the best of all ways to choose victims", async () => {
  await fc.assert(
    fc.asyncProperty(fewKeys, fc.integer({ min: 1, max: 4 }), async (keys, capacity) => {
      expect(await minOf(keys, capacity)).toEqual([bestOf(keys, capacity)])
    }),
  )
})

it("no strategy has more hits than MIN, and MIN no more than an unbounded cache", async () => {
  const many = fc.array(fc.nat(60), { size: "max", maxLength: 2_000 })
  await fc.assert(
    fc.asyncProperty(many, fc.integer({ min: 1, max: 50 }), async (keys, capacity) => {
      const { results } = await simulate(keys, { strategies, capacities: [capacity] })
      const hits = new Map(results.map(({ strategy, hits }) => [strategy, hits]))
      const min = hits.get("min")!
      for (const { strategyName } of strategies) {
        expect(hits.get(strategyName), strategyName).toBeLessThanOrEqual(min)
      }
      expect(min).toBeLessThanOrEqual(hits.get("unbounded")!)
      expect(hits.get("unbounded")).toBe(keys.length - new Set(keys).size)
    }),
  )
})

it("MIN with room for every key is an unbounded cache", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20)), async (keys) => {
      expect(await minOf(keys, 21, Infinity)).toEqual(
        Array(2).fill(keys.length - new Set(keys).size),
      )
    }),
  )
})

it("MIN with room for nothing never hits, nor evicts", async () => {
  const { results } = await simulate([1, 1, 1], { strategies: [], capacities: [0] })
  expect(results[0]).toMatchObject({ strategy: "min", hits: 0, misses: 3, evictions: 0 })
})

it("MIN is right across the parts in which its history is kept", async () => {
  const keys = [...zipf({ keys: 3_000, requests: 150_000, exponent: 0.7 })]
  expect(await minOf(keys, 50, 300)).toEqual([farthestFirst(keys, 50), farthestFirst(keys, 300)])
})

/** MIN as it is defined: of all resident keys, the one with the farthest next use leaves. */
function farthestFirst(keys: readonly number[], capacity: number): number {
  const nextUses = Array(keys.length).fill(Infinity)
  const lastUses = new Map<number, number>()
  for (const [at, key] of keys.entries()) {
    nextUses[lastUses.get(key) ?? at] = at
    nextUses[at] = Infinity
    lastUses.set(key, at)
  }
  const resident = new Map<number, number>()
  let hits = 0
  for (const [at, key] of keys.entries()) {
    if (resident.has(key)) hits++
    else if (resident.size === capacity) {
      let victim: [number, number] = [0, -1]
      for (const entry of resident) if (entry[1] > victim[1]) victim = entry
      resident.delete(victim[0])
    }
    resident.set(key, nextUses[at])
  }
  return hits
}

/** Tries every victim for every miss. */
function bestOf(keys: readonly number[], capacity: number): number {
  const known = new Map<string, number>()
  function best(at: number, resident: readonly number[]): number {
    const key = keys[at]
    if (key === undefined) return 0
    if (resident.includes(key)) return 1 + best(at + 1, resident)
    if (resident.length < capacity) return best(at + 1, [...resident, key])
    const state = `${at}:${[...resident].sort()}`
    const found =
      known.get(state) ?? Math.max(...resident.map((_, i) => best(at + 1, resident.with(i, key))))
    known.set(state, found)
    return found
  }
  return best(0, [])
}
