import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { others } from "../others.ts"
import { act, actAll, type Subject, situations, steps, subjectIn } from "../situations.ts"
import { type AnyStrategy, KEYS } from "../subject.ts"
import { throws } from "./errors.ts"

const chapter = "Callbacks"

const notDurations: readonly unknown[] = [NaN, -1, -Infinity, "5", null, {}, 5n]
const notWeights: readonly unknown[] = [...notDurations, 1.5, Infinity, 2 ** 53]

/** Options, and what they must not be. */
const badOptions: Record<string, readonly unknown[]> = {
  ttl: notDurations,
  idle: [...notDurations, () => 5],
  jitter: [NaN, -0.1, 1.1, "0.5", null],
  random: [0.5, null, {}],
  clock: [5, null, {}, Date.now],
  purge: ["", "eager", true, null],
  weigher: [5, "length", null, {}],
  cost: [5, "length", null, {}],
}

/** What may go wrong when a value is weighed, or its time to live is asked for. */
const failures: readonly (() => unknown)[] = [
  () => {
    throw "thrown"
  },
  ...notDurations.map((bad) => () => bad),
]

/** What a clock may show that is no time. */
const notTimes: readonly unknown[] = [NaN, Infinity, -Infinity, "5", null, undefined]

const SEEN = ["key", "value", "weight", "cost", "age", "ttl", "idle"] as const

/** All that can be seen of a cache, but for its strategy. */
function sight({ cache }: Subject): unknown[] {
  const { hits, inserts, updates, evictions, expirations, deletes } = cache.stats
  const known = cache.dump().entries.map((entry) => SEEN.map((member) => entry[member]))
  return [known, cache.size, cache.weight, hits, inserts, updates, evictions, expirations, deletes]
}

/** Whether `act` throws. */
function fails(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

export const callbacks: readonly Law[] = [
  {
    chapter,
    title: "an option that is not what it must be is refused by name",
    check: (strategy) => {
      for (const [option, values] of Object.entries(badOptions)) {
        for (const bad of values) {
          const make = (): unknown => make5(strategy, { [option]: bad })
          throws("INVALID_OPTION", make, `\`${option}\` must be`)
        }
      }
      for (const bad of [-1, 1.5, NaN, "5", null]) {
        const code = strategy.neverEvicts ? "UNKNOWN_OPTION" : "INVALID_OPTION"
        throws(code, () => make5(strategy, { maxWeight: bad }), "`maxWeight`")
      }
      const { cache } = subjectIn(strategy, { bounds: { capacity: 5 }, start: 0 })
      for (const bad of [-1, 1.5, NaN, "5", null]) {
        throws("INVALID_ARGUMENT", () => cache.resize(5, bad as number), "`maxWeight`")
        throws("INVALID_ARGUMENT", () => cache.purgeExpired(bad as number), "`limit`")
      }
    },
  },
  {
    chapter,
    title: "terms that are none are refused by name, and nothing has changed",
    examples: 60,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, fc.nat(KEYS.length - 1)), ([situation, steps, index]) => {
        const subject = subjectIn(strategy, situation)
        actAll(subject, steps)
        const before = sight(subject)
        const key = KEYS[index]
        const set = (terms: unknown): unknown => subject.cache.set(key, 1, terms as object)
        for (const ttl of notDurations) throws("INVALID_ARGUMENT", () => set({ ttl }), "`ttl`")
        for (const weight of notWeights) {
          throws("INVALID_ARGUMENT", () => set({ weight }), "`weight`")
        }
        throws("INVALID_ARGUMENT", () => set(null), "`terms`")
        throws("UNKNOWN_OPTION", () => set({ tll: 5 }), "`tll`")
        same(sight(subject), before, "what can be seen")
      }),
  },
  {
    chapter,
    title:
      "a weigher, a `cost`, a `ttl` or a `random` that throws or returns nonsense changes nothing",
    examples: 60,
    check: (strategy) =>
      forAll(
        fc.tuple(
          situations,
          steps,
          fc.nat(KEYS.length - 1),
          fc.constantFrom("weigher", "cost", "ttl", "random"),
        ),
        ([situation, steps, index, which]) => {
          const jittered = which === "random" ? { ...situation, ttl: 10, jitter: 0.5 } : situation
          let failure: (() => unknown) | undefined
          const subject = subjectIn(strategy, jittered, {
            [which]: () => (failure === undefined ? 1 : failure()),
          })
          actAll(subject, steps)
          const { cache } = subject
          // Else a lookup removes some of them.
          cache.purgeExpired()
          for (failure of failures) {
            const before = sight(subject)
            ensure(
              fails(() => cache.set(KEYS[index], 1)),
              "set throws nothing",
            )
            if (!cache.has(KEYS[index])) {
              const { misses } = cache.stats
              ensure(
                fails(() => cache.getOrInsert(KEYS[index], 1)),
                "getOrInsert throws nothing",
              )
              same(cache.stats.misses, misses + 1, "misses")
            }
            same(sight(subject), before, "what can be seen")
          }
        },
      ),
  },
  {
    chapter,
    title: "a clock that throws or shows no number changes nothing",
    examples: 10,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, steps, during]) => {
        let failing: (() => unknown) | undefined
        const subject = subjectIn(strategy, { idle: 40, ...situation })
        const right = subject.clock.now.bind(subject.clock)
        subject.clock.now = () => (failing === undefined ? right() : (failing() as number))
        actAll(subject, steps)
        const before = sight(subject)
        for (failing of [failures[0], ...notTimes.map((bad) => () => bad)]) {
          during.forEach((step, value) => {
            if (step[0] === "tick" || step[0] === "clear") return
            if (step[0].startsWith("resize") && strategy.neverEvicts) return
            const failed = fails(() => act(subject, step, value))
            ensure(failed || step[0].startsWith("resize"), `${step[0]} throws nothing`)
          })
        }
        failing = undefined
        same(sight(subject), before, "what can be seen")
      }),
  },
  {
    chapter,
    title: "a weigher, a `cost`, a `ttl` and a clock may use the cache",
    examples: 10,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, steps, nested]) => {
        let next = 0
        let depth = 0
        function use(): void {
          if (depth > 0 || next > 300) return
          depth++
          const step = nested.at(next++ % (nested.length + 1))
          if (step !== undefined) act(subject, step, next)
          if (next % 7 === 0) subject.cache.use((others[next % 4] ?? strategy) as AnyStrategy)
          depth--
        }
        function using(result: number): () => number {
          return () => {
            use()
            return result
          }
        }
        const subject = subjectIn(
          strategy,
          { idle: 40, ...situation },
          { weigher: using(2), cost: using(3), ttl: using(10) },
        )
        const { cache, clock } = subject
        clock.now = () => {
          use()
          return clock.time
        }
        steps.forEach((step, value) => {
          try {
            act(subject, step, value)
          } catch (error) {
            // The strategy may have become one that never evicts after `act` looked.
            ensure(String(error).includes("never evicts"), String(error))
          }
          depth++
          ensure(cache.size <= cache.capacity, "more entries than the capacity")
          ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
          const sizes = [[...cache].length, cache.coldest(Infinity).length]
          cache.purgeExpired()
          same(sizes, [cache.size, cache.size], "entries")
          let sum = 0
          for (const key of cache.keys()) sum += cache.entry(key)?.weight ?? 0
          same(cache.weight, sum, "weight")
          depth--
        })
      }),
  },
]

function make5(strategy: AnyStrategy, options: object): unknown {
  const make = strategy as (options: object) => unknown
  return make(strategy.neverEvicts ? options : { capacity: 5, ...options })
}
