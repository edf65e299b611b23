import { lawsOf } from "@evictionary/conformance"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mutants, sound, unchanged } from "./mutants.ts"

// What is found is found in each run of these tests, or in none.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_260_101) })

const laws = new Map(sound.flatMap(lawsOf).map((law) => [law.title, law]))

it("every law has a mutant", () => {
  expect(Object.keys(mutants).sort()).toEqual([...laws.keys()].sort())
})

it.each(unchanged)("a mutant that changes nothing breaks no law: $strategyName", (strategy) => {
  for (const law of lawsOf(strategy)) law.check(strategy)
})

describe.each(Object.entries(mutants))("%s", (title, broken) => {
  it.each(Object.entries(broken))("is broken by: %s", (_name, mutant) => {
    expect(() => laws.get(title)?.check(mutant)).toThrow()
  })
})
