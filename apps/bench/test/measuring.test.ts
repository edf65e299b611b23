import { expect, it } from "vitest"
import { inTurn, spread } from "../src/rounds.ts"
import { sample } from "../src/sampling.ts"

const silent = { announce() {}, step() {}, sketch() {}, stop() {} }

it("cases are measured in turn, round after round", async () => {
  const order: string[] = []
  const cases = ["a", "b"].map((name) => ({
    name,
    measure: async () => order.push(name),
  }))
  const [a, b] = await inTurn(cases, 3, silent)
  expect(order.join("")).toBe("ababab")
  expect(a!.rounds).toEqual([1, 3, 5])
  expect(b!.median).toBe(4)
})

it("what is known so far is shown after each measurement", async () => {
  const shown: string[] = []
  let time = 0
  const cases = ["a", "b"].map((name) => ({ name, measure: async () => ++time }))
  await inTurn(cases, 2, { ...silent, sketch: (text) => shown.push(text()) }, (found) =>
    found.map((each) => `${each?.median}`).join(),
  )
  expect(shown).toEqual(["1,undefined", "1,2", "2,2", "2,3"])
})

it("one disturbed round moves neither the median nor the spread", async () => {
  const found = [100, 900, 102, 98, 101]
  const [summary] = await inTurn([{ name: "a", measure: async () => found.shift()! }], 5, silent)
  expect(summary).toMatchObject({ median: 101, quartiles: [100, 102] })
  expect(spread(summary!)).toBeCloseTo(1 / 101)
})

/** A clock that only the measured work moves: `ms` for each run, more for the first ones. */
function workOn(clock: { now: number; batches: number[] }, ms: number, cold = ms) {
  return (times: number) => {
    clock.batches.push(times)
    clock.now += clock.batches.length === 1 ? cold : ms * times
    return times
  }
}

const plan = { warmUp: 100, sample: 5, samples: 9, budget: 200 }

it("short work is repeated until a sample is long enough, and samples are of one size", () => {
  const clock = { now: 0, batches: [] as number[] }
  const { ns, consumed } = sample(workOn(clock, 0.002), plan, () => clock.now)
  expect(ns).toBeCloseTo(2_000)
  expect(clock.batches.slice(-9)).toEqual(Array(9).fill(4_096))
  expect(consumed).toBe(clock.batches.reduce((sum, times) => sum + times))
})

it("long work is measured three times, after it was warmed up once", () => {
  const clock = { now: 0, batches: [] as number[] }
  const { ns } = sample(workOn(clock, 120, 150), plan, () => clock.now)
  expect(ns).toBeCloseTo(120e6)
  expect(clock.batches).toEqual([1, 1, 1, 1])
})
