import { wTinyLfu } from "@evictionary/w-tinylfu"
import { expect, it } from "vitest"
import { observed, request } from "../../../scripts/against-model.ts"

const CAPACITY = 513
const WINDOW = 6
const NEWCOMERS = 350
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

/**
 * How many of the newcomers, each used so often, get into a main part where all seem to be as
 * frequent as can be. It ends before counts are halved, and before the window moves.
 */
function admitted(uses: number, seed: number): number {
  const [cache] = observed(wTinyLfu, CAPACITY, { seed })
  for (let key = 0; key < CAPACITY; key++) {
    for (let n = 0; n < 15; n++) request(cache, key)
  }
  const main = Array.from({ length: CAPACITY - WINDOW }, (_, key) => key)
  for (let key = main.length; key < CAPACITY; key++) cache.delete(key)
  for (let key = CAPACITY; key < CAPACITY + WINDOW + NEWCOMERS; key++) {
    for (let n = 0; n < uses; n++) request(cache, key)
  }
  return main.filter((key) => !cache.has(key)).length
}

function admittedInAll(uses: number): number {
  return SEEDS.reduce((sum, seed) => sum + admitted(uses, seed), 0)
}

it("newcomers that are not frequent do not get past entries that seem more so", () => {
  expect(admittedInAll(4)).toBe(0)
})

it("of the frequent newcomers that would be refused, one in 128 is admitted", () => {
  const expected = (SEEDS.length * NEWCOMERS) / 128
  expect(admittedInAll(6)).toBeGreaterThan(0.7 * expected)
  expect(admittedInAll(6)).toBeLessThan(1.3 * expected)
})
