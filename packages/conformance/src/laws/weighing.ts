import type { CacheOptions } from "@evictionary/core"
import fc from "fast-check"
import { forAll, forSome, type Law, same } from "../law.ts"
import type { AnyStrategy, TestCache } from "../subject.ts"

const chapter = "Capabilities"

/** What an entry weighs and costs. */
type Worth = readonly [weight: number, cost: number]

const KEYS = 12
const requests = fc.array(fc.nat(KEYS - 1), { minLength: 20, maxLength: 60, size: "max" })
const worths: fc.Arbitrary<readonly Worth[]> = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 0.5, 1, 2, 100)),
  { minLength: KEYS, maxLength: KEYS, size: "max" },
)
const examples = fc.tuple(fc.integer({ min: 2, max: KEYS - 2 }), requests, worths)

/** All entries weigh and cost the same. */
const EQUAL: readonly Worth[] = Array.from({ length: KEYS }, () => [1, 1])

/** Each key is its place in `worths`. What misses is stored, and who leaves is noted. */
function served(
  strategy: AnyStrategy,
  bounds: { capacity: number } | { maxWeight: number },
  requests: readonly number[],
  worths: readonly Worth[],
): { cache: TestCache; left: unknown[] } {
  const left: unknown[] = []
  const options: CacheOptions<unknown, unknown> = {
    weigher: (_value, key) => worths[key as number]?.[0] ?? 1,
    cost: (_value, key) => worths[key as number]?.[1] ?? 1,
    onRemoval: (key) => left.push(key),
  }
  const cache: TestCache = strategy.neverEvicts
    ? strategy(options)
    : strategy({ ...(bounds as { capacity: number }), ...options })
  for (const key of requests) if (cache.get(key) === undefined) cache.set(key, key)
  return { cache, left }
}

/** Who leaves where the number of entries is bounded, so that as many have to leave in any case. */
function victims(
  strategy: AnyStrategy,
  capacity: number,
  requests: readonly number[],
  worths: readonly Worth[],
): unknown[] {
  return served(strategy, { capacity }, requests, worths).left
}

/** Who leaves first where the weight is bounded, and there is too much of it for the first time. */
function firstVictim(
  strategy: AnyStrategy,
  requests: readonly number[],
  worths: readonly Worth[],
): unknown {
  const { cache, left } = served(strategy, { maxWeight: 9 * KEYS }, requests, worths)
  cache.resize(Infinity, cache.weight - 1)
  return left[0]
}

export const weighs: Law = {
  chapter,
  title: "what entries weigh, or cost, changes who leaves",
  check: (strategy) =>
    forSome(
      examples,
      ([capacity, requests, worths]) =>
        String(victims(strategy, capacity, requests, worths)) !==
          String(victims(strategy, capacity, requests, EQUAL)) ||
        firstVictim(strategy, requests, worths) !== firstVictim(strategy, requests, EQUAL),
      "weights and costs changed nothing in any of 300 examples",
    ),
}

export const weighsNot: Law = {
  chapter,
  title: "what entries weigh, or cost, does not change who leaves",
  check: (strategy) =>
    forAll(examples, ([capacity, requests, worths]) => {
      same(
        victims(strategy, capacity, requests, worths),
        victims(strategy, capacity, requests, EQUAL),
        "victims",
      )
      same(
        firstVictim(strategy, requests, worths),
        firstVictim(strategy, requests, EQUAL),
        "the first victim where the weight is bounded",
      )
    }),
}
