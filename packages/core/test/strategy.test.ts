import {
  type Cache,
  defineStrategy,
  invalid,
  type MapLike,
  type PolicyContext,
  type Slot,
  type Strategy,
} from "@evictionary/core"
import { expect, expectTypeOf, it } from "vitest"
import { Recency, recency } from "./policies.ts"

it("a strategy may add options, which its policy gets and checks", () => {
  const picky = defineStrategy<{ share?: number }>(
    "picky",
    ({ slots, options: { share = 0.5 }, capacity }) => {
      if (!(share >= 0 && share <= 1)) throw invalid("INVALID_OPTION", "share", "0 to 1", share)
      expect(capacity).toBe(5)
      return new Recency(slots)
    },
    { options: ["share"] },
  )
  expect(picky({ capacity: 5, share: 0.1 }).size).toBe(0)
  expect(() => picky({ capacity: 5, share: 2 })).toThrow("`share` must be 0 to 1, received 2")
  expect(() => picky({ capacity: 5, shares: 1 } as never)).toThrow("onListenerError, share")
})

it("a definition tells nothing that is not known", () => {
  const make = ({ slots }: PolicyContext) => new Recency(slots)
  expect(() => defineStrategy("mistyped", make, { promote: true } as never)).toThrow(
    expect.objectContaining({
      code: "UNKNOWN_OPTION",
      message: expect.stringMatching(/^`promote` is not an option; the options are .*promotes,/),
    }),
  )
  const { promotes, ghosts, options } = defineStrategy("untold", make, {
    promotes: undefined as never,
  })
  expect({ promotes, ghosts, options }).toEqual({ promotes: false, ghosts: 1, options: [] })
})

it("a policy is told of a capacity of at least 1, and of changes", () => {
  const told: number[] = []
  const nosy = defineStrategy("nosy", ({ slots, capacity }) => {
    told.push(capacity)
    return new (class extends Recency {
      override resize(bound: number): void {
        told.push(bound)
      }
    })(slots)
  })
  const cache = nosy<string, number>({ capacity: 0 })
  cache.resize(3)
  cache.resize(Infinity)
  cache.resize(0)
  cache.clear()
  expect(told).toEqual([1, 3, Infinity, 1, 1])
})

/** A strategy whose policies take down the keys that they get. */
function listening() {
  const entered: unknown[] = []
  const nosy = defineStrategy("nosy", ({ slots }) => {
    return new (class extends Recency {
      override onInsert(slot: Slot, key?: unknown): void {
        entered.push(key)
        super.onInsert(slot)
      }
    })(slots)
  })
  return { nosy, entered }
}

it("the policy gets each key as it enters", () => {
  const { nosy, entered } = listening()
  nosy<unknown, number>({ capacity: 1 }).set("a", 1).set("b", 2).set("b", 3).set(7, 4)
  expect(entered).toEqual(["a", "b", 7])
})

it("the policy gets 0 where -0 is stored, by whatever way", () => {
  const { nosy, entered } = listening()
  const cache = () => nosy<number, number>({ capacity: 1 })
  cache().set(-0, 1)
  cache().set(-0, 1, { ttl: 5 })
  cache().getOrInsert(-0, 1)
  cache().getOrInsertComputed(-0, () => 1)
  cache().set(1, 1).set(-0, 1).use(nosy)
  cache().load({ version: 1, entries: [{ key: -0, value: 1 }] })
  expect(entered).toEqual([0, 0, 0, 0, 1, 0, 0, 0])
})

it("names that are none, and options that every cache has, are refused", () => {
  const make = recency.createPolicy
  const invalid = (message: string) =>
    expect.objectContaining({ name: "CacheError", code: "INVALID_ARGUMENT", message })
  for (const name of ["", "LRU", "two queue", "two_queue", "-a", "a-", "a--b", "2q", "é"]) {
    const message = `\`name\` must be lower case with hyphens, received ${JSON.stringify(name)}`
    expect(() => defineStrategy(name, make)).toThrow(invalid(message))
  }
  for (const name of ["ttl", "capacity", "clock"]) {
    const message = `\`options\` must be names that no other option has, received "${name}"`
    expect(() => defineStrategy("own", make, { options: ["share", name] as never[] })).toThrow(
      invalid(message),
    )
  }
  for (const name of ["a", "s3-fifo", "two-queue"]) {
    expect(defineStrategy(name, make, { options: ["toString" as never] }).strategyName).toBe(name)
  }
})

