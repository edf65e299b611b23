import type { TestCache } from "./subject.ts"

/** Reads each key, and stores it on a miss: `H` or `M` for every request. */
export function replay(cache: TestCache, keys: Iterable<unknown>): string {
  let outcome = ""
  for (const key of keys) outcome += request(cache, key) ? "H" : "M"
  return outcome
}

/** As {@link replay}, but only counts the hits. */
export function hitsOf(cache: TestCache, keys: Iterable<unknown>): number {
  let hits = 0
  for (const key of keys) if (request(cache, key)) hits++
  return hits
}

/** As {@link replay}, but tells whom the cache evicts, in turn. */
export function victimsOf(cache: TestCache, keys: Iterable<unknown>): unknown[] {
  const victims: unknown[] = []
  const end = cache.subscribe({
    onRemoval: (key, _value, cause) => cause === "evicted" && victims.push(key),
  })
  for (const key of keys) request(cache, key)
  end()
  return victims
}

function request(cache: TestCache, key: unknown): boolean {
  if (cache.get(key) !== undefined) return true
  cache.set(key, key)
  return false
}
