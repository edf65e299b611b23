import fc from "fast-check"
import type { TestCache } from "./subject.ts"

/** What may be asked of a cache by numbers: a key is read, and stored on a miss, or it is deleted. */
export type Request = readonly ["delete" | "request", number]

/** A capacity, and requests for few more keys than fit, so that they leave and come back. */
export function traffic(most = 100): fc.Arbitrary<[number, readonly Request[]]> {
  return fc.integer({ min: 1, max: 12 }).chain((capacity) => {
    return fc.tuple(fc.constant(capacity), requests(2 * capacity, most))
  })
}

/** Requests for keys up to a number. */
export function requests(largest: number, most: number): fc.Arbitrary<readonly Request[]> {
  const operation = fc.constantFrom("request", "request", "request", "delete" as const)
  return fc.array(fc.tuple(operation, fc.nat(largest)) as fc.Arbitrary<Request>, {
    maxLength: most,
    size: "max",
  })
}

/** Does it; `keyOf` tells which key a number stands for. Returns whether it hits, or was there. */
export function ask(
  cache: TestCache,
  [operation, number]: Request,
  keyOf: (number: number) => unknown = Number,
): boolean {
  const key = keyOf(number)
  if (operation === "delete") return cache.delete(key)
  if (cache.get(key) !== undefined) return true
  cache.set(key, number)
  return false
}

/** Numbers that look random, the same each time, below `limit`. */
export function* numbers(count: number, limit: number): Generator<number, void, undefined> {
  let state = 1
  for (let turn = 0; turn < count; turn++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    yield (state >>> 8) % limit
  }
}
