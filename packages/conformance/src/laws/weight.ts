import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { actAll, type Situation, situations, steps, subjectIn } from "../situations.ts"
import { type AnyStrategy, KEYS, type TestCache } from "../subject.ts"
import { throws } from "./errors.ts"

const chapter = "Weight"

/** Entries for ever, so that what leaves has not expired. */
const weighty: fc.Arbitrary<Situation> = situations.map(({ bounds, weigher }) => ({
  bounds,
  ...(weigher !== undefined && { weigher }),
  start: 0,
}))

/** Keys so few that what is overwritten is often there. */
const index = fc.nat(5)
const key = index.map((index) => KEYS[index])
const writes = fc.array(fc.tuple(index, fc.nat(5)), { maxLength: 20, size: "max" })

/** A cache of so much weight, and those that leave it from then on. */
function filled(
  strategy: AnyStrategy,
  maxWeight: number,
  entries: readonly (readonly [number, number])[],
): [TestCache, [key: unknown, cause: string][]] {
  const left: [unknown, string][] = []
  const { cache } = subjectIn(
    strategy,
    { bounds: { maxWeight }, start: 0 },
    { onRemoval: (key, _value, cause) => left.push([key, cause]) },
  )
  entries.forEach(([index, weight], value) => {
    cache.set(KEYS[index], value, { weight })
  })
  left.length = 0
  return [cache, left]
}

export const weight: readonly Law[] = [
  {
    chapter,
    title: "the weight is the sum of what the entries weigh",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(weighty, steps), ([situation, steps]) => {
        const subject = subjectIn(strategy, situation)
        actAll(subject, steps)
        const { cache } = subject
        cache.purgeExpired()
        let sum = 0
        for (const key of cache.keys()) sum += cache.entry(key)?.weight ?? 0
        same(cache.weight, sum, "weight")
      }),
  },
  {
    chapter,
    title: "an entry weighs what `set` is told, else what the weigher says, else 1",
    check: (strategy) =>
      forAll(fc.tuple(key, fc.nat(9), fc.nat(9)), ([key, own, general]) => {
        const asked: unknown[] = []
        const weigher = (value: unknown, key: unknown): number => {
          asked.push(value, key)
          return general
        }
        const bounds = { maxWeight: 100 }
        const { cache: weighing } = subjectIn(strategy, { bounds, start: 0 }, { weigher })
        const { cache: plain } = subjectIn(strategy, { bounds, start: 0 })
        for (const [cache, otherwise] of [
          [weighing, general],
          [plain, 1],
        ] as const) {
          same(cache.set(key, "a").weight, otherwise, "weight of the first value")
          same(cache.set(key, "b", { weight: own }).weight, own, "weight that is told")
          same(cache.set(key, "c").weight, otherwise, "weight of the third value")
          same(cache.entry(key)?.weight, otherwise, "weight of the entry")
        }
        same([asked[0], asked.at(-2)], ["a", "c"], "values weighed")
        ensure([asked[1]].includes(key), "the weigher does not get the key")
      }),
  },
]

/** As large as weights can be. */
const LARGEST = Number.MAX_SAFE_INTEGER
const large = fc.constantFrom(1, 2, (LARGEST - 1) / 2, LARGEST - 2, LARGEST - 1, LARGEST)

