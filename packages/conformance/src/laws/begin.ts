import { type Law, same } from "../law.ts"
import { cacheOf } from "../subject.ts"

/** The first law of all: if it is broken, there is no policy yet. */
export const begin: readonly Law[] = [
  {
    chapter: "Begin",
    title: "a cache can be made, and its policy has an answer to every call",
    check(strategy) {
      const cache = cacheOf(strategy, 2)
      cache.set("a", 1).set("b", 2)
      same(cache.get("a"), 1, "value")
      cache.set("c", 3)
      if (!strategy.neverEvicts) cache.resize(1)
      cache.delete("c")
      cache.delete("a")
      cache.set("d", 4)
      same(cache.get("d"), 4, "value")
      same([...cache.keys()].length, cache.size, "keys in the order of the policy")
    },
  },
]
