import { Writable } from "node:stream"
import { fibonacci, loop, scan, shiftingHotSet, uniform, zipf } from "@evictionary/simulator"
import { expect, it } from "vitest"
import { evictionary } from "./host.ts"

async function generated(line: string | string[]): Promise<number[]> {
  const words = typeof line === "string" ? line.split(" ") : line
  const { status, out, err } = await evictionary(["generate", ...words])
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toMatch(/^(-?\d+\n)*$/)
  return out.trimEnd().split("\n").map(Number)
}

it.each([
  [
    "zipf --keys 50 --exponent 0.8 --requests 20000 --seed 7",
    zipf({ keys: 50, exponent: 0.8, requests: 20_000, seed: 7 }),
  ],
  ["uniform --keys 9 --requests 100 --seed -1", uniform({ keys: 9, requests: 100, seed: -1 })],
  ["scan --requests 8192 --first 3", scan({ requests: 8_192, first: 3 })],
  ["loop --keys 3 --requests 10", loop({ keys: 3, requests: 10 })],
  [
    "hot-set --keys 1k --hot 5 --share 50% --every 40 --requests 200",
    shiftingHotSet({ keys: 1_000, hot: 5, share: 0.5, every: 40, requests: 200 }),
  ],
  ["fibonacci --n 9", fibonacci(9)],
  ["fibonacci --n 30 --requests 5", [30, 29, 28, 27, 26]],
])("`generate %s` prints the keys of that workload", async (line, keys) => {
  expect(await generated(line)).toEqual([...keys])
})

it("the same seed gives the same keys, and another one others", async () => {
  const first = await generated("zipf --requests 100 --seed 1")
  expect(await generated("zipf --requests 100 --seed 1")).toEqual(first)
  expect(await generated("zipf --requests 100 --seed 2")).not.toEqual(first)
})

it("a mixture draws from its parts by their weights", async () => {
  const parts = ["loop keys=2 weight=3", "scan first=1000"]
  const keys = await generated(["mixture", ...parts, "--requests", "10000"])
  expect(keys).toHaveLength(10_000)
  expect(keys.filter((key) => key >= 1_000)).toEqual([
    ...scan({ first: 1_000, requests: keys.filter((key) => key >= 1_000).length }),
  ])
  expect(keys.filter((key) => key < 1_000).length / keys.length).toBeCloseTo(0.75, 1)
})

it("equal parts of a mixture draw by chances of their own", async () => {
  const keys = await generated([
    ...["mixture", "uniform keys=1k", "uniform keys=1k first=1k", "--requests", "1000"],
  ])
  const [low, high] = [keys.filter((key) => key < 1_000), keys.filter((key) => key >= 1_000)]
  expect(high.map((key) => key - 1_000).slice(0, 100)).not.toEqual(low.slice(0, 100))
})

it("what is generated can be simulated", async () => {
  const { out } = await evictionary("generate loop --keys 10 --requests 1000")
  const { status, out: results } = await evictionary(
    "simulate - --capacity 10 --strategy lru --csv",
    { in: out },
  )
  expect(status).toBe(0)
  expect(results).toContain("10,lru,1000,990,10,0,0.99,\n")
})

/** Takes one chunk, and then does as it is told. */
class Reader extends Writable {
  chunks = 0
  private readonly answer: (done: (error?: Error) => void) => void

  constructor(answer: (done: (error?: Error) => void) => void) {
    super()
    this.answer = answer
  }

  override _write(_chunk: unknown, _encoding: unknown, done: (error?: Error) => void): void {
    this.chunks++
    this.answer(done)
  }
}

it("who reads only the beginning ends it quietly", async () => {
  const reader = new Reader((done) =>
    setImmediate(done, Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
  )
  const { status, err } = await evictionary("generate zipf --requests 1G", { out: reader })
  expect({ status, err }).toEqual({ status: 0, err: "" })
})

it("an interrupt ends it though whoever is written to never makes it wait", async () => {
  const interrupt = new AbortController()
  const file = new Reader((done) => done())
  setTimeout(() => interrupt.abort())
  const { status } = await evictionary("generate zipf --requests 1G", {
    out: file,
    signal: interrupt.signal,
  })
  expect(status).toBe(130)
})

it("no faster than it is read, and an interrupt ends it with status 130", async () => {
  const interrupt = new AbortController()
  const reader = new Reader(() => setImmediate(() => interrupt.abort()))
  const { status } = await evictionary("generate zipf --requests 1G", {
    out: reader,
    signal: interrupt.signal,
  })
  expect(status).toBe(130)
  expect(reader.chunks).toBe(1)
})
