import fc from "fast-check"
import { forAll, type Law, same } from "../law.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Keys"

/** Keys of every kind; integers that collide in tables of many sizes among them. */
const anyKey: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...KEYS),
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.integer({ min: -8, max: 8 }).map((n) => n * 2 ** 28),
  fc.double(),
  fc.string(),
  fc.bigInt({ min: -2n, max: 2n }),
)

const steps = fc.array(fc.tuple(fc.constantFrom("set", "set", "get", "has", "delete"), anyKey), {
  maxLength: 200,
  size: "max",
})

export const keys: readonly Law[] = [
  {
    chapter,
    title: "keys are the same or different just as in a Map",
    examples: 40,
    check: (strategy) =>
      forAll(steps, (operations) => {
        const cache = cacheOf(strategy, 1_000)
        const map = new Map<unknown, unknown>()
        operations.forEach(([operation, key], value) => {
          if (operation === "set") {
            cache.set(key, value)
            map.set(key, value)
          } else if (operation === "get") same(cache.get(key), map.get(key), "get")
          else if (operation === "has") same(cache.has(key), map.has(key), "has")
          else same(cache.delete(key), map.delete(key), "delete")
        })
        same(cache.size, map.size, "size")
        for (const [key, value] of map) {
          same(cache.has(key), true, "has")
          same(cache.peek(key), value, "value")
        }
        for (const key of cache.keys()) same(map.has(key), true, "a key that was stored")
      }),
  },
  {
    chapter,
    title: "-0 is given back as 0",
    check: (strategy) => {
      const cache = cacheOf(strategy, 10)
      cache.getOrInsertComputed(-0, (key) => same(key, 0, "the key to compute"))
      same([...cache.keys()], [0], "keys")
    },
  },
  {
    chapter,
    title: "a stored undefined is a value",
    check: (strategy) => {
      const cache = cacheOf(strategy, 10)
      cache.set("key", undefined)
      same(cache.has("key"), true, "has")
      same([...cache], [["key", undefined]], "entries")
      same(cache.getOrInsert("key", "other"), undefined, "getOrInsert")
      same(
        cache.getOrInsertComputed("key", () => "other"),
        undefined,
        "getOrInsertComputed",
      )
      same(cache.stats.hits, 2, "hits")
    },
  },
]
