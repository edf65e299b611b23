import { cacheOf } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { request } from "../../../scripts/against-model.ts"

/** Hits while the capacity goes up by 6 % and down again, as weights make it, every 2c requests. */
export function hitsWhileMoving(capacity: number, keys: Iterable<number>): number {
  const cache = cacheOf(wTinyLfu, capacity)
  let hits = 0
  let n = 0
  for (const key of keys) {
    if (n % (4 * capacity) === 2 * capacity) cache.resize(Math.round(1.06 * capacity))
    if (n % (4 * capacity) === 0) cache.resize(capacity)
    if (request(cache, key)) hits++
    n++
  }
  return hits
}
