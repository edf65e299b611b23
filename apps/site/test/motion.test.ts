import { mostHits } from "@evictionary/site/best"
import { callsOf, runsByCapacity } from "@evictionary/site/fibonacci"
import { Motion } from "@evictionary/site/motion"
import { boundedNames, FIRST, type PlayState, queryOf, stateIn } from "@evictionary/site/play-state"
import { sentenceOf } from "@evictionary/site/sentence"
import { keysOf, MOST_REQUESTS, typedKeys, WORKLOAD_NAMES } from "@evictionary/site/stream"
import fc from "fast-check"
import { expect, it } from "vitest"

const TEXT = "abcadaebfbcgaehbc"

it("a step back is the same as the replay of one request less", () => {
  const requests = fc.array(fc.constantFrom(..."abcdefg"), { maxLength: 40 })
  fc.assert(
    fc.property(requests, fc.integer({ min: 1, max: 8 }), fc.nat(), (keys, capacity, place) => {
      const at = keys.length === 0 ? 0 : place % keys.length
      const [moved, direct] = [1, 2].map(() => new Motion(boundedNames(), capacity, keys))
      moved!.goTo(at + 1)
      moved!.goTo(moved!.at - 1)
      direct!.goTo(Math.max(0, Math.min(at + 1, keys.length) - 1))
      expect(moved!.moments).toEqual(direct!.moments)
    }),
    { numRuns: 20 },
  )
})

it("the next eviction is one at which somebody leaves, or the end", () => {
  const motion = new Motion(["lru"], 4, [...TEXT])
  motion.goToEviction()
  expect([motion.at, motion.moments[0]!.victims]).toEqual([7, ["b"]])
  motion.goTo(0)
  const roomy = new Motion(["lru", "arc"], 64, [...TEXT])
  roomy.goToEviction()
  expect(roomy.at).toBe(TEXT.length)
})

it.each([
  ["lru", 7, "e is new and enters list; b leaves as the coldest of list."],
  ["lru", 6, "a is a hit and moves within list."],
  [
    "sieve",
    7,
    "e is new and enters queue; b leaves as the first of queue after a (visited 1, hand 1), with visited 0, hand 0.",
  ],
  [
    "arc",
    8,
    "b is remembered by B1 and enters T2; c leaves as the coldest of T1, |T1| = 3 and p = 0, and B1 remembers it; now p 0 → 1.",
  ],
  ["two-queue", 4, "a is a hit and stays where it is in A1in."],
  ["s3-fifo", 6, "a is a hit and stays where it is in small, hits 1 → 2."],
])("%s after %d requests: %s", (name, at, sentence) => {
  const motion = new Motion([name], 4, [...TEXT])
  motion.goTo(at)
  expect(motion.moments.map(sentenceOf)).toEqual([sentence])
})

it("whoever leaves is said to, with all strategies", () => {
  const motion = new Motion(boundedNames(), 3, [...TEXT])
  while (motion.at < motion.keys.length) {
    motion.goTo(motion.at + 1)
    for (const moment of motion.moments) {
      const sentence = sentenceOf(moment)
      for (const victim of moment.victims) expect(sentence).toContain(`${victim} leaves`)
      expect(sentence).not.toMatch(/undefined|NaN/)
    }
  }
})

it("no strategy hits more than is possible", async () => {
  const motion = new Motion(boundedNames(), 4, [...TEXT])
  while (motion.at < motion.keys.length) {
    motion.goTo(motion.at + 1)
    const most = await mostHits(motion.keys.slice(0, motion.at), 4)
    for (const { hits } of motion.moments) expect(hits).toBeLessThanOrEqual(most)
  }
})

it("the state goes into a URL and comes back", () => {
  const stream = fc.oneof(
    fc.record({ kind: fc.constant("typed" as const), text: fc.string() }),
    fc.record({
      kind: fc.constantFrom(...WORKLOAD_NAMES),
      requests: fc.integer({ min: 1, max: MOST_REQUESTS }),
      seed: fc.nat(1_000),
    }),
  )
  const state: fc.Arbitrary<PlayState> = fc.record({
    strategies: fc.uniqueArray(fc.constantFrom(...boundedNames()), { minLength: 1, maxLength: 4 }),
    capacity: fc.integer({ min: 1, max: 64 }),
    stream,
    at: fc.nat(MOST_REQUESTS),
  })
  fc.assert(
    fc.property(state, (state) => {
      expect(stateIn(queryOf(state))).toEqual(state)
    }),
  )
})

it.each([
  ["", FIRST],
  ["strategies=nobody,unbounded&capacity=0&at=-1", FIRST],
  ["capacity=65&workload=nothing&at=1e3", FIRST],
])("a URL that says nothing, or nonsense, means the first state: %j", (query, state) => {
  expect(stateIn(query)).toEqual(state)
})

it("keys are letters, or words where there are blanks or commas", () => {
  expect(typedKeys("abca")).toEqual(["a", "b", "c", "a"])
  expect(typedKeys(" one, two  one ")).toEqual(["one", "two", "one"])
  expect(typedKeys("")).toEqual([])
})

it.each(WORKLOAD_NAMES)(
  "the workload %s has as many requests as asked for, the same each time",
  (kind) => {
    const keys = keysOf({ kind, requests: 50, seed: 1 })
    expect(keys).toHaveLength(50)
    expect(keysOf({ kind, requests: 50, seed: 1 })).toEqual(keys)
  },
)

it("the tree of fib has a call for each, and with a cache those that the cache answers are leaves", () => {
  expect(callsOf(10)).toHaveLength(177)
  const calls = callsOf(10, "lru")
  expect(calls.filter(({ cached }) => !cached)).toHaveLength(11)
  calls.forEach(({ parent, cached, n }, i) => {
    if (parent === undefined) expect([i, n]).toEqual([0, 10])
    else expect(calls[parent]!.cached).toBe(false)
    if (cached) expect(calls.some((call) => call.parent === i)).toBe(false)
  })
})

it("with little room, the body of fib runs as often as the table of `bench` says", () => {
  expect(runsByCapacity(10, "lru", 3)).toEqual([177, 64, 11])
  expect(callsOf(10, "lru", 2).filter(({ cached }) => !cached)).toHaveLength(
    runsByCapacity(10, "lru", 2)[1]!,
  )
})
