import { checkDuration, invalid } from "@evictionary/core"
import { checkTags } from "@evictionary/core/tags"
import type { LoadTerms, ValueTerms } from "./tiered-cache.ts"

export const NO_TAGS: readonly string[] = []

/** Throws unless `key` can be a key. */
export function checkKey(key: unknown): asserts key is string {
  if (typeof key !== "string") throw invalid("INVALID_ARGUMENT", "key", "a string", key)
}

/** The terms of a value, checked. */
export function valueTerms(terms: ValueTerms | undefined): {
  readonly ttl: number | undefined
  readonly tags: readonly string[]
} {
  if (terms === undefined) return PLAIN
  if (typeof terms !== "object" || terms === null) {
    throw invalid("INVALID_ARGUMENT", "terms", "an object", terms)
  }
  const { ttl, tags = NO_TAGS } = terms
  if (ttl !== undefined) checkDuration("INVALID_ARGUMENT", "ttl", ttl)
  if (tags !== NO_TAGS) checkTags(tags)
  return { ttl, tags }
}

const PLAIN = { ttl: undefined, tags: NO_TAGS }

/** The signal of a caller, checked. */
export function signalOf(terms: LoadTerms | undefined): AbortSignal | undefined {
  const signal = terms?.signal
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw invalid("INVALID_ARGUMENT", "signal", "an AbortSignal", signal)
  }
  return signal
}
