import { type Cache, defineStrategy } from "@evictionary/core"
import { tagsOf } from "@evictionary/core/tags"
import fc from "fast-check"
import { expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { alike, same } from "../../../scripts/same.ts"
import { Recency, recency, remembering, stack } from "./policies.ts"

type Key = number | string

const eternal = defineStrategy("eternal", ({ slots }) => new Recency(slots), { neverEvicts: true })
const strategies = { recency, remembering, stack }

const KEYS: readonly Key[] = [0, 1, 2, 3, "1", "__proto__"]
const TAGS = ["a", "b", "c", "constructor", "ü"]

const key = fc.constantFrom(...KEYS)
const tags = fc.subarray(TAGS, { maxLength: 3 })
const terms = fc.record(
  { tags, ttl: fc.constantFrom(0, 1, 3, 20), weight: fc.nat(4) },
  { requiredKeys: [] },
)

/** What may be done to a cache and its tags; a store takes its value from `newValue`. */
type Step = (cache: Cache<Key, unknown>, newValue: () => unknown, told: typeof tell) => void

/** By which a test learns of what is to be. */
function tell(_what: "done" | "invalidated" | "stored", _about: unknown[]): void {}

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(key, terms).map(
      ([key, terms]): Step =>
        (cache, newValue, told) => {
          const value = newValue()
          told("stored", [key, value, terms.tags ?? []])
          tagsOf(cache).set(key, value, terms)
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(key, fc.boolean()).map(
      ([key, inserts]): Step =>
        (cache, newValue) => {
          if (inserts) cache.getOrInsertComputed(key, newValue)
          else cache.set(key, newValue())
        },
    ),
  },
  {
    weight: 3,
    arbitrary: tags.map(
      (tags): Step =>
        (cache, _newValue, told) => {
          told("invalidated", [tags])
          told("done", [tagsOf(cache).invalidate(...tags)])
        },
    ),
  },
  {
    weight: 2,
    arbitrary: key.map(
      (key): Step =>
        (cache) =>
          cache.get(key),
    ),
  },
  {
    weight: 2,
    arbitrary: key.map(
      (key): Step =>
        (cache) =>
          cache.delete(key),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map(
      (n): Step =>
        (cache) => {
          if (cache.capacity < Infinity) cache.resize(n, 2 * n)
        },
    ),
  },
  fc.constant<Step>((cache) => cache.clear()),
  fc.constant<Step>((cache) => cache.load(cache.dump())),
  fc.constant<Step>((cache) => cache.purgeExpired()),
  fc.constantFrom(recency, remembering, eternal).map(
    (strategy): Step =>
      (cache) => {
        cache.use(strategy)
      },
  ),
)

const ticking = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: steps },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
  ),
  { maxLength: 80, size: "max" },
)

function sorted(tags: readonly string[] = []): string {
  return [...tags].sort().join()
}

it.each(Object.entries(strategies))(
  "in %s, a value has its tags for as long as it is there",
  (_name, strategy) => {
    const values = [NaN, undefined, "x", {}]
    fc.assert(
      fc.property(ticking, fc.array(fc.constantFrom(...values), { minLength: 1 }), (acts, pool) => {
        let now = 0
        let next = 0
        const cache = strategy<Key, unknown>({
          capacity: 4,
          maxWeight: 8,
          clock: { now: () => now },
        })
        const tags = tagsOf(cache)
        /** By key: the value and its tags; of what has expired, until it is removed. */
        const model = new Map<Key, [unknown, readonly string[]]>()
        cache.subscribe({ onRemoval: prune })
        function prune(key: Key): void {
          const [value] = model.get(key) ?? []
          if (!cache.has(key) || !Object.is(cache.peek(key), value)) model.delete(key)
        }
        for (const act of acts) {
          let stored: Key | undefined
          if (typeof act === "number") now += act
          else {
            const before = [...cache]
            let left = before
            act(
              cache,
              () => pool[next++ % pool.length],
              (what, about) => {
                if (what === "stored") {
                  const [key, value, its] = about as [Key, unknown, string[]]
                  model.set(key, [value, its])
                  stored = key
                  return
                }
                if (what === "invalidated") {
                  const [invalidated] = about as [string[]]
                  left = before.filter(
                    ([key]) => !model.get(key)?.[1].some((tag) => invalidated.includes(tag)),
                  )
                  return
                }
                alike([...cache], left, "entries")
                alike(about, [before.length - left.length], "invalidated")
              },
            )
          }
          if (stored !== undefined) prune(stored)
          const right = KEYS.map((key) => (cache.has(key) ? model.get(key)?.[1] : []))
          const its = KEYS.map((key) => sorted(tags.of(key)))
          alike(its, right.map(sorted), "tags of each key")
        }
        cache.clear()
        same(tags.invalidate(...TAGS), 0, "invalidated where nothing is")
      }),
      { numRuns: deep ? 1_000 : 50 },
    )
  },
)

