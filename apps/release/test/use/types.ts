import { type Cache, CacheError, defineStrategy, type Policy, type Slot } from "@evictionary/core"
import { publish } from "@evictionary/core/diagnostics"
import { tagsOf } from "@evictionary/core/tags"
import { lru } from "@evictionary/lru"
import { cacheOf, currentLoad, memoize, memoizeAsync, memoized } from "@evictionary/memoize"
import { simulate, zipf } from "@evictionary/simulator"
import { readTraceFile } from "@evictionary/simulator/node"
import { unbounded } from "@evictionary/unbounded"
import { createCache } from "evictionary"
import { caches } from "evictionary/config"
import * as strategies from "./strategies.js"

// Compiled, never run: whatever the compiler, it takes what is right and nothing that is wrong.

const users: Cache<string, { name: string }> = lru({ capacity: 100, ttl: 1_000 })
const name: string | undefined = users.set("7", { name: "Ann" }).get("7")?.name
// @ts-expect-error A number is no key of it.
users.get(7)
// @ts-expect-error There is no bound.
lru<string, string>({ ttl: 1_000 })
// @ts-expect-error It has no bound.
unbounded<string, string>({ capacity: 1 })
users[Symbol.dispose]()
users.use(strategies.sieve)
const end: () => void = publish(users, "users")
const gone: number = tagsOf(users)
  .set("7", { name: "Ann" }, { tags: ["x"] })
  .invalidate("x")
// @ts-expect-error Tags are texts.
tagsOf(users).invalidate(7)

const fib = memoize(
  (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)),
  lru({ capacity: 9 }),
)
const result: number = fib(36)
// @ts-expect-error It takes a number.
fib("36")

const load = memoizeAsync(
  async (id: string): Promise<[string, boolean]> => [id, currentLoad().signal.aborted],
  { strategy: lru, capacity: 10, staleWhileRevalidate: 100, ttl: 1_000 },
)
const loaded: Promise<[string, boolean]> = load("7")

class Shop {
  @memoized(lru, { capacity: 100 })
  price(article: string, pieces: number): number {
    return article.length * pieces
  }

  @memoized(unbounded)
  get catalogue(): string[] {
    return ["tea", "salt"]
  }
}
const has: boolean = cacheOf(new Shop(), "price").has("tea", 5)
// @ts-expect-error It takes two arguments.
cacheOf(new Shop(), "price").has("tea")

const named: Cache<string, Date> = createCache<string, Date>("s3-fifo, capacity=10, ttl=1m")
// @ts-expect-error LRU has no such option.
createCache({ strategy: "lru", capacity: 10, window: 1 })
const all = caches({ pages: { strategy: "lru", capacity: 10 }, users: "sieve, capacity=10" })

const simulated = simulate(zipf({ keys: 10, requests: 100 }), {
  strategies: [strategies.arc],
  capacities: [5],
})
const hits: Promise<number[]> = simulated.then(({ results }) => results.map((each) => each.hits))
const trace = readTraceFile("access.log.gz", { format: "log" })

class FifoPolicy implements Policy {
  onHit(_slot: Slot): void {}
  evict(): Slot {
    return 1 as Slot
  }
  onInsert(_slot: Slot): void {}
  onRemove(_slot: Slot): void {}
  resize(_capacity: number): void {}
  *[Symbol.iterator](): Generator<Slot, void, undefined> {}
}
const mine = defineStrategy("mine", () => new FifoPolicy())
mine<string, number>({ capacity: 1 }).set("a", 1)

export const code = new CacheError("INVALID_OPTION", "…").code === "INVALID_OPTION"
export { all, end, gone, has, hits, loaded, name, named, result, trace }
