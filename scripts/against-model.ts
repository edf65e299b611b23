import {
  type AnyStrategy,
  cacheOf,
  type Model,
  type RequestModel,
  type TestCache,
} from "@evictionary/conformance"
import { defineStrategy, type GhostList, type PolicyContext } from "@evictionary/core"
import fc, { type Arbitrary } from "fast-check"
import { expect, it } from "vitest"
import { alike } from "./same.ts"

type Step = [operation: string, n: number]

/** A model with requests made of reading and storing, if it has not requests of its own. */
export function requestModel(model: Model | RequestModel): Pick<RequestModel, "request"> {
  if ("request" in model) return model
  const present = new Set<number>()
  let gone = 0
  return {
    request(key) {
      const isHit = present.has(key)
      if (isHit) model.get(key)
      else model.set(key)
      present.add(key)
      while (gone < model.victims.length) present.delete(model.victims[gone++] as number)
      return isHit
    },
  }
}

/** A cache with the strategy's `own` options, and the keys of those that it has evicted. */
export function observed(
  strategy: AnyStrategy,
  capacity: number,
  own: object = {},
): [TestCache, unknown[]] {
  const victims: unknown[] = []
  const cache = cacheOf(strategy, capacity, {
    ...own,
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  return [cache, victims]
}

/** Whether it hits; what misses is stored. */
export function request(cache: TestCache, key: number): boolean {
  if (cache.get(key) !== undefined) return true
  cache.set(key, key)
  return false
}

/** Caches with any of the `own` options iterate in the order in which they would evict. */
export function foretellsVictims(
  strategy: AnyStrategy,
  own: Arbitrary<object> = fc.constant({}),
): void {
  it("iteration tells whom evictions would take, one after the other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), own, stepsOf(), (capacity, own, steps) => {
        const [cache, victims] = observed(strategy, capacity, own)
        for (const step of steps) perform(cache, step)
        const foretold = [...cache.keys()]
        victims.length = 0
        while (cache.size > 0) cache.resize(cache.size - 1)
        alike(victims, foretold, "victims")
      }),
    )
  })
}

/** Less than {@link foretellsVictims}, for strategies whose victim depends on the newcomer. */
export function foretellsNextVictim(
  strategy: AnyStrategy,
  own: Arbitrary<object> = fc.constant({}),
): void {
  it("the first in the order of iteration is the one that a new key displaces", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), own, requestsOf(), (capacity, own, keys) => {
        const [cache, victims] = observed(strategy, capacity, own)
        for (const key of keys) request(cache, key)
        for (let fresh = 100; fresh < 110; fresh++) {
          const expected = cache.size === capacity ? [...cache.keys()].slice(0, 1) : []
          victims.length = 0
          cache.set(fresh, fresh)
          alike(victims, expected, `victims of ${fresh}`)
        }
      }),
    )
  })
}

/** The ghosts of caches with any of the `own` options are never more than `most` says. */
export function remembersAtMost<Own extends object>(
  strategy: AnyStrategy,
  most: (capacity: number, own: Own) => number,
  own: Arbitrary<Own> = fc.constant({} as Own),
): void {
  it("never more keys are remembered than is promised, whatever is done to the cache", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), own, stepsOf(), (capacity, own, steps) => {
        const lists: GhostList[] = []
        const cache = cacheOf(keepingGhosts(strategy, lists), capacity, { ...own })
        for (const step of steps) {
          perform(cache, step)
          const ghosts = lists.reduce((sum, { size }) => sum + size, 0)
          const promised = most(cache.capacity, own)
          if (!(ghosts <= promised)) expect.fail(`${ghosts} ghosts, where ${promised} are the most`)
        }
      }),
    )
  })
}

/** The same strategy; the ghost lists of its policies are put into `lists`. */
function keepingGhosts(strategy: AnyStrategy, lists: GhostList[]): AnyStrategy {
  const { strategyName, createPolicy, ...traits } = strategy
  const create = (context: PolicyContext<object>) => {
    const { slots } = context
    const ghosts = slots.ghosts.bind(slots)
    slots.ghosts = () => {
      const list = ghosts()
      lists.push(list)
      return list
    }
    return createPolicy(context)
  }
  return defineStrategy(strategyName, create, traits as { neverEvicts: false })
}

/** Where there is room for one only, all strategies that evict are the same. */
export function replacesAtCapacityOne(strategy: AnyStrategy): void {
  it("at capacity 1 the newcomer takes the place of the one that is there, used or not", () => {
    const [cache, victims] = observed(strategy, 1)
    const outcome = [1, 1, 2, 1, 1, 3, 3].map((key) => request(cache, key))
    expect(outcome).toEqual([false, true, false, false, true, false, true])
    expect(victims).toEqual([1, 2, 1])
    cache.set(3, "overwritten").set(4, 4).set(5, "newest")
    expect([...cache]).toEqual([[5, "newest"]])
  })
}

/** For strategies to which, of two newcomers, the earlier is the victim. */
export function forgetsWhenCleared(strategy: AnyStrategy): void {
  it("after `clear` nothing is left of earlier uses", () => {
    const cache = cacheOf(strategy, 2)
    cache.set("a", 1).set("b", 2).get("a")
    cache.get("b")
    cache.clear()
    cache.set("c", 3).set("d", 4).set("e", 5)
    expect([...cache.keys()]).toEqual(["d", "e"])
  })
}

function stepsOf(): Arbitrary<Step[]> {
  const operations = fc.constantFrom("get", "get", "set", "set", "set", "delete", "resize")
  return fc.array(fc.tuple(operations, fc.nat(9)), { maxLength: 100, size: "max" })
}

function requestsOf(): Arbitrary<number[]> {
  return fc.array(fc.nat(25), { maxLength: 400, size: "max" })
}

function perform(cache: TestCache, [operation, n]: Step): void {
  if (operation === "get") cache.get(n)
  if (operation === "set") cache.set(n, n)
  if (operation === "delete") cache.delete(n)
  if (operation === "resize") cache.resize(n + 1)
}
