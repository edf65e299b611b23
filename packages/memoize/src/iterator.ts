import { invalid } from "@evictionary/core"

/**
 * Throws if `value` is an iterator: something that iterates over itself, and so only once. As a
 * result, its first reader would use it up. The `prototype` of a generator function is one too.
 *
 * No getter of the value runs, and of its methods only the one that would begin an iteration, if
 * it has a `next` as well.
 */
export function refuseIterator(value: unknown): void {
  if (typeof value === "object" && value !== null && isIterator(value)) {
    throw invalid("INVALID_ARGUMENT", "fn", "`replayable` to return iterators", value)
  }
}

function isIterator(value: object): boolean {
  try {
    return (
      "next" in value && [Symbol.iterator, Symbol.asyncIterator].some((name) => begins(value, name))
    )
  } catch {
    // What cannot be looked at, or iterated over, is not one.
    return false
  }
}

/** Whether `value` is what its method of this name returns. */
function begins(value: object, name: symbol): boolean {
  let holder: object | null = value
  while (holder && !Object.hasOwn(holder, name)) holder = Reflect.getPrototypeOf(holder)
  return (
    holder !== null && Reflect.getOwnPropertyDescriptor(holder, name)?.value?.call(value) === value
  )
}
