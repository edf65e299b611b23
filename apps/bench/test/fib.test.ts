import { expect, it } from "vitest"
import { type FibReport, LITTLE_ROOM } from "../src/fib/command.ts"
import { countFib, type LittleRoom } from "../src/fib/count.ts"
import { expectedFib, plainCalls } from "../src/fib/functions.ts"
import { NoPython } from "../src/fib/python.ts"
import type { Question } from "../src/jobs.ts"
import { run } from "../src/program.ts"
import { lines } from "../src/progress.ts"
import { type FakeHost, fakeHost, strategies } from "./host.ts"

const strategy = (name: string) => strategies.find(({ strategyName }) => strategyName === name)!
const report = (host: FakeHost) => JSON.parse(host.printed) as FibReport

it("without a cache, fib(n) calls its body 2 × F(n + 1) − 1 times", async () => {
  for (const n of [1, 2, 3, 4, 25]) {
    const { counts } = await countFib({ n, capacities: [] })
    const calls = plainCalls(n)
    expect(counts).toEqual([{ calls, hits: 0, misses: 0, evictions: 0, hitRatio: 0 }])
  }
  expect([1, 2, 3, 4, 25].map(plainCalls)).toEqual([1, 3, 5, 9, 2 * 121_393 - 1])
  expect(plainCalls(36)).toBe(2 * 24_157_817 - 1)
})

it("with room for everything, fib(36) calls its body 37 times and hits 34 times", async () => {
  for (const name of ["unbounded", "lru"]) {
    const { counts } = await countFib({ n: 36, strategy: strategy(name), capacities: [128] })
    expect(counts).toEqual([{ calls: 37, hits: 34, misses: 37, evictions: 0, hitRatio: 34 / 71 }])
  }
})

/** The body calls of LRU with little room. */
async function lruCalls(n: number, littleRoom: LittleRoom) {
  const counted = await countFib({ n, strategy: strategy("lru"), capacities: [], littleRoom })
  return counted.littleRoom
}