/** For strategies that evict. */
export const weightBounds: readonly Law[] = [
  {
    chapter,
    title: "a weight that cannot be added exactly is refused, and nothing has changed",
    check: (strategy) =>
      forAll(fc.tuple(fc.integer({ min: 1, max: LARGEST }), fc.nat(9)), ([weight, more]) => {
        const { cache } = subjectIn(strategy, { bounds: { capacity: 5 }, start: 0 })
        const rest = Number.MAX_SAFE_INTEGER - weight
        cache.set("a", 1, { weight }).set("b", 2, { weight: rest })
        const before = [...cache]
        const set = (key: string, weight: number): unknown => cache.set(key, 3, { weight })
        throws("INVALID_ARGUMENT", () => set("c", 1 + more), "`weight`")
        if (weight > 1 + more)
          throws("INVALID_ARGUMENT", () => set("b", rest + 1 + more), "`weight`")
        const entries = [weight, rest, 1 + more].map((weight, key) => ({ key, value: 0, weight }))
        throws("INVALID_ARGUMENT", () => cache.load({ version: 1, entries }), "weight")
        same([...cache], before, "entries")
        same([cache.weight, cache.stats.inserts], [Number.MAX_SAFE_INTEGER, 2], "weight, inserts")
        cache.set("a", 1, { weight: 0 }).set("c", 3, { weight })
        same(cache.weight, Number.MAX_SAFE_INTEGER, "weight once there is room")
      }),
  },
  {
    chapter,
    title: "weights are added up exactly, as large as they may be",
    examples: 30,
    check: (strategy) =>
      forAll(fc.array(fc.tuple(index, large), { maxLength: 20 }), (entries) => {
        const bounds = { maxWeight: LARGEST }
        const { cache } = subjectIn(strategy, { bounds, start: 0 })
        entries.forEach(([index, weight], value) => {
          cache.set(KEYS[index], value, { weight })
          let sum = 0n
          for (const key of cache.keys()) sum += BigInt(cache.entry(key)?.weight ?? 0)
          same(BigInt(cache.weight), sum, "weight")
        })
        for (const key of cache.keys()) cache.delete(key)
        same(cache.weight, 0, "weight of nothing")
      }),
  },
  {
    chapter,
    title:
      "an entry above `maxWeight` is not stored and evicts nobody; an older one of its key goes",
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(12), writes, key), ([maxWeight, entries, key]) => {
        const [cache, left] = filled(strategy, maxWeight, entries)
        const before = new Map(cache)
        const present = before.delete(key)
        const { deletes, inserts, updates } = cache.stats
        cache.set(key, "too heavy", { weight: maxWeight + 1 })
        same(left, present ? [[key === 0 ? 0 : key, "deleted"]] : [], "removals")
        ensure(!cache.has(key), "it is there")
        same(cache.size, before.size, "size")
        for (const [other, value] of before) same(cache.peek(other), value, "value of another key")
        const { stats } = cache
        same([stats.inserts, stats.updates], [inserts, updates], "inserts and updates")
        same(stats.deletes, deletes + (present ? 1 : 0), "deletes")
      }),
  },
  {
    chapter,
    title: "overwriting evicts nobody if the new weight fits, the old one not counted",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(12), writes, key, fc.nat(12)), ([maxWeight, entries, key, rest]) => {
        const [cache, left] = filled(strategy, maxWeight, entries)
        const old = cache.entry(key)
        if (old === undefined) return
        const room = maxWeight - (cache.weight - old.weight)
        const weight = Math.max(room - rest, 0)
        const total = cache.weight - old.weight + weight
        cache.set(key, "new", { weight })
        same(
          left.map(([, cause]) => cause),
          ["replaced"],
          "causes",
        )
        same(cache.weight, total, "weight")
      }),
  },
  {
    chapter,
    title: "an entry that has become heavier stays, and others leave only until it fits",
    examples: 150,
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(12), writes, key, fc.nat(12)), ([maxWeight, entries, key, weight]) => {
        const [cache, left] = filled(strategy, maxWeight, entries)
        if (!cache.has(key) || weight > maxWeight) return
        const weights = new Map([...cache.keys()].map((each) => [each, cache.entry(each)?.weight]))
        cache.set(key, "new", { weight })
        same(cache.peek(key), "new", "value")
        same(cache.entry(key)?.weight, weight, "weight of the entry")
        const evicted = left.filter(([, cause]) => cause === "evicted")
        same(evicted.length + 1, left.length, "those that left, and the old value")
        ensure(cache.weight <= maxWeight, "more weight than `maxWeight`")
        const last = evicted.at(-1)
        if (last === undefined) return
        const withLast = cache.weight + (weights.get(last[0]) as number)
        ensure(withLast > maxWeight, "the last one had no need to leave")
      }),
  },
  {
    chapter,
    title: "a smaller `maxWeight` evicts only until the rest fits, and a larger one nobody",
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(12), writes, fc.nat(14)), ([maxWeight, entries, next]) => {
        const [cache, left] = filled(strategy, maxWeight, entries)
        const weights = new Map([...cache.keys()].map((each) => [each, cache.entry(each)?.weight]))
        const before = cache.weight
        cache.resize(cache.capacity, next)
        same([cache.capacity, cache.maxWeight], [Infinity, next], "bounds")
        ensure(cache.weight <= next, "more weight than `maxWeight`")
        if (before <= next) same(left, [], "removals")
        for (const [, cause] of left) same(cause, "evicted", "cause")
        const last = left.at(-1)
        if (last === undefined) return
        const withLast = cache.weight + (weights.get(last[0]) as number)
        ensure(withLast > next, "the last one had no need to leave")
      }),
  },
]
