import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf } from "../subject.ts"
import { ask, requests, traffic } from "../traffic.ts"

/**
 * For strategies that do not count keys. Where departed keys are remembered, nobody is evicted
 * before: what was deleted is never remembered.
 */
export const newcomers: Law = {
  chapter: "Newcomers",
  title: "a cache whose entries were deleted one by one behaves as a new one",
  check: (strategy: AnyStrategy) =>
    forAll(
      fc.tuple(traffic(), requests(24, 60), fc.boolean()),
      ([[capacity, before], later, reversed]) => {
        const few = strategy.remembers || strategy.neverEvicts
        const used = cacheOf(strategy, capacity)
        for (const [operation, number] of before)
          ask(used, [operation, few ? number % capacity : number])
        const keys = [...used.keys()]
        for (const key of reversed ? keys.reverse() : keys) used.delete(key)
        same(used.size, 0, "size")
        const fresh = cacheOf(strategy, capacity)
        for (const request of later) {
          const [first, second] = [used, fresh].map((cache) => ask(cache, request, (n) => n + 100))
          same(first, second, `whether ${request.join(" ")} finds something`)
          same([...used.keys()], [...fresh.keys()], "keys, compared with a new cache")
        }
      },
    ),
}