it("a victim that is no slot, and an order that has lost somebody, are named in an error", () => {
  let victim: unknown
  let lost = 0
  const stray = defineStrategy("stray", ({ slots }) => {
    return new (class extends Recency {
      override evict(): Slot {
        return victim as Slot
      }
      arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
        return coldestFirst.slice(lost)
      }
    })(slots)
  })
  const cache = stray<string, number>({ capacity: 2 }).set("a", 1).set("b", 2)
  const faulty = expect.objectContaining({ code: "INVALID_POLICY" })
  for (victim of ["2", undefined, null, 999, -1, 1.5, NaN, true, [2], 2 ** 32 + 2]) {
    expect(() => cache.set("c", 3)).toThrow(faulty)
    expect(new Map(cache)).toEqual(new Map(Object.entries({ a: 1, b: 2 })))
  }
  lost = 1
  expect(() => cache.use(stray)).toThrow("the policy of stray arranges 2 entries as 1")
  expect(new Map(cache)).toEqual(new Map(Object.entries({ a: 1, b: 2 })))
})

it("a policy that finds no victim, or iterates for ever, is named in an error", () => {
  const stuck = defineStrategy("stuck", ({ slots }) => {
    return new (class extends Recency {
      override evict(): Slot {
        return 0
      }
      override *[Symbol.iterator](): Generator<Slot> {
        for (;;) yield* this.list
      }
    })(slots)
  })
  const cache = stuck<string, number>({ capacity: 1 }).set("a", 1)
  const faulty = expect.objectContaining({ code: "INVALID_POLICY" })
  expect(() => cache.set("b", 2)).toThrow(faulty)
  expect(() => [...cache]).toThrow("the policy of stuck iterates more than the 1 resident slots")
  expect(cache.get("a")).toBe(1)
})

it("a policy that has lost count is made anew by the next operation", () => {
  let broken = false
  const made: unknown[] = []
  const forgetful = defineStrategy("forgetful", ({ slots }) => {
    const policy = new (class extends Recency {
      override *[Symbol.iterator](): Generator<Slot> {
        yield* this.list
        if (broken) yield* this.list
      }
    })(slots)
    made.push(policy)
    return policy
  })
  const cache = forgetful<string, number>({ capacity: 2 }).set("a", 1).set("b", 2)
  const faulty = expect.objectContaining({ code: "INVALID_POLICY" })
  for (const use of [() => [...cache], () => cache.use(recency)]) {
    broken = true
    expect(use).toThrow(faulty)
    broken = false
    const before = made.length
    expect(cache.get("a")).toBe(1)
    expect(made.length).toBe(before + 1)
    expect([...cache.keys()]).toEqual(["b", "a"])
  }
})

it("types of keys and values are those of the cache", () => {
  const cache = recency<string, number>({ capacity: 1 })
  expectTypeOf(recency).toExtend<Strategy>()
  expectTypeOf(cache).toEqualTypeOf<Cache<string, number>>()
  expectTypeOf(cache.get("a")).toEqualTypeOf<number | undefined>()
  expectTypeOf(cache).toExtend<MapLike<string, number>>()
  expectTypeOf(new Map<string, number>()).toExtend<MapLike<string, number>>()
})

it("own options are read once, at construction or by `use`, and stay what they were", () => {
  const told: unknown[] = []
  const picky = defineStrategy<{ share?: number }>(
    "picky",
    ({ slots, options: { share } }) => {
      told.push(share)
      return new Recency(slots)
    },
    { options: ["share"] },
  )
  let share = 0
  class Own {
    get share() {
      return ++share
    }
  }
  const options = Object.assign(new Own(), { capacity: 5 })
  const cache = picky<string, number>(options)
  options.capacity = 0
  cache.clear()
  expect(cache.capacity).toBe(5)
  cache.use(picky, new Own())
  cache.clear()
  expect(told).toEqual([1, 1, 2, 2])
})
