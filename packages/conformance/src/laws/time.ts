import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { act, type Situation, type Subject, situations, steps, subjectIn } from "../situations.ts"
import type { AnyStrategy } from "../subject.ts"

const chapter = "Time"

/** A beginning of time, and a time to live; often it is over just when the clock shows 0. */
const times = fc
  .tuple(fc.constantFrom(0, "before 0", -7, -100, 2 ** 40, 0.5), fc.integer({ min: 2, max: 50 }))
  .map(([start, ttl]): [number, number] => [start === "before 0" ? -ttl : Number(start), ttl])

const lookups = fc.constantFrom("get", "getOrInsert", "getOrInsertComputed")

/** A cache with room for all. */
function roomy(strategy: AnyStrategy, situation: Partial<Situation>, more: object = {}): Subject {
  return subjectIn(strategy, { bounds: { capacity: 100 }, start: 0, ...situation }, more)
}

/** Whether the entry of "key" is there, by whatever way one asks. */
function isThere({ cache }: Subject): boolean {
  const answers = [
    cache.has("key"),
    cache.peek("key") !== undefined,
    cache.entry("key") !== undefined,
    [...cache.keys()].includes("key"),
    [...cache.values()].length > 0,
    [...cache].length > 0,
    cache.coldest(Infinity).length > 0,
    cache.hottest(1).length > 0,
    cache.dump().entries.length > 0,
  ]
  let visits = 0
  cache.forEach(() => {
    visits++
  })
  answers.push(visits > 0)
  const [first] = answers
  same(answers, new Array(answers.length).fill(first), "answers")
  return first as boolean
}

/** Uses the entry as `name` does, which must be there. */
function hit({ cache }: Subject, name: string): void {
  if (name === "get") cache.get("key")
  else if (name === "getOrInsert") cache.getOrInsert("key", "other")
  else cache.getOrInsertComputed("key", () => "other")
}

