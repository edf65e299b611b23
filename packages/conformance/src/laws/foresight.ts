import { forAll, forSome, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf, type TestCache } from "../subject.ts"
import { ask, numbers, type Request, traffic } from "../traffic.ts"

const chapter = "Order"

/** A new key comes into a full cache; returns who was first in the order, and who has left. */
function foretold(cache: TestCache, next: number): [unknown, unknown] | undefined {
  if (cache.size === 0 || cache.size < cache.capacity) return undefined
  const [first] = cache.coldest(1)
  let victim: unknown
  const end = cache.subscribe({ onRemoval: (key) => (victim = key) })
  cache.set(`new ${next}`, next)
  end()
  return [first?.[0], victim]
}

/** All that were foretold in some traffic, and those that have left. */
function all(strategy: AnyStrategy, [capacity, requests]: Example): [unknown, unknown][] {
  const cache = cacheOf(strategy, capacity)
  return requests.flatMap((request, next) => {
    ask(cache, request)
    const pair = next % 3 === 0 ? foretold(cache, next) : undefined
    return pair === undefined ? [] : [pair]
  })
}

type Example = readonly [capacity: number, requests: readonly Request[]]

export const foreseeable: Law = {
  chapter,
  title: "the first of the order is the next victim, after deletions in the middle too",
  check: (strategy) =>
    forAll(traffic(), (example) => {
      for (const [first, victim] of all(strategy, example)) {
        same(victim, first, "the victim, and `coldest(1)` before")
      }
    }),
}

export const unforeseeable: Law = {
  chapter,
  title: "the first of the order need not be the next victim",
  check: (strategy) =>
    forSome(
      traffic(),
      (example) => all(strategy, example).some(([first, victim]) => first !== victim),
      "it was, in all of 300 examples: do not declare `unforeseeable`",
    ),
}

/** An order of many entries. */
export const manyEntries: Law = {
  chapter,
  title: "`use` and `load` keep the order of a hundred entries",
  check(strategy) {
    for (const capacity of [31, 64, 100]) {
      const cache = cacheOf(strategy, capacity)
      for (const key of numbers(3 * capacity, 2 * capacity)) ask(cache, ["request", key])
      for (let key = 0; key < capacity; key += 3) cache.delete(key)
      const before = [...cache.keys()]
      cache.use(strategy as never)
      same([...cache.keys()], before, "keys after `use`")
      const loaded = cacheOf(strategy, capacity)
      loaded.load(cache.dump())
      same([...loaded.keys()], before, "keys after `load`")
    }
  },
}
