import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf, type TestCache } from "../subject.ts"
import { ask, type Request, requests } from "../traffic.ts"

const chapter = "Bounds"

const bound = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 40, Infinity))
const traffic = requests(24, 100)

/** Both are asked the same; throws as soon as they do not hold the same. */
function compare(resized: TestCache, made: TestCache, requests: readonly Request[]): void {
  for (const request of requests) {
    same(ask(resized, request), ask(made, request), `whether ${request.join(" ")} finds something`)
    same([...resized.keys()], [...made.keys()], "keys of a resized cache, and of a new one")
  }
}

/** For strategies that evict. */
export const following: readonly Law[] = [
  {
    chapter,
    title: "a cache that is resized before it holds anything equals one made with that capacity",
    examples: 40,
    check: (strategy: AnyStrategy) =>
      forAll(
        fc.tuple(fc.array(bound, { minLength: 1, maxLength: 3 }), bound, traffic),
        ([before, last, requests]) => {
          const resized = cacheOf(strategy, before[0] as number)
          for (const capacity of before.slice(1)) resized.resize(capacity)
          resized.resize(last)
          compare(resized, cacheOf(strategy, last), requests)
        },
      ),
  },
  {
    chapter,
    title: "so does one that is bounded by weight",
    check: (strategy: AnyStrategy) =>
      forAll(fc.tuple(bound, bound, traffic), ([before, last, requests]) => {
        const make = (maxWeight: number) => cacheOf(strategy, Infinity, { maxWeight } as object)
        const resized = make(before)
        resized.resize(Infinity, last)
        compare(resized, make(last), requests)
      }),
  },
]
