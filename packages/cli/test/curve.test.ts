import { writeFileSync } from "node:fs"
import { loop, stackDistances, zipf } from "@evictionary/simulator"
import { beforeAll, expect, it } from "vitest"
import type { CurveReport } from "../src/curve/command.ts"
import { evictionary, inFolder } from "./host.ts"

inFolder()

const keys = [...zipf({ keys: 2_000, requests: 20_000 })]

beforeAll(() => {
  writeFileSync("zipf.keys", keys.join("\n"))
  writeFileSync("loop.keys", [...loop({ keys: 64, requests: 1_000 })].join("\n"))
})

async function curvesOf(line: string, input = ""): Promise<CurveReport> {
  const { status, out, err } = await evictionary(`curve ${line} --json`, { in: input })
  expect({ status, err }).toEqual({ status: 0, err: "" })
  return JSON.parse(out)
}

it("a curve is drawn, with numbers for some of its points", async () => {
  const { out } = await evictionary("curve loop.keys --strategy lru,fifo")
  expect(out).toMatchInlineSnapshot(`
    "loop.keys: 1,000 requests for 64 keys

                   miss ratio       1       7      22    64
    lru   ██████████████████▁  100.0%  100.0%  100.0%  6.4%
    fifo  ██████████████████▁  100.0%  100.0%  100.0%  6.4%

    From full replays, since all keys are in the sample.
    "
  `)
})

it("estimates from little are marked", async () => {
  const { out } = await evictionary("curve zipf.keys --strategy lru --rate 0.1 --capacity 100,1000")
  expect(out).toMatchInlineSnapshot(`
    "zipf.keys: 20,000 requests for about 1,800 keys

         miss ratio     100     1K
    lru          ▄▂  ~42.1%  15.4%

    Estimates from 10.00% of the keys. A ~ is before those from caches of less than
    50 entries.
    "
  `)
})

it("the error of the estimates is told when everything is replayed as well", async () => {
  const { out } = await evictionary("curve zipf.keys --strategy lru --rate 10% --exact")
  expect(out).toMatchInlineSnapshot(`
    "zipf.keys: 20,000 requests for 1,810 keys

                      miss ratio      1     14    185  1.81K   error
    lru  ███▇▇▇▇▆▆▆▆▅▅▅▄▄▃▃▃▂▂▂▂  97.7%  77.9%  40.5%   9.0%  18.74%

    From full replays. Error: how far estimates from 10.00% of the keys are off, on
    average.
    "
  `)
})

it("with all keys in the sample, the curve of LRU is that of stack distances", async () => {
  const { uniqueKeys, rate, curves } = await curvesOf("zipf.keys --strategy lru")
  const { hits } = await stackDistances(keys)
  expect(rate).toBe(1)
  expect(curves[0]!.points.at(-1)!.capacity).toBe(uniqueKeys)
  for (const { capacity, missRatio } of curves[0]!.points) {
    expect(missRatio).toBeCloseTo(1 - hits(capacity) / keys.length, 10)
  }
})

it("the sample is never of more keys than it may be", async () => {
  expect((await curvesOf("zipf.keys --strategy lru --max-keys 100")).rate).toBeLessThan(0.1)
})

it("standard input has curves at the capacities that are given", async () => {
  const { curves } = await curvesOf("- --strategy lru --capacity 1,2", "1\n2\n1\n2\n")
  expect(curves[0]!.points.map(({ missRatio }) => missRatio)).toEqual([1, 0.5])
})

it("standard input without capacities is refused", async () => {
  const { status, out, err } = await evictionary("curve -")
  expect({ status, out }).toEqual({ status: 1, out: "" })
  expect(err).toMatch(/^error: --capacity must be numbers such as 100,10k/)
})

it("rows have each point", async () => {
  const { out } = await evictionary("curve loop.keys --strategy lru --capacity 1,100% --csv")
  expect(out).toMatchInlineSnapshot(`
    "strategy,capacity,missRatio,byteMissRatio,exact,exactBytes,room
    lru,1,1,,,,1
    lru,64,0.064,,,,64
    "
  `)
})

it("an interrupt leaves what is known", async () => {
  const { status, out } = await evictionary("curve zipf.keys", { signal: AbortSignal.abort() })
  expect(status).toBe(130)
  expect(out).toContain("Incomplete")
})