it("with little room, what is counted is what a list of the last used keys counts", async () => {
  const capacities = [1, 2, 3, 4, 5, 6, 7, 8]
  const counted = await lruCalls(20, { capacities, limit: 1e9 })
  expect(counted).toEqual(capacities.map((capacity) => modelCalls(20, capacity)))
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

it("counting ends beyond its limit, and only there", async () => {
  const [all, few] = [modelCalls(20, 1), modelCalls(20, 3)]
  const capacities = [1, 3]
  expect(await lruCalls(20, { capacities, limit: all })).toEqual([all, few])
  expect(await lruCalls(20, { capacities, limit: all - 1 })).toEqual([null, few])
})

it("beyond a million calls of fib(36), a cell says just that", async () => {
  const host = fakeHost()
  await run(["--rounds", "1", "--strategies", "lru"], host)
  expect(host.printed).toMatch(/^lru +>1M +288K +37 +37 +37 +37 +37 +37$/m)
  expect(host.printed).toContain("(counting ends at 1M)")
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
})

it("Python without a cache is timed at a smaller n, and its time multiplied as the calls are", async () => {
  const asked: (number | undefined)[][] = []
  const host = fakeHost()
  host.python.time = async (n, capacity) => {
    asked.push([n, capacity])
    return 1_000 * (capacity ?? plainCalls(n))
  }
  await run("--n 27 --rounds 2 --strategies unbounded --json".split(" "), host)
  expect(asked).toEqual([
    [25, undefined],
    [27, 128],
    [25, undefined],
    [27, 128],
  ])
  const [slow, fast] = report(host).rows.slice(-2)
  expect(slow).toMatchObject({ name: "no cache", timedAt: 25, calls: 635_621 })
  expect(slow!.time.rounds).toEqual([635_621_000, 635_621_000])
  expect(fast).not.toHaveProperty("timedAt")
})

it("a time that is reckoned is marked, and the page says how", async () => {
  const [reckoned, timed] = [fakeHost(), fakeHost()]
  const args = ["--rounds", "1", "--strategies", "unbounded"]
  await run(["--n", "36", ...args], reckoned)
  await run(["--n", "25", ...args], timed)
  expect(reckoned.printed).toMatch(/^no cache +≈4.59 s /m)
  expect(reckoned.printed.replaceAll(/\n +/g, " ")).toContain(
    "not timed itself: the time of fib(25), × 48,315,633 ÷ 242,785, the calls that each",
  )
  expect(timed.printed).not.toContain("≈")
})

it("rows of counts are printed while others are still counted, and before anything is timed", async () => {
  const printed: string[] = []
  const host = fakeHost()
  const { ask } = host
  host.ask = (job, question) => {
    printed.push(host.printed.trimEnd().split("\n").at(-1)!)
    return ask(job, question)
  }
  await run("--n 10 --rounds 1 --strategies unbounded,lru".split(" "), host)
  expect(printed).toEqual([
    // Two are counted side by side.
    expect.stringMatching(/^─+$/),
    expect.stringMatching(/^─+$/),
    "unbounded  11 at any capacity",
    ...Array(5).fill(expect.stringMatching(/^lru .* 11$/)),
  ])
})

it("what is known of the times stands on the screen from the first measurement on", async () => {
  const host = fakeHost()
  await run("--n 10 --rounds 2 --strategies unbounded".split(" "), host)
  const [first, second, ...more] = host.steps.sketches.map((text) => text())
  expect(first).toMatch(/^no cache +123 ms +once +1\.00× +177 .*$/m)
  expect(first).not.toContain("unbounded")
  expect(second).toMatch(/^unbounded +123 ms +once .*$/m)
  expect(more).toHaveLength(6)
  expect(host.printed).toContain(more.at(-1)!.replace("Python", "CPython 3.13.11"))
})

it("no word of progress gets into a table, however long it takes", async () => {
  let hours = 0
  const out: string[] = []
  const host = fakeHost({ out: (text) => out.push(text) })
  const { startProgress } = host
  host.startProgress = (steps, meanwhile) =>
    meanwhile === "rows"
      ? startProgress(steps, meanwhile)
      : lines(
          steps,
          (line) => out.push(`… ${line}`),
          () => 3.6e6 * hours++,
        )
  await run("--n 10 --rounds 2 --strategies unbounded,lru".split(" "), host)
  const progress = out.flatMap((text, i) => (text.startsWith("…") ? [i] : []))
  expect(progress.length).toBeGreaterThan(5)
  expect(out.slice(0, progress[0])).toHaveLength(2 + 3 + 1)
  expect(out.slice(progress.at(-1)! + 1)).toHaveLength(1)
})

const ONE_CALL: LittleRoom = { ...LITTLE_ROOM, limit: 1 }

it("the last sentence compares LRU with no cache and with Python", async () => {
  const host = fakeHost()
  const { ask } = host
  host.ask = async (job, question) => {
    if (job === "timeFib" && "subject" in question) return { ns: 2_000 } as never
    // What is counted with little room takes long, and is not spoken of.
    const less = job === "countFib" ? { ...question, littleRoom: ONE_CALL } : question
    return (await ask(job, less as typeof question)) as never
  }
  await run(["--n", "36", "--strategies", "lru"], host)
  const sentence = host.printed.trimEnd().split("\n\n").at(-1)!.replaceAll("\n", " ")
  expect(sentence).toBe(
    "lru(128) computes fib(36) 61,700× faster than no cache, 3.33× faster than CPython's " +
      "functools.lru_cache: 37 body calls instead of 48,315,633.",
  )
})

it("says why Python was left out", async () => {
  const fail = async () => {
    throw new NoPython("there is no python3 on the PATH")
  }
  const python = { count: fail, time: fail }
  const [page, json] = [fakeHost({ python }), fakeHost({ python })]
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
    if (job === "countFib") {
      const { capacities } = question as Question<"countFib">
      const everybody = Array(Math.max(1, capacities.length)).fill(counts)
      return { counts: everybody, littleRoom: Array(8).fill(999_999) } as never
    }
    if (job !== "timeFib") throw new Error(`asked for ${job}`)
    return { ns: "subject" in question ? 1_234 * (1 + (round++ % 3)) : 987_654_321 } as never
  }
  await run(["--n", "40", "--capacity", "10000"], host)
  expect(host.printed).toContain("w-tinylfu(10000)")
  expect(host.printed.split("\n").filter((line) => line.length > 80)).toEqual([])
})
