import type { InspectedKey } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { act, situations, stepsAndSwaps, subjectIn } from "../situations.ts"
import type { AnyStrategy, TestCache } from "../subject.ts"

const chapter = "Inspection"

/** All keys that the strategy says it knows, list by list. */
function inspected(cache: TestCache): InspectedKey<unknown>[] {
  return Object.values(cache.inspect().lists).flat()
}

/** Checks what a cache says of itself before each step, and at the end. */
function always(strategy: AnyStrategy, check: (cache: TestCache) => void): void {
  forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
    const subject = subjectIn(strategy, situation)
    steps.forEach((step, value) => {
      check(subject.cache)
      act(subject, step, value, strategy)
    })
    check(subject.cache)
  })
}

export const inspection: readonly Law[] = [
  {
    chapter,
    title: "inspect shows every entry once",
    check: (strategy) =>
      always(strategy, (cache) => {
        const entries = inspected(cache).filter(({ ghost }) => !ghost)
        const keys = new Set(entries.map(({ key }) => key))
        // Those that have expired, and that iteration leaves out, are shown as well.
        same(entries.length, cache.size, "entries in the lists")
        same(keys.size, cache.size, "different keys among them")
        for (const key of cache.keys()) ensure(keys.has(key), "a list has the key of each entry")
      }),
  },
  {
    chapter,
    title: "inspect shows as ghosts only keys that have no entry, each once",
    check: (strategy) =>
      always(strategy, (cache) => {
        const ghosts = inspected(cache).filter(({ ghost }) => ghost)
        const keys = new Set(ghosts.map(({ key }) => key))
        same(keys.size, ghosts.length, "different keys among the ghosts")
        for (const key of keys) same(cache.has(key), false, "has(ghost)")
      }),
  },
  {
    chapter,
    title: "inspect changes nothing, and shows the same again",
    examples: 12,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        const [watched, alone] = [subjectIn(strategy, situation), subjectIn(strategy, situation)]
        steps.forEach((step, value) => {
          const [first, second] = [watched.cache.inspect(), watched.cache.inspect()]
          same(textOf(first), textOf(second), "what is shown the second time")
          act(watched, step, value, strategy)
          act(alone, step, value, strategy)
        })
        same([...watched.cache], [...alone.cache], "entries")
        same(Object.values(watched.cache.stats), Object.values(alone.cache.stats), "counts")
      }),
  },
]

/** Keys and numbers of all kinds, as text. */
function textOf(value: unknown): string {
  return fc.stringify(value)
}