it.each(Object.entries(strategies))(
  "in %s, that is so whatever listeners do, before and after the tags hear of it",
  (_name, strategy) => {
    fc.assert(
      fc.property(ticking, fc.array(steps, { minLength: 1 }), (acts, nested) => {
        let now = 0
        let next = 0
        let turn = 0
        const errors: unknown[] = []
        const cache = strategy<Key, unknown>({
          capacity: 4,
          maxWeight: 8,
          clock: { now: () => now },
          onRemoval: react,
          onListenerError: (error) => errors.push(error),
        })
        /** Each value is stored once, so they tell what tags are right. */
        const wanted = new Map<unknown, readonly string[]>()
        const newValue = () => next++
        const told: typeof tell = (what, about) => {
          if (what === "stored") wanted.set(about[1], about[2] as string[])
        }
        function react(): void {
          if (turn++ > 200) return
          if (turn % 3 !== 0) nested[turn % nested.length]?.(cache, newValue, told)
          if (turn % 4 === 0) throw "from the listener"
        }
        const tags = tagsOf(cache)
        cache.subscribe({ onRemoval: react, onInsert: react, onUpdate: react })
        for (const act of acts) {
          if (typeof act === "number") now += act
          else act(cache, newValue, told)
          const right = KEYS.map((key) => (cache.has(key) ? wanted.get(cache.peek(key)) : []))
          const its = KEYS.map((key) => sorted(tags.of(key)))
          alike(its, right.map(sorted), "tags of each key")
        }
        const others = errors.filter((error) => error !== "from the listener")
        alike(others, [], "other errors than those of the listener")
        turn = Infinity
        for (const tag of TAGS) {
          tags.invalidate(tag)
          const left = KEYS.filter((key) => tags.of(key).includes(tag))
          alike(left, [], `keys with ${tag}, which was invalidated`)
        }
        for (const [, value] of cache) alike(wanted.get(value) ?? [], [], `tags of ${value}`)
      }),
      { numRuns: deep ? 1_000 : 50 },
    )
  },
)

it("a listener that stores the same value again adds its tags: which was last, nobody knows", () => {
  const cache = recency<string, number>({ capacity: 2 })
  const tags = tagsOf(cache)
  const end = cache.subscribe({
    onInsert(key, value) {
      end()
      tags.set(key, value, { tags: ["nested"] })
    },
  })
  tags.set("a", 1, { tags: ["outer"] })
  expect(tags.of("a").sort()).toEqual(["nested", "outer"])
})

it("the tags of a cache are the same for all who ask", () => {
  const cache = recency<string, number>({ capacity: 2 })
  tagsOf(cache).set("a", 1, { tags: ["x"] })
  expect(tagsOf(cache).invalidate("x")).toBe(1)
  expect(tagsOf(recency<string, number>({ capacity: 2 })).of("a")).toEqual([])
})

it.each([
  ["no array", { tags: "team" }, "`tags` must be an array of strings, received"],
  ["an empty name", { tags: [""] }, "`tag` must be a string of whole characters that is not empty"],
  ["half a character", { tags: ["\ud800"] }, "`tag` must be a string of whole characters"],
  ["a number", { tags: ["x", 5] }, "`tag` must be a string of whole characters"],
  ["another option", { tag: "x" }, "`tag` is not an option; the options are ttl, weight, tags"],
  ["a bad ttl", { tags: ["y"], ttl: -1 }, "`ttl` must be"],
])("%s is refused, and nothing has changed", (_what, terms, message) => {
  const cache = recency<string, number>({ capacity: 2 })
  const tags = tagsOf(cache).set("a", 1, { tags: ["x"] })
  expect(() => tags.set("a", 1, terms as never)).toThrow(message)
  expect([...cache]).toEqual([["a", 1]])
  expect(tags.of("a")).toEqual(["x"])
})

it("what is no tag, and what is no cache, is refused", () => {
  const cache = recency<string, number>({ capacity: 2 })
  const tags = tagsOf(cache).set("a", 1, { tags: ["x"] })
  expect(() => tags.invalidate("x", 5 as never)).toThrow("`tag` must be")
  expect(cache.has("a")).toBe(true)
  for (const none of [undefined, {}, new Map()]) {
    expect(() => tagsOf(none as never)).toThrow("`cache` must be a cache, received")
  }
})

it("it takes as long to invalidate as there is to remove", () => {
  let asked = 0
  const cache = recency<number, number>({ capacity: 20_000 })
  const tags = tagsOf(cache)
  for (let n = 0; n < 20_000; n++) tags.set(n, n, { tags: ["all", `${n >> 2}`] })
  const { entry } = cache
  cache.entry = (key) => {
    asked++
    return entry.call(cache, key)
  }
  expect(tags.invalidate("7", "7", "none")).toBe(4)
  expect(asked).toBeLessThanOrEqual(8)
})
