import { writeFileSync } from "node:fs"
import { size } from "@evictionary/report"
import { simulate } from "@evictionary/simulator"
import { lru, sieve } from "evictionary"
import { beforeAll, describe, expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

inFolder()

const keys = Array.from({ length: 4_000 }, (_, i) => (i * i) % 97)
const sizes = keys.map((key) => 1_000 * (1 + (key % 10)))
const whole = [...new Set(keys)].reduce((sum, key) => sum + 1_000 * (1 + (key % 10)), 0)

beforeAll(() => {
  const lines = keys.map((key, i) => `${key},${sizes[i]}`)
  writeFileSync("sized.csv", `key,bytes\n${lines.join("\n")}\n`)
  writeFileSync("sized.txt", lines.join("\n").replaceAll(",", " "))
  writeFileSync("keys.keys", keys.join("\n"))
})

async function* traffic() {
  yield { keys, sizes }
}

const sized = "sized.csv --size-column bytes --by bytes"

it("capacities are bytes, and both hit ratios are told beside those of Bélády-size", async () => {
  const { status, out, err } = await evictionary(
    `simulate ${sized} --strategy lru,sieve --capacity 20KB,50%`,
  )
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toMatchInlineSnapshot(`
    "sized.csv: 4,000 requests of 21.1 MB, for 49 keys of 257 KB

                             hit ratio  of belady-size  byte hits   hits  evictions
    20 KB, 7.78% of bytes
      belady-size               13.33%         100.00%      7.56%    533      3,459
      lru                        6.15%          46.15%      7.18%    246      3,749
      sieve                      6.15%          46.15%      7.18%    246      3,749
    129 KB, 50.00% of bytes
      belady-size               61.30%         100.00%     48.97%  2,452      1,522
      lru                       48.05%          78.38%     47.82%  1,922      2,050
      sieve                     48.05%          78.38%     47.82%  1,922      2,050
    no bound
      unbounded                 98.78%               –     98.78%  3,951          0
    "
  `)
})

it("results are those of the simulator, to the last hit", async () => {
  const { out } = await evictionary(
    `simulate sized.txt --format sized-keys --by bytes --strategy lru,sieve --capacity 20k --json`,
  )
  const own = await simulate(traffic(), {
    strategies: [lru, sieve],
    capacities: [20_000],
    by: "bytes",
  })
  expect(JSON.parse(out)).toMatchObject({
    by: "bytes",
    uniqueBytes: whole,
    results: JSON.parse(JSON.stringify(own.results)),
  })
})

it.each([
  ["20000", 20_000],
  ["20k", 20_000],
  ["20KB", 20_000],
  ["20 kb", 20_000],
  ["20000B", 20_000],
  ["0.02MB", 20_000],
  ["16KiB", 16_384],
  ["1.5MiB", 1_572_864],
  ["1GB", 1e9],
  ["2TiB", 2_199_023_255_552],
  ["50%", Math.round(whole / 2)],
])("a capacity of %s is %i bytes", async (capacity, bytes) => {
  const args = `simulate ${sized} --strategy lru --csv --capacity`.split(" ")
  const { out } = await evictionary([...args, capacity])
  expect(out.split("\n")[1]).toMatch(new RegExp(`^${bytes},lru,4000,`))
})

it("advice by bytes does for its target, and three percent less would not", async () => {
  const { out } = await evictionary(`advise ${sized} --strategy lru,sieve --target 0.3 --json`)
  const { capacity, best, strategies } = JSON.parse(out)
  expect(best.hitRatio).toBeGreaterThanOrEqual(0.3)
  expect(strategies[0].byteHitRatio).toBe(best.byteHitRatio)
  const { results } = await simulate(traffic(), {
    strategies: [lru, sieve],
    capacities: [Math.floor(0.96 * capacity)],
    by: "bytes",
    min: false,
  })
  for (const { hitRatio } of results.slice(0, 2)) expect(hitRatio).toBeLessThan(0.3)
})

it("advice by bytes is in bytes", async () => {
  const { out } = await evictionary(`advise ${sized} --strategy lru,sieve --capacity 30%`)
  expect(out).toMatchInlineSnapshot(`
    "sized.csv: 4,000 requests of 21.1 MB, for 49 keys of 257 KB

    With room for 77.1 KB (30.00% of the bytes), take lru: it has 25.62% hits, and
    with room for all it is 98.78%.

    with room for 77.1 KB  hit ratio  of belady-size  byte hits  room for 25.62%
    lru                       25.62%          65.87%     28.70%         ~75.8 KB
    sieve                     25.62%          65.87%     28.70%         ~75.8 KB
    "
  `)
})

it("a curve by bytes has a table for requests, and one for bytes", async () => {
  const { out } = await evictionary(`curve ${sized} --strategy lru,sieve --exact`)
  expect(out).toMatchInlineSnapshot(`
    "sized.csv: 4,000 requests of 21.1 MB, for 49 keys of 257 KB

                         miss ratio    26 B   633 B  10.4 KB  257 KB  error
    lru    ██████████████████▇▇▆▅▃▁  100.0%  100.0%    95.9%    1.2%  0.00%
    sieve  ██████████████████▇▇▆▅▅▁  100.0%  100.0%    95.9%    1.2%  0.00%

                    byte miss ratio    26 B   633 B  10.4 KB  257 KB  error
    lru    █████████████████▇▇▇▆▅▄▁  100.0%  100.0%    96.7%    1.2%  0.00%
    sieve  █████████████████▇▇▇▆▅▅▁  100.0%  100.0%    96.7%    1.2%  0.00%

    From full replays. Error: how far estimates from 100.00% of the keys are off, on
    average.
    "
  `)
})

describe("it takes sizes, and says so", () => {
  it.each([
    [
      "simulate keys.keys --by bytes",
      "--by bytes takes sizes, and in the format keys of keys.keys are none",
    ],
    [
      "simulate - --by bytes --capacity 1MB",
      "--by bytes takes sizes, and in the format keys of standard input are none",
    ],
    [
      "curve sized.csv --by bytes",
      "--by bytes takes sizes: --size-column must say where, for sized.csv",
    ],
    [
      "advise sized.csv --by bytes",
      "--by bytes takes sizes: --size-column must say where, for sized.csv",
    ],
    [
      "simulate keys.keys --capacity 10,64MB",
      "--capacity 64MB is in bytes, for which --by must be bytes",
    ],
    [
      "curve keys.keys --capacity 64MB",
      "--capacity 64MB is in bytes, for which --by must be bytes",
    ],
    [
      "advise keys.keys --capacity 64MB",
      "--capacity 64MB is in bytes, for which --by must be bytes",
    ],
    [
      "simulate keys.keys --by byte",
      '--by must be one of entries, bytes, received "byte" (did you mean bytes?)',
    ],
    ...["0MB", "xMB", "0.0001KB", "MB", "5iB", "9999999TB"].map((capacity) => [
      `simulate - --capacity ${capacity}`,
      `--capacity must be entries such as 1000, 10k or 2M, bytes such as 64MB or 1GiB, or a percentage such as 1%, received "${capacity}"`,
    ]),
  ])("`evictionary %s` is refused", async (line, message) => {
    expect(await evictionary(line)).toEqual({ status: 1, out: "", err: `error: ${message}\n` })
  })
})

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_234, "1.23 KB"],
  [999_600, "1 MB"],
  [4_368_040_448, "4.37 GB"],
  [2 ** 53, "9.01 PB"],
])("%i bytes are shown as %s", (bytes, shown) => expect(size(bytes)).toBe(shown))
