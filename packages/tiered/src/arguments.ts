import { checkDuration, invalid } from "@evictionary/core"
import type { LoadTerms, ValueTerms } from "./tiered-cache.ts"

export const NO_TAGS: readonly string[] = []

/** Throws unless `key` can be a key. */
export function checkKey(key: unknown): asserts key is string {
  if (typeof key !== "string") throw invalid("INVALID_ARGUMENT", "key", "a string", key)
}

/** Tags as a second tier takes them. */
export function checkTags(tags: unknown): asserts tags is readonly string[] {
  if (!Array.isArray(tags)) throw invalid("INVALID_ARGUMENT", "tags", "an array of strings", tags)
  for (const tag of tags) {
    if (typeof tag !== "string" || tag === "" || /[\uD800-\uDFFF]/u.test(tag)) {
      const must = "a string of whole characters that is not empty"
      throw invalid("INVALID_ARGUMENT", "tag", must, tag)
    }
  }
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
