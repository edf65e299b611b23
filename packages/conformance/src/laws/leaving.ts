import type { RemovalCause } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same, unlessDeep } from "../law.ts"
import {
  capacities,
  keyOf,
  type Operation,
  operations,
  operationsAndResizes,
  perform,
  performAll,
} from "../operations.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Leaving"

/** Why something leaves, if it is not the value that a `set` replaces. */
const CAUSES: Record<Operation[0], RemovalCause | undefined> = {
  clear: "cleared",
  delete: "deleted",
  get: undefined,
  getOrInsert: "evicted",
  getOrInsertComputed: "evicted",
  resize: "evicted",
  set: "evicted",
}

export const leaving: readonly Law[] = [
  {
    chapter,
    title: "each entry that leaves is told of once, with its key, its value and the cause",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        let told: [unknown, unknown, RemovalCause][] = []
        const cache = cacheOf(strategy, capacity, {
          onRemoval: (...removal) => told.push(removal),
        })
        steps.forEach((step, value) => {
          const before = [...cache]
          const overwritten = step[0] === "set" && cache.has(keyOf(step))
          told = []
          perform(cache, step, value)
          const left = before.filter(([key, old]) => !cache.has(key) || cache.peek(key) !== old)
          same(told.length, left.length, "number of removals told")
          for (const [key, old] of left) {
            const cause = overwritten ? "replaced" : CAUSES[step[0]]
            const removal = told.find((each) => Object.is(each[0], key))
            same(removal, [key, old, cause], "removal")
          }
        })
      }),
  },
  {
    chapter,
    title: "a listener finds the cache consistent, and the removed entry gone",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        let failure: unknown
        const cache = cacheOf(strategy, capacity, {
          onRemoval(key, value) {
            same([...cache].length, cache.size, "size")
            ensure(!cache.has(key) || cache.peek(key) !== value, "the entry is still there")
          },
          onListenerError(error) {
            failure ??= error
          },
        })
        steps.forEach((step, value) => {
          perform(cache, step, value)
          if (failure !== undefined) throw failure
        })
      }),
  },
  {
    chapter,
    title:
      "nothing is lost when a listener uses the cache: what was stored is there or was told of",
    check: (strategy) =>
      forAll(
        fc.tuple(capacities, operationsAndResizes, operationsAndResizes),
        ([capacity, steps, nested]) => {
          const stored = new Set<number>()
          const failures: unknown[] = []
          const whenShallow = unlessDeep()
          let next = 0
          const cache = cacheOf(strategy, capacity, {
            onRemoval(_key, value) {
              ensure(stored.delete(value as number), `${value} left twice, or was never there`)
              const step = nested.at(next % (nested.length + 1))
              if (step !== undefined && next < 500) whenShallow(() => act(step))
            },
            onListenerError: (error) => failures.push(error),
          })
          function act(step: Operation): void {
            // What else is to be told of is told now, and not between a look and a store.
            cache.purgeExpired()
            const value = next++
            const present = cache.has(keyOf(step))
            const stores = step[0] === "set" || (step[0].startsWith("getOr") && !present)
            if (stores && cache.capacity > 0) stored.add(value)
            perform(cache, step, value)
            ensure(cache.size <= cache.capacity, "size above the capacity")
          }
          steps.forEach(act)
          same(failures, [], "failures in the listener")
          same([...cache.values()].sort(byNumber), [...stored].sort(byNumber), "values")
        },
      ),
  },
  {
    chapter,
    title:
      "a listener that throws, or whose promise rejects, changes nothing but that its error is reported",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operationsAndResizes), ([capacity, steps]) => {
        const errors: unknown[] = []
        let removals = 0
        const throwing = cacheOf(strategy, capacity, {
          onRemoval() {
            if (++removals % 2 === 0) throw removals
            return rejecting(removals)
          },
          onListenerError: (error) => errors.push(error),
        })
        const quiet = cacheOf(strategy, capacity)
        steps.forEach((step, value) => {
          const result = perform(throwing, step, value)
          const expected = perform(quiet, step, value)
          same(result === throwing, expected === quiet, "result")
          if (expected !== quiet) same(result, expected, "result")
          same([...throwing], [...quiet], "entries")
        })
        same(
          errors,
          Array.from({ length: removals }, (_, index) => index + 1),
          "errors reported",
        )
      }),
  },
  {
    chapter,
    title: "a value overwritten with itself has not left",
    check: (strategy) => {
      const causes: string[] = []
      const cache = cacheOf(strategy, 3, { onRemoval: (_k, _v, cause) => causes.push(cause) })
      for (const value of [1, 1, NaN, NaN, 2]) cache.set(KEYS[0], value)
      same(causes, ["replaced", "replaced"], "causes")
      same(cache.stats.updates, 4, "updates")
    },
  },
  {
    chapter,
    title: "subscribers are told like the listener, from when they subscribe until they end it",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operations, operations), ([capacity, steps, later]) => {
        const told: unknown[][] = [[], []]
        const cache = cacheOf(strategy, capacity, {
          onRemoval: (...removal) => told[0]?.push(removal),
        })
        const end = cache.subscribe({ onRemoval: (...removal) => told[1]?.push(removal) })
        performAll(cache, steps)
        same(told[1], told[0], "removals")
        end()
        end()
        const before = told[1]?.length
        performAll(cache, later)
        same(told[1]?.length, before, "removals after the end")
      }),
  },
]

/** As a promise that has rejected, but it says so at once. */
function rejecting(error: unknown): PromiseLike<never> {
  // biome-ignore lint/suspicious/noThenProperty: it is what makes a promise
  return { then: (_fulfilled, rejected) => rejected?.(error) as never }
}

function byNumber(a: unknown, b: unknown): number {
  return (a as number) - (b as number)
}
