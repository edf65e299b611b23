import type { CacheDump } from "@evictionary/core"
import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { actAll, situations, steps, subjectIn } from "../situations.ts"
import type { AnyStrategy, TestCache } from "../subject.ts"
import { throws } from "./errors.ts"
import { facts } from "./swap.ts"

const chapter = "Dumps"

const notDumps: readonly unknown[] = [
  undefined,
  null,
  5,
  [],
  {},
  { version: 2, entries: [] },
  { version: 1 },
  { version: 1, entries: {} },
  { version: 1, entries: [5] },
  { version: 1, entries: [{ key: 1, value: 1 }, null] },
  { version: 1, entries: new Array(1) },
  { version: 1, entries: [{ key: 1, value: 1, weight: -1 }] },
  { version: 1, entries: [{ key: 1, value: 1, weight: 1.5 }] },
  { version: 1, entries: [{ key: 1, value: 1, cost: -0.5 }] },
  { version: 1, entries: [{ key: 1, value: 1, cost: Infinity }] },
  { version: 1, entries: [{ key: 1, value: 1, ttl: NaN }] },
  { version: 1, entries: [{ key: 1, value: 1, ttl: "5" }] },
  { version: 1, entries: [{ key: 1, value: 1, idle: -1 }] },
  { version: 1, entries: [{ key: 1, value: 1, age: null }] },
]

/** Entries with all that a dump tells of them. */
function entriesOf(cache: TestCache): unknown[] {
  return cache
    .dump()
    .entries.map(({ key, value, ...terms }) => [key, value, ...TERMS.map((term) => terms[term])])
}

const TERMS = ["weight", "cost", "age", "ttl", "idle"] as const

/**
 * The entries in order; or by key, if they begin anew in another order, for that of the strategy
 * depends on what they weigh, and on how often they were used.
 */
function inOrder(strategy: AnyStrategy, entries: readonly unknown[]): unknown[] {
  if (!strategy.weighs) return [...entries]
  const texts = entries.map((entry) => [fc.stringify(entry), entry] as const)
  return texts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

export const dumps: readonly Law[] = [
  {
    chapter,
    title:
      "`load(dump())` gives back the entries, their order, weights, costs and the time they have left",
    examples: 60,
    check: (strategy) =>
      forAll(
        fc.tuple(situations, steps, fc.constantFrom(0, 5, -1e6, 2 ** 40)),
        ([situation, steps, start]) => {
          const subject = subjectIn(strategy, situation)
          const { cache } = subject
          actAll(subject, steps)
          const dump = cache.dump()
          const { ttl, ...rest } = situation
          // The dump tells all that the other cache must know.
          const { cache: other } = subjectIn(strategy, { ...rest, start })
          if (!strategy.neverEvicts) other.resize(cache.capacity, cache.maxWeight)
          other.set("older", 1)
          other.load(dump)
          same(inOrder(strategy, [...other]), inOrder(strategy, [...cache]), "entries in order")
          same(other.size, dump.entries.length, "size")
          // Nobody may go unused longer than `idle`, though the clock went backwards.
          const idle = situation.idle ?? Infinity
          const known = facts(cache).map((fact) => {
            const [value, weight, age, left, cost] = fact as [
              unknown,
              unknown,
              unknown,
              number,
              unknown,
            ]
            return [value, weight, age, left === undefined ? left : Math.min(left, idle), cost]
          })
          const ageless = ([value, weight, , ...rest]: unknown[]): unknown[] => [
            value,
            weight,
            ...rest,
          ]
          same(
            facts(other).map((fact) => ageless(fact as unknown[])),
            known.map(ageless),
            "values, weights, times left and costs",
          )
          cache.load(dump)
          same(facts(cache), known, "what is known of the entries")
        },
      ),
  },
  {
    chapter,
    title: "a dump outlives the journey through JSON, and time stands still meanwhile",
    examples: 40,
    check: (strategy) =>
      forAll(
        fc.tuple(
          situations,
          fc.array(fc.tuple(fc.nat(20), fc.option(fc.nat(9), { nil: undefined }), fc.nat(5))),
        ),
        ([situation, entries]) => {
          const { cache, clock } = subjectIn(strategy, situation)
          entries.forEach(([key, ttl, passed], value) => {
            cache.set(`key ${key}`, value, { ttl })
            clock.time += passed
          })
          const before = entriesOf(cache)
          const text = JSON.stringify(cache.dump())
          clock.time += 1e6
          cache.load(JSON.parse(text) as CacheDump<unknown, unknown>)
          same(inOrder(strategy, entriesOf(cache)), inOrder(strategy, before), "dump")
          if (!strategy.weighs) same(JSON.stringify(cache.dump()), text, "JSON")
        },
      ),
  },
  {
    chapter,
    title: "what there is no room for in a dump is left out, coldest first, and nobody is evicted",
    examples: 60,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, fc.nat(4)), ([situation, steps, capacity]) => {
        const subject = subjectIn(strategy, situation)
        actAll(subject, steps)
        const causes: string[] = []
        const { cache: smaller } = subjectIn(
          strategy,
          { bounds: { capacity }, start: 0 },
          { onRemoval: (_key, _value, cause) => causes.push(cause) },
        )
        smaller.set("older", 1)
        const before = smaller.size
        smaller.load(subject.cache.dump())
        const room = strategy.neverEvicts ? Infinity : capacity
        const hottest = subject.cache.hottest(room).reverse()
        same(inOrder(strategy, [...smaller]), inOrder(strategy, hottest), "entries in order")
        same(causes, new Array(before).fill("cleared"), "causes")
        same(smaller.stats.evictions, 0, "evictions")
      }),
  },
  {
    chapter,
    title: "what is no dump is refused, and nothing has changed",
    check: (strategy) => {
      for (const bad of notDumps) {
        const { cache } = subjectIn(strategy, { bounds: { capacity: 5 }, start: 0 })
        cache.set("a", 1).set("b", 2)
        throws("INVALID_ARGUMENT", () => cache.load(bad as never), "`dump")
        same(new Set(cache.keys()).size, 2, "keys")
        same([cache.peek("a"), cache.peek("b")], [1, 2], "values")
        same([cache.size, cache.weight], [2, 2], "size and weight")
        same(cache.set("c", 3).entry("c")?.age, undefined, "age, where nothing expires")
      }
    },
  },
]
