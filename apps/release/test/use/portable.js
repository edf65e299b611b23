import { CacheError } from "@evictionary/core"
import { currentLoad, memoize, memoizeAsync } from "@evictionary/memoize"
import { createCache } from "evictionary"
import * as strategies from "./strategies.js"

/**
 * Uses everything that is for any platform: returns how many things were as they should be, and
 * throws at the first that is not.
 */
export async function usePortable() {
  let right = 0
  function same(actual, expected, what) {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
    }
    right++
  }
  for (const [name, strategy] of Object.entries(strategies)) useStrategy(strategy, name, same)
  useMemoize(same)
  await useMemoizeAsync(same)
  useNames(same)
  return right
}

function useStrategy(strategy, name, same) {
  let now = 0
  const left = []
  const cache = strategy({
    ...(strategy.neverEvicts ? {} : { capacity: 3 }),
    ttl: 100,
    clock: { now: () => now },
    onRemoval: (key, _value, cause) => left.push([key, cause]),
  })
  const keys = [1, "1", 2.5, {}, Symbol("key")]
  for (const key of keys) {
    cache.set(key, String(key))
    same(cache.get(key), String(key), `${name}: what was just set`)
  }
  const size = strategy.neverEvicts ? 5 : 3
  same([cache.size, left.length], [size, 5 - size], `${name}: size, and who has left`)
  same([...cache].length, size, `${name}: entries`)
  cache.use(strategies.fifo)
  cache.resize(2)
  same([cache.size, cache.strategyName], [2, "fifo"], `${name}: the strategy changed`)
  const copy = strategy({ ...(strategy.neverEvicts ? {} : { capacity: 3 }) })
  copy.load(cache.dump())
  same([...copy.values()], [...cache.values()], `${name}: dumped and loaded`)
  now = 100
  same(cache.purgeExpired(), 2, `${name}: expired`)
  copy[Symbol.dispose ?? Symbol.for("Symbol.dispose")]()
  same(copy.size, 0, `${name}: disposed`)
  same("undefined" in copy, false, `${name}: no member called undefined`)
}

function useMemoize(same) {
  const fib = memoize((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)), strategies.lru({ capacity: 9 }))
  same([fib(36), fib.cacheInfo().misses], [14930352, 37], "memoize: body calls of fib(36)")
}

async function useMemoizeAsync(same) {
  let runs = 0
  const user = memoizeAsync(
    async (id) => {
      runs++
      const { key } = currentLoad()
      await Promise.resolve()
      return { id, key }
    },
    { strategy: strategies.sieve, capacity: 10 },
  )
  const users = await Promise.all([user("7"), user("7")])
  same([users, runs], [[users[0], { id: "7", key: "7" }], 1], "memoizeAsync: calls at once")
  await user("7")
  same([user.cacheInfo().hits, runs], [1, 1], "memoizeAsync: a hit")
  const signal = memoizeAsync(async () => {
    try {
      return currentLoad().signal.aborted
    } catch ({ code }) {
      return code
    }
  }, new Map())
  const expected = typeof AbortController === "undefined" ? "UNSUPPORTED" : false
  same(await signal(), expected, "memoizeAsync: the signal of a load")
}

function useNames(same) {
  const cache = createCache("s3-fifo, capacity=10, ttl=1m").set("a", 1)
  same([cache.get("a"), cache.capacity], [1, 10], "createCache: from a line")
  cache.use(strategies.lru)
  same([cache.get("a"), cache.strategyName], [1, "lru"], "createCache: swapped")
  try {
    createCache({ strategy: "seive", capacity: 10 })
  } catch (error) {
    same(
      [error instanceof CacheError, error.code],
      [true, "INVALID_OPTION"],
      "createCache: an error",
    )
    same(error.message.includes("did you mean sieve?"), true, "createCache: the nearest name")
    return
  }
  throw new Error("createCache: a name that is none was taken")
}
