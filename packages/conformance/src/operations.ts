import fc from "fast-check"
import { type AnyStrategy, cacheOf, KEYS, type TestCache } from "./subject.ts"

/** What may be done to a cache, as data. A key is given by its place in `KEYS`. */
export type Operation =
  | readonly ["clear"]
  | readonly ["delete" | "get" | "getOrInsert" | "getOrInsertComputed" | "set", number]
  | readonly ["resize", number]

/** Operations on one key, in the proportions in which they find bugs. */
const keyed: fc.Arbitrary<Operation> = fc.tuple(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant("set" as const) },
    { weight: 4, arbitrary: fc.constant("get" as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom("getOrInsert" as const, "getOrInsertComputed" as const),
    },
    { weight: 2, arbitrary: fc.constant("delete" as const) },
  ),
  fc.nat(KEYS.length - 1),
)

/** All that keeps the capacity. */
export const operationChoices: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 30, arbitrary: keyed },
  { weight: 1, arbitrary: fc.constant(["clear"]) },
]

/** Operations that keep the capacity. */
export const operations: fc.Arbitrary<readonly Operation[]> = sequences(operationChoices)

/** Operations with changes of capacity among them. */
export const operationsAndResizes: fc.Arbitrary<readonly Operation[]> = sequences([
  ...operationChoices,
  { weight: 3, arbitrary: fc.tuple(fc.constant("resize"), fc.nat(8)) },
])

function sequences(
  choices: readonly fc.WeightedArbitrary<Operation>[],
): fc.Arbitrary<readonly Operation[]> {
  return fc.array(fc.oneof(...choices), { maxLength: 80, size: "max" })
}

/** Small ones, where everything is at an edge, and one that is never reached. */
export const capacities: fc.Arbitrary<number> = fc.constantFrom(1, 2, 3, 4, 7, 100)

/** The key that an operation is about. */
export function keyOf(operation: Operation): unknown {
  return operation[0] === "clear" || operation[0] === "resize" ? undefined : KEYS[operation[1]]
}

let count = 0

/** How many operations have been done to caches since the program began. */
export function performed(): number {
  return count
}

/** Does it; `value` is stored if something is. Returns what the cache returned. */
export function perform(cache: TestCache, operation: Operation, value: unknown): unknown {
  const key = keyOf(operation)
  count++
  switch (operation[0]) {
    case "clear":
      return cache.clear()
    case "delete":
      return cache.delete(key)
    case "get":
      return cache.get(key)
    case "getOrInsert":
      return cache.getOrInsert(key, value)
    case "getOrInsertComputed":
      return cache.getOrInsertComputed(key, () => value)
    case "resize":
      return Number.isFinite(cache.capacity) ? cache.resize(operation[1]) : undefined
    case "set":
      return cache.set(key, value)
  }
}

/** Does one after the other. Every value stored is a new one, so that it can be told apart. */
export function performAll(cache: TestCache, operations: readonly Operation[]): void {
  operations.forEach((operation, step) => {
    perform(cache, operation, `value ${step}`)
  })
}

/** A cache that has seen the operations. */
export function used(
  strategy: AnyStrategy,
  capacity: number,
  operations: readonly Operation[],
): TestCache {
  const cache = cacheOf(strategy, capacity)
  performAll(cache, operations)
  return cache
}
