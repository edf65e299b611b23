import { expect, it } from "vitest"
import type { FibReport } from "../src/fib/command.ts"
import { countCalls, countFib } from "../src/fib/count.ts"
import { expectedFib } from "../src/fib/functions.ts"
import { NoPython } from "../src/fib/python.ts"
import { run } from "../src/program.ts"
import { type FakeHost, fakeHost, strategies } from "./host.ts"

const strategy = (name: string) => strategies.find(({ strategyName }) => strategyName === name)!
const report = (host: FakeHost) => JSON.parse(host.printed) as FibReport

it("without a cache, fib(36) calls its body 2 × F(37) − 1 times", async () => {
  expect((await countFib({ n: 36 })).calls).toBe(2 * 24_157_817 - 1)
})

it("with room for everything, fib(36) calls its body 37 times and hits 34 times", async () => {
  for (const name of ["unbounded", "lru"]) {
    const counts = await countFib({ n: 36, subject: { strategy: strategy(name), capacity: 128 } })
    expect(counts).toEqual({ calls: 37, hits: 34, misses: 37, evictions: 0, hitRatio: 34 / 71 })
  }
})

it("the sweep counts what a list of the last used keys counts", async () => {
  const [n, capacities] = [20, [1, 2, 3, 4, 5, 6, 7, 8]]
  const counted = await countCalls({ n, strategy: strategy("lru"), capacities, limit: 1e9 })
  expect(counted).toEqual(capacities.map((capacity) => modelCalls(n, capacity)))
})

/** LRU by an array, the last used key at its end. */
function modelCalls(n: number, capacity: number): number {
  let calls = 0
  const recent: number[] = []
  const use = (n: number) => {
    const known = recent.indexOf(n)
    if (known >= 0) recent.splice(known, 1)
    recent.push(n)
    if (recent.length > capacity) recent.shift()
    return known >= 0
  }
  const fib = (n: number): void => {
    if (recent.includes(n)) return void use(n)
    calls++
    if (n >= 2) {
      fib(n - 1)
      fib(n - 2)
    }
    use(n)
  }
  fib(n)
  return calls
}

it("the sweep gives up a count beyond its limit, and only that", async () => {
  const question = { n: 20, strategy: strategy("lru"), capacities: [1, 3] }
  expect(await countCalls({ ...question, limit: 1_000 })).toEqual([null, 21])
})

it("a count that was given up is marked in the table", async () => {
  const host = fakeHost()
  const { ask } = host
  host.ask = async (job, question) => {
    if (job === "countCalls") return [null, 288, 9, 9, 9, 9, 9, 9] as never
    return (await ask(job, question)) as never
  }
  await run(["--n", "8", "--strategies", "lru"], host)
  expect(host.printed).toMatch(/^lru +>100M +288 +9 +9 +9 +9 +9 +9$/m)
})

it("the result is that of the iterative computation", () => {
  expect([0, 1, 2, 10, 36].map(expectedFib)).toEqual([0, 1, 1, 55, 14_930_352])
})

it("every found strategy has a row, LRU with small capacities too, and Python has two", async () => {
  const host = fakeHost()
  await run(["--n", "10", "--json"], host)
  const names = report(host).rows.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(["unbounded", "lru(128)", "lru(3)", "lru(2)"]))
  expect(names[0]).toBe("no cache")
  expect(names.slice(-2)).toEqual(["no cache", "lru_cache(128)"])
  for (const { strategyName } of strategies) {
    expect(names.some((name) => name.startsWith(strategyName))).toBe(true)
  }
})

it("a report holds every round, and ratios to no cache in Node", async () => {
  const host = fakeHost()
  await run(["--n", "10", "--rounds", "3", "--json"], host)
  const { rows, ...rest } = report(host)
  expect(rest).toMatchObject({ command: "fib", n: 10, result: 55, rounds: 3 })
  expect(rows.find(({ name }) => name === "lru(128)")).toEqual({
    name: "lru(128)",
    runtime: "node",
    strategy: "lru",
    capacity: 128,
    time: {
      median: 123_456_789,
      quartiles: [123_456_789, 123_456_789],
      rounds: [123_456_789, 123_456_789, 123_456_789],
    },
    timesFaster: 1,
    calls: 11,
    hits: 8,
    misses: 11,
    evictions: 0,
    hitRatio: 8 / 19,
  })
  const slow = rows.find(({ name, runtime }) => runtime === "python" && name === "no cache")!
  expect(slow.time.rounds).toHaveLength(1)
  expect(slow.timesFaster).toBeCloseTo(0.0268, 4)
})

it("the last sentence compares LRU with no cache and with Python", async () => {
  const host = fakeHost()
  const { ask } = host
  host.ask = async (job, question) => {
    if (job === "countCalls") return Array(8).fill(37) as never
    if (job === "timeFib" && "subject" in question) return { ns: 2_000 } as never
    return (await ask(job, question)) as never
  }
  await run(["--n", "36"], host)
  const sentence = host.printed.trimEnd().split("\n\n").at(-1)!.replaceAll("\n", " ")
  expect(sentence).toBe(
    "lru(128) computes fib(36) 61,700× faster than no cache, 3.33× faster than CPython's " +
      "functools.lru_cache: 37 body calls instead of 48,315,633.",
  )
})

it("says why Python was left out", async () => {
  const timePython = async () => {
    throw new NoPython("there is no python3 on the PATH")
  }
  const [page, json] = [fakeHost({ timePython }), fakeHost({ timePython })]
  await run(["--n", "5"], page)
  await run(["--n", "5", "--json"], json)
  expect(page.printed.replaceAll("\n", " ")).toContain(
    "Python was left out: there is no python3 on the PATH.",
  )
  expect(report(json).python).toEqual({ leftOut: "there is no python3 on the PATH" })
})

it("the page has its widest numbers within 80 columns", async () => {
  const counts = {
    calls: 331_160_281,
    hits: 331_160_281,
    misses: 331_160_281,
    evictions: 331_160_281,
    hitRatio: 1,
  }
  const host = fakeHost({
    findStrategies: async () => [...strategies, { ...strategy("lru"), strategyName: "w-tinylfu" }],
  })
  let round = 0
  host.ask = async (job, question) => {
    if (job === "countFib") return counts as never
    if (job === "countCalls") return Array(8).fill(331_160_281) as never
    if (job !== "timeFib") throw new Error(`asked for ${job}`)
    return { ns: "subject" in question ? 1_234 * (1 + (round++ % 3)) : 987_654_321 } as never
  }
  await run(["--n", "40", "--capacity", "10000"], host)
  expect(host.printed).toContain("w-tinylfu(10000)")
  expect(host.printed.split("\n").filter((line) => line.length > 80)).toEqual([])
})
