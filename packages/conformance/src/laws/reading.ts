import type { CacheDump } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { act, situations, steps, subjectIn } from "../situations.ts"
import type { AnyStrategy } from "../subject.ts"
import { facts } from "./swap.ts"

const chapter = "Reading"

/** An object with the same members, but inherited, not enumerable, and each there to be read once. */
function readable<T extends object>(members: T): T {
  const prototype = {}
  for (const [name, value] of Object.entries(members)) {
    let reads = 0
    Object.defineProperty(prototype, name, {
      get() {
        ensure(reads++ === 0, `\`${name}\` is read again`)
        return value
      },
    })
  }
  return Object.create(prototype) as T
}

/** The strategy, but its caches get their options like that. */
function wary(strategy: AnyStrategy): AnyStrategy {
  const make = strategy as (options: object) => unknown
  return Object.assign((options: object) => make(readable(options)), { ...strategy }) as never
}

export const reading: readonly Law[] = [
  {
    chapter,
    title: "options are read once, be they inherited, behind getters or not enumerable",
    check: (strategy) =>
      forAll(fc.tuple(situations, steps), ([situation, steps]) => {
        const told: unknown[][] = [[], []]
        const [plain, other] = [strategy, wary(strategy)].map((each, index) =>
          subjectIn(each, situation, {
            purge: "lazy",
            onListenerError() {},
            onRemoval: (...removal) => told[index]?.push(removal),
          }),
        ) as [ReturnType<typeof subjectIn>, ReturnType<typeof subjectIn>]
        same(
          [other.cache.capacity, other.cache.maxWeight],
          [plain.cache.capacity, plain.cache.maxWeight],
          "bounds",
        )
        steps.forEach((step, value) => {
          act(plain, step, value)
          act(other, step, value)
          same(facts(other.cache), facts(plain.cache), "entries")
        })
        same(told[1], told[0], "removals told of")
      }),
  },
  {
    chapter,
    title: "so are the terms of `set` and of `expire`, observers, and dumps",
    check: (strategy) => {
      const { cache, clock } = subjectIn(
        strategy,
        { bounds: { capacity: 5 }, start: 0 },
        { onListenerError() {} },
      )
      cache.set("a", 1, readable({ ttl: 10, weight: 2 }))
      same([cache.entry("a")?.ttl, cache.weight], [10, 2], "time left and weight")
      cache.expire(readable({ ttl: 20, idle: 30 }))
      clock.time = 5
      same(cache.entry("a")?.ttl, 5, "time left")
      same(cache.set("b", 2).entry("b")?.ttl, 20, "time left of what came later")
      let hits = 0
      cache.subscribe(readable({ onHit: () => hits++, onMiss() {} }))
      for (const key of ["a", "c", "a"]) cache.get(key)
      same(hits, 2, "hits told of")
      const known = () => [facts(cache), [...cache.keys()].sort(), cache.weight]
      const before = known()
      const { entries } = cache.dump()
      const dump: CacheDump<unknown, unknown> = { version: 1, entries: entries.map(readable) }
      cache.load(readable(dump))
      same(known(), before, "what is known of the entries")
    },
  },
]
