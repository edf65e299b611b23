import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { follow } from "../model.ts"
import { keeping, others } from "../others.ts"
import {
  act,
  actAll,
  isBounded,
  situations,
  steps,
  stepsAndSwaps,
  subjectIn,
} from "../situations.ts"
import { type AnyStrategy, KEYS, type TestCache } from "../subject.ts"
import { throws } from "./errors.ts"

const chapter = "Swap"

/** Any strategy to change to; `undefined` stands for the one that is tested. */
const next = fc.option(fc.constantFrom(...others), { nil: undefined })

/** All that is known of the entries, by key. */
export function facts(cache: TestCache): unknown[] {
  const costs = new Map(cache.dump().entries.map(({ key, cost }) => [key, cost]))
  return KEYS.map((key) => {
    const { value, weight, age, ttl } = cache.entry(key) ?? {}
    return [value, weight, age, ttl, costs.get(key)]
  })
}

export const swap: readonly Law[] = [
  {
    chapter,
    title:
      "`use` keeps the entries, with values, weights, costs, ages and deadlines, and the counts",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, next), ([situation, steps, next = strategy]) => {
        const left: unknown[] = []
        const subject = subjectIn(strategy, situation, { onRemoval: (key) => left.push(key) })
        const { cache } = subject
        actAll(subject, steps)
        const before = facts(cache)
        const counts = Object.values(cache.stats.snapshot())
        const { size, weight } = cache
        left.length = 0
        cache.use(next)
        same(cache.strategyName, next.strategyName, "name")
        same(facts(cache), before, "entries")
        same(Object.values(cache.stats.snapshot()), counts, "counts")
        same([cache.size, cache.weight], [size, weight], "size and weight")
        same(left, [], "removals")
        same([...cache.keys()].length, new Map(cache).size, "keys in iteration")
      }),
  },
  {
    chapter,
    title: "the bounds hold whatever strategies come one after the other, and listeners are told",
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        follow(strategy, situation, [["use", 0], ...steps], ({ cache, departures, untold }) => {
          ensure(cache.size <= cache.capacity, "more entries than the capacity")
          ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
          same(untold, [], "removals not told")
          ensure(
            departures.every(({ isRight }) => isRight),
            "a removal that was not to be",
          )
        })
      }),
  },
  {
    chapter,
    title: "a strategy that never evicts lifts the bounds, and the next one can be given new ones",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, fc.nat(5)), ([situation, steps, capacity]) => {
        const subject = subjectIn(strategy, situation)
        const { cache } = subject
        actAll(subject, steps)
        cache.use(keeping)
        same([cache.capacity, cache.maxWeight], [Infinity, Infinity], "bounds")
        throws("UNSUPPORTED", () => cache.resize(capacity))
        throws("UNSUPPORTED", () => cache.resize(Infinity, capacity))
        for (const key of KEYS) cache.set(key, 1, { ttl: Infinity })
        const lasting = [...cache].length
        ensure(situation.idle !== undefined || lasting >= new Set(KEYS).size, "some have left")
        cache.use(others[0] as AnyStrategy)
        cache.resize(capacity)
        ensure(isBounded(cache) && cache.size <= capacity, "more entries than the capacity")
        steps.forEach((step, value) => {
          act(subject, step, value)
          ensure(cache.size <= cache.capacity, "more entries than the capacity")
          ensure(cache.weight <= cache.maxWeight, "more weight than `maxWeight`")
        })
      }),
  },
  {
    chapter,
    title: "what is no strategy, or fails to begin, is refused, and nothing has changed",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps, steps), ([situation, before, after]) => {
        const subject = subjectIn(strategy, situation)
        const alone = subjectIn(strategy, situation)
        actAll(subject, before)
        actAll(alone, before)
        const { cache } = subject
        const failing = {
          strategyName: "failing",
          neverEvicts: true,
          options: [],
          createPolicy({ slots }: { slots: { list(): unknown; ghosts(): unknown } }) {
            for (let n = 0; n < 20; n++) slots.list()
            slots.ghosts()
            throw "thrown by createPolicy"
          },
        }
        let caught: unknown
        try {
          cache.use(failing as never)
        } catch (error) {
          caught = error
        }
        same(caught, "thrown by createPolicy", "error")
        for (const bad of [undefined, null, 5, "lru", {}, () => {}]) {
          throws("INVALID_ARGUMENT", () => cache.use(bad as never), "`strategy`")
        }
        throws("UNKNOWN_OPTION", () => cache.use(keeping as never, { no: 1 }), "`no`")
        same(cache.strategyName, strategy.strategyName, "name")
        same([cache.capacity, cache.maxWeight], [alone.cache.capacity, alone.cache.maxWeight], "")
        after.forEach((step, value) => {
          act(subject, step, value)
          act(alone, step, value)
          same([...cache], [...alone.cache], "entries")
        })
      }),
  },
]
