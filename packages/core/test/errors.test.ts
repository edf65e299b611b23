import { CacheError, invalid } from "@evictionary/core"
import { expect, it } from "vitest"
import { recency } from "./policies.ts"

function caught(act: () => unknown): CacheError {
  try {
    act()
  } catch (error) {
    if (error instanceof CacheError) return error
  }
  throw new Error("no CacheError was thrown")
}

it("an error names the option, what it must be and what it got", () => {
  const error = caught(() => recency({ capacity: 1.5 }))
  expect(error.code).toBe("INVALID_OPTION")
  expect(error.name).toBe("CacheError")
  expect(error.message).toBe("`capacity` must be a non-negative integer or Infinity, received 1.5")
})

it.each([
  ["1", '"1"'],
  [undefined, "undefined"],
  [null, "null"],
  [Number.NaN, "NaN"],
  [-0.5, "-0.5"],
  [5n, "5"],
  [Symbol("s"), "Symbol(s)"],
  [{}, "an object"],
  [Object.create(null), "an object"],
  [() => 1, "a function"],
])("what it got is shown so that its type can be told: %s", (value, shown) => {
  expect(invalid("INVALID_OPTION", "x", "y", value).message).toBe(
    `\`x\` must be y, received ${shown}`,
  )
})

it("an unknown option is answered with the known ones", () => {
  const error = caught(() => recency({ max: 5 } as never))
  expect(error.code).toBe("UNKNOWN_OPTION")
  expect(error.message).toBe(
    "`max` is not an option; the options are capacity, maxWeight, ttl, idle, jitter, random, clock, purge, weigher, cost, onRemoval, onListenerError",
  )
})

it("a listener that is no function is refused", () => {
  const error = caught(() => recency({ capacity: 1, onRemoval: "log" as never }))
  expect(error.message).toBe('`onRemoval` must be a function, received "log"')
  const subscription = caught(() => recency({ capacity: 1 }).subscribe({ onRemoval: 5 as never }))
  expect(subscription.code).toBe("INVALID_ARGUMENT")
})

it("a misspelt option is found where it is inherited, but what every object has is not meant", () => {
  const shared = { max: 5 }
  expect(() => recency(Object.create(shared, { capacity: { value: 5 } }))).toThrow(
    "`max` is not an option",
  )
  const everywhere = Object.prototype as { max?: number }
  everywhere.max = 5
  try {
    expect(recency({ capacity: 3 }).capacity).toBe(3)
  } finally {
    delete everywhere.max
  }
})
