import { lawsOf } from "@evictionary/conformance"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { recencyModel } from "./mutants/paper.ts"
import { mutants, sound, unchanged } from "./mutants.ts"

// What is found is found in each run of these tests, or in none; where there is little time, in as
// many examples as laws ask for, and not made shorter.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_260_101), endOnFailure: !deep })

const laws = new Map(
  sound
    .flatMap((strategy) => lawsOf(strategy, { worstCase: "constant", model: recencyModel }))
    .map((law) => [law.title, law]),
)

it("every law has a mutant", () => {
  expect(Object.keys(mutants).sort()).toEqual([...laws.keys()].sort())
})

it.runIf(deep).each(unchanged)(
  "a mutant that changes nothing breaks no law: $strategyName",
  (strategy) => {
    const parameters = fc.readConfigureGlobal()
    fc.configureGlobal({ ...parameters, numRuns: 50 })
    for (const law of lawsOf(strategy)) law.check(strategy)
    fc.configureGlobal(parameters)
  },
)

describe.each(Object.entries(mutants))("%s", (title, broken) => {
  // One of them shows that the law is alive.
  const chosen = Object.entries(broken).slice(0, deep ? Infinity : 1)
  it.each(chosen)("is broken by: %s", (name, mutant) => {
    let caught: Error | undefined
    try {
      laws.get(title)?.check(mutant)
    } catch (error) {
      caught = error as Error
    }
    expect(caught).toBeInstanceOf(Error)
    const cause = caught?.cause as { runs?: number } | undefined
    examples.push([cause?.runs ?? 1, `${title}: ${name}`])
  })
})

/** How many examples it took to catch each. */
const examples: [number, string][] = []

afterAll(() => {
  examples.sort(([a], [b]) => b - a)
  const [median] = examples[examples.length >> 1] ?? []
  const hardest = examples.slice(0, 5).map(([runs, mutant]) => `\n${runs} for ${mutant}`)
  console.info(
    `${examples.length} mutants caught, after ${median} examples in the median`,
    ...hardest,
  )
})
