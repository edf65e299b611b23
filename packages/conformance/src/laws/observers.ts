import type { CacheObserver } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same, unlessDeep } from "../law.ts"
import {
  act,
  actAll,
  keyOfStep,
  type Step,
  type Subject,
  situations,
  steps,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import { throws } from "./errors.ts"

const chapter = "Observers"
const EVENTS = [
  "onHit",
  "onMiss",
  "onInsert",
  "onUpdate",
  "onLoad",
  "onLoadError",
  "onRemoval",
] as const

/** An observer that does the same whatever happens. */
function always(
  react: (event: string, details: unknown[]) => void,
): CacheObserver<unknown, unknown> {
  const entries = EVENTS.map((event) => [event, (...details: unknown[]) => react(event, details)])
  return Object.fromEntries(entries) as CacheObserver<unknown, unknown>
}

/** How often observers use a cache that tells of it. */
const MOST = 300

/** Uses a cache while it tells of something, now and then; `check` is called around each step. */
function nesting(subject: Subject, steps: readonly Step[], check = () => {}): () => void {
  const whenShallow = unlessDeep()
  let next = 0
  return () => {
    check()
    const step = steps.at(next++ % (steps.length + 1))
    if (step === undefined || next >= MOST) return
    whenShallow(() => {
      act(subject, step, next)
      check()
    })
  }
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
    title: "each value that is stored is told of: under a new key, or with the one before it",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        let told: unknown[][] = []
        cache.subscribe({
          onInsert: (...details) => told.push(["insert", ...details]),
          onUpdate: (...details) => told.push(["update", ...details]),
        })
        steps.forEach((step, value) => {
          told = []
          const { inserts, updates } = cache.stats
          const key = keyOfStep(step) === 0 ? 0 : keyOfStep(step)
          const before = cache.peek(key)
          act(subject, step, value)
          const expected: unknown[][] = []
          if (cache.stats.inserts > inserts) expected.push(["insert", key, value])
          if (cache.stats.updates > updates) expected.push(["update", key, value, before])
          same(told, expected, `told of after ${step[0]}`)
        })
      }),
  },
  {
    chapter,
    title: "a value that is stored once more is told of, and has not been removed",
    check: (strategy) => {
      const { cache } = subjectIn(strategy, { bounds: { capacity: 3 }, start: 0 })
      const told: unknown[][] = []
      cache.subscribe({
        onUpdate: (...details) => told.push(details),
        onRemoval: (...details) => told.push(details),
      })
      for (const value of [1, 1, Number.NaN, Number.NaN]) cache.set("key", value)
      const removal = ["key", 1, "replaced"]
      const expected = [["key", 1, 1], removal, ["key", NaN, 1], ["key", NaN, NaN]]
      same(told, expected, "told of")
    },
  },
  {
    chapter,
    title: "an observer that writes down what comes and what leaves has what the cache has",
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps, steps), ([situation, steps, nested]) => {
        const errors: unknown[] = []
        const subject = subjectIn(strategy, situation, {
          onListenerError: (error) => errors.push(error),
        })
        const { cache } = subject
        const use = nesting(subject, nested)
        const written = new Map<unknown, unknown>()
        cache.subscribe({
          onInsert(key, value) {
            ensure(!written.has(key), "an insert under a key that is there")
            written.set(key, value)
            use()
          },
          onUpdate(key, value, previous) {
            ensure(written.has(key), "an update under a key that is not there")
            same(written.get(key), previous, "value before")
            written.set(key, value)
            use()
          },
          onRemoval(key, value, cause) {
            ensure(written.has(key), "a removal of what is not there")
            same(written.get(key), value, "value removed")
            // Of what comes instead, it is told at once.
            if (cause === "replaced") return
            written.delete(key)
            use()
          },
        })
        steps.forEach((step, value) => {
          act(subject, step, value, strategy)
          same(errors, [], `errors in the observer after ${step[0]}`)
          same(written.size, cache.size, `size after ${step[0]}`)
          for (const [key, value] of cache) same(written.get(key), value, "value")
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
        const use = nesting(subject, nested, check)
        const told: Record<string, number> = {}
        cache.subscribe(
          always((event, [, , cause]) => {
            const what = event === "onRemoval" ? String(cause) : event
            told[what] = (told[what] ?? 0) + 1
            use()
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
        const { deletes, evictions, expirations, inserts, updates } = cache.stats
        const { cleared = 0, deleted = 0, evicted = 0, expired = 0 } = told
        const { onInsert = 0, onUpdate = 0 } = told
        same([deleted, evicted, expired], [deletes, evictions, expirations], "removals told of")
        same([onInsert, onUpdate], [inserts, updates], "values told of")
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
