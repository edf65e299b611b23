import { lawsOf } from "@evictionary/conformance"
import { describe, expect, it } from "vitest"
import { mutants, sound, unchanged } from "./mutants.ts"

const laws = new Map(sound.flatMap(lawsOf).map((law) => [law.title, law]))

it("every law has a mutant", () => {
  expect(Object.keys(mutants).sort()).toEqual([...laws.keys()].sort())
})

it("a mutant that changes nothing breaks no law", () => {
  for (const strategy of unchanged) for (const law of lawsOf(strategy)) law.check(strategy)
})

describe.each(Object.entries(mutants))("%s", (title, broken) => {
  it.each(Object.entries(broken))("is broken by: %s", (_name, mutant) => {
    expect(() => laws.get(title)?.check(mutant)).toThrow()
  })
})
