import { writeFileSync } from "node:fs"
import { loop, mixture, scan, shiftingHotSet, simulate, zipf } from "@evictionary/simulator"
import { fifo, lru, sieve } from "evictionary"
import { beforeAll, describe, expect, it } from "vitest"
import type { AdviseReport } from "../src/advise/command.ts"
import { evictionary, inFolder, interruptedAt } from "./host.ts"

inFolder()

const traffic: Record<string, number[]> = {
  zipf: [...zipf({ keys: 1_500, requests: 10_000 })],
  // More keys than the sample holds: where to look is an estimate.
  wide: [...zipf({ keys: 100_000, requests: 25_000, exponent: 0.5 })],
  loop: [...loop({ keys: 500, requests: 5_000 })],
  shifting: [...shiftingHotSet({ keys: 2_500, hot: 50, every: 500, requests: 10_000 })],
  mixed: [
    ...mixture([
      { workload: zipf({ keys: 800, requests: Infinity }), weight: 3 },
      { workload: scan({ requests: 5_000, first: 10_000 }) },
    ]),
  ],
}
const names = Object.keys(traffic)

beforeAll(() => {
  for (const [name, keys] of Object.entries(traffic)) writeFileSync(`${name}.keys`, keys.join("\n"))
  writeFileSync("empty.keys", "")
})

async function adviceOn(line: string): Promise<AdviseReport> {
  const { status, out, err } = await evictionary(`advise ${line} --json`)
  expect({ status, err }).toEqual({ status: 0, err: "" })
  return JSON.parse(out)
}

it("says what to take in words, and then how the others do", async () => {
  const { status, out, err } = await evictionary("advise zipf.keys --strategy lru,sieve,fifo")
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toMatchInlineSnapshot(`
    "zipf.keys: 10,000 requests for 1,237 keys

    For 78.87% hits, take sieve with room for 470 (38.00% of the keys): it has
    78.95%, and with room for all it is 87.63%. lru has 77.00% there, and needs room
    for about 538 to reach 78.87%.

    with room for 470  hit ratio  of MIN  room for 78.87%
    sieve                 78.95%  92.22%             ~470
    lru                   77.00%  89.94%             ~538
    fifo                  73.16%  85.46%             ~674
    "
  `)
})

it("says what to take with the room that there is", async () => {
  const { out } = await evictionary("advise zipf.keys --strategy lru,sieve --capacity 100")
  expect(out).toMatchInlineSnapshot(`
    "zipf.keys: 10,000 requests for 1,237 keys

    With room for 100 (8.08% of the keys), take sieve: it has 61.37% hits, and with
    room for all it is 87.63%. lru has 52.84% there, and needs room for about 174 to
    reach 61.37%.

    with room for 100  hit ratio  of MIN  room for 61.37%
    sieve                 61.37%  86.85%             ~100
    lru                   52.84%  74.78%             ~174
    "
  `)
})

describe.each(names)("on %s traffic", (name) => {
  const strategies = { lru, sieve, fifo }
  let advice: AdviseReport

  beforeAll(async () => {
    advice = await adviceOn(`${name}.keys --strategy lru,sieve,fifo`)
  })

  it("what is advised reaches the target in a replay of its own", async () => {
    const { best, capacity, target } = advice
    const replayed = await simulate(traffic[name]!, {
      strategies: [strategies[best!.strategy as "lru"]],
      capacities: [capacity!],
    })
    expect(replayed.results[0]).toEqual(JSON.parse(JSON.stringify(best)))
    expect(best!.hitRatio).toBeGreaterThanOrEqual(target)
  })

  it("four percent less room is not enough", async () => {
    const { results } = await simulate(traffic[name]!, {
      strategies,
      capacities: [Math.floor(0.96 * advice.capacity!)],
      min: false,
    })
    const bounded = results.filter(({ strategy }) => strategy !== "unbounded")
    expect(Math.max(...bounded.map(({ hitRatio }) => hitRatio))).toBeLessThan(advice.target)
  })

  it("with a capacity, the best of the strategies is advised", async () => {
    const { best, strategies } = await adviceOn(
      `${name}.keys --capacity 5% --strategy fifo,lru,sieve`,
    )
    const ratios = strategies.map(({ hitRatio }) => hitRatio!)
    expect(best).toMatchObject({ strategy: strategies[0]!.strategy, hitRatio: Math.max(...ratios) })
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
  })
})

it("the target is nine tenths of what is possible, unless one is given", async () => {
  const { target, possible } = await adviceOn("zipf.keys --strategy lru")
  expect(target).toBeCloseTo(0.9 * possible, 10)
  expect(await adviceOn("zipf.keys --strategy lru --target 0.3")).toMatchObject({ target: 0.3 })
  expect(await adviceOn("zipf.keys --strategy lru --target 30%")).toMatchObject({ target: 0.3 })
})

it("finds the least room even where the curves of a sample do not begin", async () => {
  const { capacity, target, strategies } = await adviceOn(
    "wide.keys --strategy lru --target 0.0001",
  )
  const { room, atMost } = strategies[0]!.sufficient!
  expect(atMost).toBe(true)
  expect(room).toBeGreaterThanOrEqual(16)
  const { results } = await simulate(traffic.wide!, {
    strategies: [lru],
    capacities: [capacity! - 1, capacity!],
    min: false,
  })
  expect(results[0]!.hitRatio).toBeLessThan(target)
  expect(results[1]!.hitRatio).toBeGreaterThanOrEqual(target)
})

it("a target out of reach is told, with what is possible", async () => {
  const { status, out } = await evictionary("advise loop.keys --target 0.95")
  expect(status).toBe(0)
  expect(out).toMatchInlineSnapshot(`
    "loop.keys: 5,000 requests for 500 keys

    No room is enough for 95.00% hits: with room for all keys, it is 90.00%.
    "
  `)
})

it("rows have what the table has", async () => {
  const { out } = await evictionary("advise loop.keys --strategy lru,fifo --csv")
  expect(out).toMatchInlineSnapshot(`
    "capacity,strategy,hitRatio,byteHitRatio,ofMin,target,sufficient
    500,lru,0.9,,1,0.81,491
    500,fifo,0.9,,1,0.81,491
    "
  `)
})

it("an interrupt while keys are counted leaves how many there are", async () => {
  const { status, out } = await evictionary("advise zipf.keys", interruptedAt("counting keys"))
  expect(status).toBe(130)
  expect(out).toMatch(/^zipf\.keys: [\d,]+ requests for [\d,]+ keys\nIncomplete: .*\n$/)
})

it.each(["drawing curves", "replaying with"])(
  "an interrupt while it is %s leaves estimates",
  async (stage) => {
    const own = "advise zipf.keys --strategy lru,sieve --target 0.5"
    const { status, out } = await evictionary(own, interruptedAt(stage))
    expect(status).toBe(130)
    expect(out).toContain("Incomplete")
    expect(out).toMatch(/hit ratio {2}of MIN {2}room for 50\.00%\nsieve +– +– +[~≤]\d+\nlru /)
    expect(out).not.toContain("take")
  },
)

it.each([
  ["advise -", "advise reads a trace several times: give a file, not standard input"],
  ["advise empty.keys", "empty.keys has no request"],
  [
    "advise zipf.keys --strategy unbounded",
    "--strategy must name one that evicts: there is nothing to choose from",
  ],
  ["advise zipf.keys --target 2", '--target must be a number from 0 to 1, received "2"'],
])("`%s` is refused", async (line, message) => {
  expect(await evictionary(line)).toEqual({ status: 1, out: "", err: `error: ${message}\n` })
})