export const time: readonly Law[] = [
  {
    chapter,
    title: "an entry is there when `ttl` - 1 have passed, and gone when `ttl` have",
    examples: 40,
    check: (strategy) =>
      forAll(times, ([start, ttl]) => {
        const subject = roomy(strategy, { start, ttl })
        subject.cache.set("key", "value")
        for (const passed of [0, 1, ttl - 1, ttl - 0.25]) {
          subject.clock.time = start + passed
          ensure(isThere(subject), `gone after ${passed}`)
          same(subject.cache.entry("key")?.ttl, ttl - passed, "time left")
          same(subject.cache.entry("key")?.age, passed, "age")
        }
        for (const passed of [ttl, ttl + 1, ttl + 1e9]) {
          subject.clock.time = start + passed
          ensure(!isThere(subject), `there after ${passed}`)
        }
        same(subject.cache.get("key"), undefined, "get")
        same(subject.cache.delete("key"), false, "delete")
      }),
  },
  {
    chapter,
    title: "overwriting begins the time to live anew, and a hit does not",
    check: (strategy) =>
      forAll(fc.tuple(times, lookups), ([[start, ttl], lookup]) => {
        const subject = roomy(strategy, { start, ttl })
        subject.cache.set("key", "first")
        subject.clock.time += ttl - 1
        subject.cache.set("key", "second")
        subject.clock.time += ttl - 1
        hit(subject, lookup)
        same(subject.cache.peek("key"), "second", "value")
        subject.clock.time += 1
        ensure(!isThere(subject), "there though its time is over")
      }),
  },
  {
    chapter,
    title: "a hit and overwriting begin the idle time anew, and looking does not",
    check: (strategy) =>
      forAll(fc.tuple(times, lookups), ([[start, idle], lookup]) => {
        const subject = roomy(strategy, { start, idle })
        subject.cache.set("key", "first")
        subject.clock.time += idle - 1
        hit(subject, lookup)
        subject.clock.time += idle - 1
        ensure(isThere(subject), "gone though it was used")
        subject.cache.set("key", "second")
        subject.clock.time += idle - 1
        same(subject.cache.entry("key")?.ttl, 1, "time left")
        ensure(isThere(subject), "gone though it was overwritten")
        subject.clock.time += 1
        ensure(!isThere(subject), "there though nobody used it")
      }),
  },
  {
    chapter,
    title: "the `ttl` that `set` is told takes the place of the cache's, be it longer or shorter",
    check: (strategy) =>
      forAll(
        fc.tuple(fc.nat(20), fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), times),
        ([before, general, [start, ttl]]) => {
          const subject = roomy(strategy, { start, ...(general && { ttl: general }) })
          subject.clock.time += before
          subject.cache.set("key", "value", { ttl })
          subject.clock.time += ttl - 1
          ensure(isThere(subject), "gone before")
          subject.clock.time += 1
          ensure(!isThere(subject), "there after")
          subject.cache.set("key", "value", { ttl: Infinity })
          subject.clock.time += 1e9
          ensure(isThere(subject), "gone though it was for ever")
          same(subject.cache.entry("key")?.ttl, Infinity, "time left")
        },
      ),
  },
  {
    chapter,
    title: "a function of time to live is asked with the value and the key",
    check: (strategy) =>
      forAll(times, ([start, ttl]) => {
        const asked: unknown[][] = []
        const subject = roomy(
          strategy,
          { start },
          {
            ttl(...question: unknown[]) {
              asked.push(question)
              return question[0] === "for ever" ? Infinity : ttl
            },
          },
        )
        subject.cache.set("key", "value").set("other", "for ever")
        same(
          asked,
          [
            ["value", "key"],
            ["for ever", "other"],
          ],
          "questions",
        )
        same(subject.cache.entry("key")?.ttl, ttl, "time left")
        subject.clock.time += 1e9
        same([...subject.cache.keys()], ["other"], "keys")
      }),
  },
  {
    chapter,
    title: "a time to live of 0 stores nothing and evicts nobody; an older entry of the key goes",
    examples: 40,
    check: (strategy) =>
      forAll(fc.tuple(fc.constantFrom("ttl", "told", "idle"), fc.boolean()), ([how, present]) => {
        const left: unknown[] = []
        let ttl = Infinity
        const { cache } = subjectIn(
          strategy,
          { bounds: { capacity: 2 }, start: 0, ...(how === "idle" && { idle: 0 }) },
          {
            onRemoval: (...removal) => left.push(removal),
            ...(how === "ttl" && { ttl: () => ttl }),
          },
        )
        cache.set("a", 1).set("b", 2)
        const before = how === "idle" ? [] : [...cache.keys()]
        const key = present ? "a" : "c"
        ttl = 0
        cache.set(key, 3, how === "told" ? { ttl } : {})
        ensure(!cache.has(key), "it is there")
        same(
          [...cache.keys()],
          before.filter((each) => each !== key),
          "keys",
        )
        same(left, present && how !== "idle" ? [["a", 1, "deleted"]] : [], "removals")
      }),
  },
  {
    chapter,
    title: "nothing depends on where the clock begins",
    examples: 60,
    check: (strategy) =>
      forAll(
        fc.tuple(situations, steps, fc.constantFrom(1, -1, 1e6, 2 ** 40, -(2 ** 40))),
        ([situation, steps, shift]) => {
          const removals: unknown[][] = [[], []]
          const [here, there] = [0, shift].map((start, which) =>
            subjectIn(
              strategy,
              { ...situation, start },
              { onRemoval: (...removal) => removals[which]?.push(removal) },
            ),
          ) as [Subject, Subject]
          steps.forEach((step, value) => {
            const result = act(here, step, value)
            const shifted = act(there, step, value)
            if (result !== here.cache) same(shifted, result, `result of ${step[0]}`)
            same([...there.cache], [...here.cache], "entries")
          })
          same(removals[1], removals[0], "removals")
        },
      ),
  },
  {
    chapter,
    title: "jitter shortens each time to live by at most its share, as `random` says",
    check: (strategy) =>
      forAll(
        fc.tuple(times, fc.nat(4), fc.array(fc.nat(4), { minLength: 1 })),
        ([[start, ttl], jitter, numbers]) => {
          let asked = 0
          const random = (): number => (numbers[asked++ % numbers.length] as number) / 8
          const { cache } = roomy(strategy, { start, ttl, jitter: jitter / 4 }, { random })
          numbers.forEach((number, index) => {
            cache.set(index, "value", index % 2 === 0 ? {} : { ttl: 2 * ttl })
            const whole = index % 2 === 0 ? ttl : 2 * ttl
            const expected = whole * (1 - (jitter / 4) * (number / 8))
            same(cache.entry(index)?.ttl, start + expected - start, "time left")
          })
          cache.set("for ever", "value", { ttl: Infinity })
          same(cache.entry("for ever")?.ttl, Infinity, "time left of what is for ever")
          same(asked, jitter === 0 ? 0 : numbers.length, "random numbers")
        },
      ),
  },
  {
    chapter,
    title: "`expire` gives another ttl to what is stored from then on, another idle time to all",
    check: (strategy) =>
      forAll(
        fc.tuple(times, fc.constantFrom(undefined, 7, 1_000), fc.integer({ min: 1, max: 20 })),
        ([[start, ttl], idleBefore, idle]) => {
          const { cache, clock } = roomy(strategy, {
            start,
            ttl: ttl + 100,
            ...(idleBefore !== undefined && { idle: idleBefore + 200 }),
          })
          cache.set("before", 1)
          cache.expire({ ttl })
          cache.set("key", 2)
          same(cache.entry("before")?.ttl, ttl + 100, "time left to what was there")
          same(cache.entry("key")?.ttl, ttl, "time left to what came later")
          clock.time += 0.5
          cache.get("key")
          cache.expire({ idle })
          const used = idleBefore === undefined ? clock.time : start
          const left = Math.min(used + idle, start + ttl + 100) - clock.time
          same(cache.entry("before")?.ttl, left > 0 ? left : undefined, "time left with `idle`")
          same(cache.entry("key")?.ttl, Math.min(idle, ttl - 0.5), "time left after a hit")
          clock.time += Math.min(idle, ttl - 0.5)
          ensure(!cache.has("key"), "there though its time is up")
          cache.purgeExpired()
          same(cache.size, cache.has("before") ? 1 : 0, "entries left")
        },
      ),
  },
]
