import { ensure, type Law, same } from "../law.ts"
import { victimsOf } from "../replay.ts"
import { type AnyStrategy, cacheOf, type TestCache } from "../subject.ts"
import { numbers } from "../traffic.ts"

const chapter = "Long runs"

/** Around these, counters of 8 and 16 bits begin anew; at the last those that think in powers of ten. */
const MANY = [255, 256, 257, 65_535, 65_536, 100_000]

/** Whether a key that was used so many times is there when newcomers have come. */
function outlives(strategy: AnyStrategy, uses: number): boolean {
  const cache = cacheOf(strategy, 4)
  for (const key of ["used", "b", "c", "d"]) cache.set(key, 1)
  for (let use = 0; use < uses; use++) cache.get("used")
  cache.set("e", 1).set("f", 1)
  return cache.has("used")
}

export const longLives: Law = {
  chapter,
  title: "who outlives newcomers after 100 uses does so after 255, 256, 65,536 or 100,000",
  isUnchecked: true,
  check(strategy) {
    if (!outlives(strategy, 100)) return
    for (const uses of MANY) ensure(outlives(strategy, uses), `gone after ${uses} uses`)
  },
}

/** What is done many times, until counters of 8 and of 16 bits are about to begin anew. */
const PASTS: Readonly<Record<string, (cache: TestCache, times: number) => void>> = {
  hits(cache, times) {
    cache.set("key", 1)
    for (let time = 1; time < times; time++) cache.get("key")
  },
  "new keys"(cache, times) {
    for (let time = 0; time < times; time++) cache.set(time, 1)
  },
}

/** For strategies that do not count keys; those that remember others have no past of new keys. */
export const longPasts: Law = {
  chapter,
  title:
    "clocks and counters begin nowhere anew: a cache is as it was after 250 or 65,530 operations",
  isUnchecked: true,
  check(strategy) {
    for (const [name, past] of Object.entries(PASTS)) {
      if (strategy.remembers && name === "new keys") continue
      for (const times of [250, 65_530]) {
        const used = cacheOf(strategy, 8)
        past(used, times)
        for (const key of [...used.keys()]) used.delete(key)
        const requests = [...numbers(60, 14)].map((number) => `later ${number}`)
        const fresh = victimsOf(cacheOf(strategy, 8), requests)
        same(victimsOf(used, requests), fresh, `victims after ${times} ${name}`)
      }
    }
  },
}

export const largeCaches: Law = {
  chapter,
  title: "the same operations have the same victims in caches of 1,000 and of 10,000 entries",
  isUnchecked: true,
  check(strategy) {
    for (const capacity of [1_000, 10_000]) {
      const requests = [...numbers(2.5 * capacity, 2 * capacity)]
      const [first, second] = [1, 2].map(() => victimsOf(cacheOf(strategy, capacity), requests))
      same(first?.length, second?.length, "number of victims")
      const place = first?.findIndex((key, index) => key !== second?.[index])
      same(place, -1, `the first victim that differs, with ${capacity} entries`)
    }
  },
}
