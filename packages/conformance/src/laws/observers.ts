import type { CacheObserver } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import {
  act,
  actAll,
  keyOfStep,
  situations,
  steps,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import { throws } from "./errors.ts"

const chapter = "Observers"
const EVENTS = ["onHit", "onMiss", "onLoad", "onLoadError", "onRemoval"] as const

/** An observer that does the same whatever happens. */
function always(
  react: (event: string, details: unknown[]) => void,
): CacheObserver<unknown, unknown> {
  const entries = EVENTS.map((event) => [event, (...details: unknown[]) => react(event, details)])
  return Object.fromEntries(entries) as CacheObserver<unknown, unknown>
}

export const observers: readonly Law[] = [
  {
    chapter,
    title: "each lookup that counts is told of: a hit with the key and what it finds, or a miss",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        let told: unknown[][] = []
        cache.subscribe({
          onHit: (key, value) => told.push(["hit", key, value]),
          onMiss: (key) => told.push(["miss", key]),
        })
        steps.forEach((step, value) => {
          told = []
          const { hits } = cache.stats
          const result = act(subject, step, value)
          cache.peek("key")
          cache.has("key")
          const key = keyOfStep(step) === 0 ? 0 : keyOfStep(step)
          if (!step[0].startsWith("get")) same(told, [], `told after ${step[0]}`)
          else if (cache.stats.hits > hits) same(told, [["hit", key, result]], "told of the hit")
          else same(told, [["miss", key]], "told of the miss")
        })
      }),
  },
  {
    chapter,
    title: "each computed value is told of, and each error of `compute`, with the time it took",
    check: (strategy) =>
      forAll(
        fc.array(fc.tuple(fc.nat(3), fc.nat(9), fc.boolean()), { minLength: 1 }),
        (computations) => {
          const { cache, clock } = subjectIn(strategy, { bounds: { capacity: 2 }, start: 7 })
          const told: unknown[][] = []
          cache.subscribe({
            onLoad: (...details) => told.push(["load", ...details]),
            onLoadError: (...details) => told.push(["error", ...details]),
          })
          const expected: unknown[][] = []
          for (const [key, duration, fails] of computations) {
            const compute = (): unknown => {
              clock.time += duration
              expected.push([fails ? "error" : "load", key, fails ? "oops" : "value", duration])
              if (fails) throw "oops"
              return "value"
            }
            try {
              cache.getOrInsertComputed(key, compute)
            } catch (error) {
              same(error, "oops", "error")
            }
            cache.getOrInsert("given", "value")
          }
          same(told, expected, "loads and errors")
        },
      ),
  },
  {
    chapter,
    title: "a watched cache behaves like one that nobody watches, though observers throw",
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        let thrown = 0
        const errors: unknown[] = []
        const watched = subjectIn(strategy, situation, {
          onListenerError: (error) => errors.push(error),
        })
        watched.cache.subscribe(
          always(() => {
            throw ++thrown
          }),
        )
        const alone = subjectIn(strategy, situation)
        steps.forEach((step, value) => {
          const result = act(watched, step, value, strategy)
          const expected = act(alone, step, value, strategy)
          if (expected !== alone.cache) same(result, expected, `result of ${step[0]}`)
          same([...watched.cache], [...alone.cache], "entries")
        })
        same(Object.values(watched.cache.stats), Object.values(alone.cache.stats), "counts")
        same(
          errors,
          Array.from({ length: thrown }, (_, index) => index + 1),
          "errors reported",
        )
      }),
  },
  {
    chapter,
    title: "an observer may use the cache whatever it is told of, and finds it consistent",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, steps, nested]) => {
        const failures: unknown[] = []
        const subject = subjectIn(strategy, situation, {
          onListenerError: (error) => failures.push(error),
        })
        const { cache } = subject
        let next = 0
        const told: Record<string, number> = { cleared: 0, deleted: 0, evicted: 0, expired: 0 }
        cache.subscribe(
          always((event, [, , cause]) => {
            if (event === "onRemoval") told[cause as string] = (told[cause as string] ?? 0) + 1
            check()
            const step = nested.at(next++ % (nested.length + 1))
            if (step !== undefined && next < 300) act(subject, step, next)
            check()
          }),
        )
        function check(): void {
          ensure(cache.size <= cache.capacity, "more entries than the capacity")
          ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
          ensure([...cache].length <= cache.size, "more entries than the size")
        }
        steps.forEach((step, value) => {
          act(subject, step, value)
          check()
          same(failures, [], "failures in the observer")
        })
        const { deletes, evictions, expirations, inserts } = cache.stats
        const { cleared = 0, deleted, evicted, expired } = told
        same([deleted, evicted, expired], [deletes, evictions, expirations], "removals told of")
        same(inserts - deletes - evictions - expirations - cleared, cache.size, "size")
      }),
  },
  {
    chapter,
    title: "observers are told through their own methods, and nothing once their time has ended",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, steps, later]) => {
        class Counting {
          count = 0
          onHit(): void {
            this.count++
          }
          onMiss(): void {
            this.count++
          }
        }
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        const counting = new Counting()
        let afterTheEnd = 0
        cache.subscribe({ onMiss: () => endNext() })
        const endNext = cache.subscribe({ onMiss: () => afterTheEnd++ })
        const end = cache.subscribe(counting)
        actAll(subject, steps)
        const { hits, misses } = cache.stats
        same(counting.count, hits + misses, "lookups told of")
        end()
        actAll(subject, later)
        same(counting.count, hits + misses, "lookups told of after the end")
        same(afterTheEnd, 0, "told though another observer had ended it before")
      }),
  },
  {
    chapter,
    title: "an observer that is none is refused by name",
    check: (strategy) => {
      const { cache } = subjectIn(strategy, { bounds: { capacity: 5 }, start: 0 })
      for (const event of EVENTS) {
        for (const bad of [5, "listener", null, {}]) {
          throws("INVALID_ARGUMENT", () => cache.subscribe({ [event]: bad } as never), event)
        }
      }
      for (const bad of [undefined, null, 5, "observer"]) {
        throws("INVALID_ARGUMENT", () => cache.subscribe(bad as never), "`observer`")
      }
      for (const unknown of ["onInsertt", "onhit", "hit"]) {
        const observer = { [unknown]: () => {} }
        throws("UNKNOWN_OPTION", () => cache.subscribe(observer), `\`${unknown}\``)
      }
      cache.set("key", "value")
      same(cache.get("key"), "value", "value")
    },
  },
]
