import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { capacities, operations, perform, used } from "../operations.ts"
import {
  act,
  type Situation,
  type Subject,
  situations,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import { type AnyStrategy, KEYS, type TestCache } from "../subject.ts"

const chapter = "Order"

/** Everything that looks without touching. */
function lookAround(cache: TestCache): void {
  for (const key of KEYS) {
    cache.peek(key)
    cache.has(key)
    cache.entry(key)
  }
  for (const look of [cache.keys(), cache.values(), cache.entries(), cache]) Array.from(look)
  cache.forEach(() => {})
  cache.coldest(2)
  cache.hottest(2)
  cache.dump()
  String(cache)
}

/** A cache, and a record of who left it. */
function observed(strategy: AnyStrategy, situation: Situation): [Subject, unknown[]] {
  const left: unknown[] = []
  return [subjectIn(strategy, situation, { onRemoval: (...removal) => left.push(removal) }), left]
}

export const order: readonly Law[] = [
  {
    chapter,
    title: "peek, has, entry, iteration, coldest, hottest and dump neither promote nor count",
    examples: 10,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        const [watched, leftWatched] = observed(strategy, situation)
        const [alone, leftAlone] = observed(strategy, situation)
        steps.forEach((step, value) => {
          lookAround(watched.cache)
          act(watched, step, value, strategy)
          act(alone, step, value, strategy)
        })
        same(leftWatched, leftAlone, "removals")
        same([...watched.cache], [...alone.cache], "entries")
        same(Object.values(watched.cache.stats), Object.values(alone.cache.stats), "counts")
      }),
  },
  {
    chapter,
    title: "the same operations have the same victims",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        const [first, leftFirst] = observed(strategy, situation)
        const [second, leftSecond] = observed(strategy, situation)
        steps.forEach((step, value) => {
          act(first, step, value, strategy)
          act(second, step, value, strategy)
        })
        same(leftFirst, leftSecond, "removals")
        same([...first.cache], [...second.cache], "entries")
      }),
  },
  {
    chapter,
    title: "keys, values, entries, forEach, coldest, hottest and dump agree on the order",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        steps.forEach((step, value) => {
          act(subject, step, value, strategy)
        })
        const entries = [...cache]
        const visited: unknown[] = []
        cache.forEach((value, key, self) => {
          visited.push([key, value, self === cache])
        })
        same([...cache.entries()], entries, "entries()")
        same(
          [...cache.keys()],
          entries.map(([key]) => key),
          "keys()",
        )
        same(
          [...cache.values()],
          entries.map(([, value]) => value),
          "values()",
        )
        same(
          visited,
          entries.map((entry) => [...entry, true]),
          "forEach()",
        )
        same(cache.coldest(3), entries.slice(0, 3), "coldest(3)")
        same(cache.coldest(Infinity), entries, "coldest(Infinity)")
        same(cache.hottest(3), [...entries].reverse().slice(0, 3), "hottest(3)")
        same(
          cache.dump().entries.map(({ key, value }) => [key, value]),
          entries,
          "dump()",
        )
        same([cache.coldest(0), cache.hottest(0)], [[], []], "none")
      }),
  },
  {
    chapter,
    title: "iteration sees once what was there and still is, and ends whatever the loop does",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operations, operations), ([capacity, steps, body]) => {
        const cache = used(strategy, capacity, steps)
        const atStart = [...cache.keys()]
        const seen: unknown[] = []
        let step = 0
        for (const key of cache.keys()) {
          same(atStart.includes(key), true, "a key that was there at the start")
          same(seen.includes(key), false, "seen before")
          same(cache.has(key), true, "still there")
          seen.push(key)
          cache.get(key)
          for (const operation of body.slice(step, step + 3)) perform(cache, operation, step++)
        }
        const untouched = atStart.filter((key) => cache.has(key) && !touches(body, key))
        same(
          untouched.filter((key) => !seen.includes(key)),
          [],
          "not seen though still there",
        )
      }),
  },
]

/** Whether the operations may remove the key in passing, or store it anew. */
function touches(operations: readonly (readonly unknown[])[], key: unknown): boolean {
  // `includes` compares as a cache does.
  return operations.some(
    ([name, index]) => name === "clear" || [KEYS[index as number]].includes(key),
  )
}
