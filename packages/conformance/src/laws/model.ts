import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { follow, type Turn } from "../model.ts"
import { situations, stepsAndSwaps } from "../situations.ts"
import { type AnyStrategy, KEYS } from "../subject.ts"

const chapter = "Model"

/** What must be so after every step, whatever the cache was made with and whatever has happened. */
interface Check {
  readonly title: string
  readonly examples?: number
  check(turn: Turn): void
}

function always({ check, ...law }: Check): Law {
  return {
    chapter,
    ...law,
    check: (strategy) =>
      forAll(fc.tuple(situations, stepsAndSwaps), ([situation, steps]) => {
        follow(strategy, situation, steps, check)
      }),
  }
}

const forAny: readonly Check[] = [
  {
    title: "a cache shows what a map would that loses what has left and hides what has expired",
    examples: 40,
    check({ cache, model, step, result, expected }) {
      const visible = model.visible()
      for (const key of KEYS) {
        same(cache.peek(key), visible.get(key), "peek")
        same(cache.has(key), visible.has(key), "has")
      }
      const entries = [...cache]
      same(entries.length, visible.size, "number of entries")
      for (const [key, value] of entries) same(value, visible.get(key), "value in iteration")
      same(cache.coldest(Infinity), entries, "entries of the policy")
      for (const each of expected) same(result, each, `result of ${step[0]}`)
    },
  },
  {
    title: "each entry leaves for the reason that a plain model gives",
    examples: 30,
    check({ departures, untold, step }) {
      same(untold, [], `removals not told after ${step[0]}`)
      const wrong = departures.filter(({ isRight }) => !isRight)
      same(
        wrong.map(({ key, cause }) => [key, cause]),
        [],
        `removals not expected after ${step[0]}`,
      )
    },
  },
  {
    title: "the size, the weight and the counts are those of a plain model",
    check({ cache, model }) {
      same([cache.size, cache.weight], [model.entries.size, model.weight], "size and weight")
      same([cache.capacity, cache.maxWeight], [model.capacity, model.maxWeight], "bounds")
      for (const [name, count] of Object.entries(model.counts)) {
        same(cache.stats[name as keyof typeof model.counts], count, name)
      }
    },
  },
  {
    title: "what `entry` tells of an entry is what a plain model knows of it",
    check({ cache, clock, model }) {
      for (const key of KEYS) {
        const held = model.live(key)
        const entry = cache.entry(key)
        same(entry === undefined, held === undefined, "whether there is an entry")
        if (entry === undefined || held === undefined) continue
        same(entry.key, key === 0 ? 0 : key, "key")
        same(entry.value, held.value, "value")
        same(entry.weight, held.weight, "weight")
        same(entry.ttl, model.left(held), "time left")
        const { storedAt } = held
        const age = storedAt === undefined ? undefined : Math.max(clock.time - storedAt, 0)
        same(entry.age, age, "age")
      }
    },
  },
]

/** For strategies that evict. */
const forEvicting: readonly Check[] = [
  {
    title: "nobody is evicted while everything fits, nor the entry just stored",
    examples: 30,
    check({ departures, model, step }) {
      const evicted = departures.filter(({ cause }) => cause === "evicted")
      for (const { fitted } of evicted) ensure(!fitted, `evicted by ${step[0]} though all fitted`)
      ensure(model.entries.size <= model.capacity, "more entries than the capacity")
      ensure(model.weight <= model.maxWeight, "more weight than `maxWeight`")
      if (step[0].startsWith("set")) {
        const key = KEYS[step[1] as number]
        ensure(
          !evicted.some((each) => [each.key].includes(key)),
          "the entry just stored is evicted",
        )
      }
    },
  },
  {
    title: "an expired entry goes before any live one is evicted",
    examples: 30,
    check({ departures }) {
      for (const { cause, someWereOver } of departures) {
        ensure(cause !== "evicted" || !someWereOver, "evicted before what had expired")
      }
    },
  },
]

export const model: readonly Law[] = forAny.map(always)
export const evicting: readonly Law[] = forEvicting.map(always)

/** All that a model says of one step. */
export function keepsToModel(turn: Turn, { neverEvicts }: AnyStrategy): void {
  for (const { check } of neverEvicts ? forAny : [...forAny, ...forEvicting]) check(turn)
}
