import fc from "fast-check"
import { expect, it } from "vitest"
import { alike, same } from "../../../scripts/same.ts"
import { recency } from "./policies.ts"

/** A cache, and what it has told of, with a clock that the test sets. */
function timed(options: { ttl?: number; idle?: number; jitter?: number } = {}) {
  const clock = { time: 0, now: () => clock.time }
  const left: number[] = []
  const cache = recency<number, number>({
    capacity: 100,
    clock,
    onRemoval: (key, _value, cause) => cause === "expired" && left.push(key),
    ...options,
  })
  return { clock, cache, left }
}

const own = { ttl: 10 }

it.each([
  ["the cache's time to live", { ttl: 10 }, () => undefined],
  ["one of their own", {}, () => own],
  ["the idle time", { idle: 10 }, () => undefined],
  ["both", { ttl: 10, idle: 10 }, () => undefined],
  ["some the one and some the other", { idle: 10 }, (key: number) => (key % 3 ? own : undefined)],
])("entries that expire at once do so in the order of storing, by %s", (_by, options, terms) => {
  const { clock, cache, left } = timed(options)
  for (let key = 1; key <= 8; key++) cache.set(key, 0, terms(key))
  cache.set(2, 0, terms(2)).get(5)
  clock.time = 10
  cache.purgeExpired()
  expect(left).toEqual([1, 3, 4, 5, 6, 7, 8, 2])
})

const step = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("set"), fc.nat(12), fc.constant(undefined)) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constant("set"), fc.nat(12), fc.integer({ min: 1, max: 9 })),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant("delete"), fc.nat(12)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("tick"), fc.integer({ min: -4, max: 6 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("expire"), fc.integer({ min: 1, max: 9 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("purge"), fc.nat(3)) },
)

it("whatever was stored when, with whatever time to live, it expires in that order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (steps) => {
      const { clock, cache, left } = timed({ ttl: 5 })
      let ttl = 5
      let number = 0
      const known = new Map<number, { due: number; stored: number; number: number }>()
      /** Those that have expired leave, as many as the cache says. */
      function follow() {
        const over = [...known].filter(([, { due }]) => due <= clock.time)
        over.sort(([, a], [, b]) => a.due - b.due || a.stored - b.stored || a.number - b.number)
        for (const [key] of over.slice(0, left.length)) known.delete(key)
        const due = over.slice(0, left.length).map(([key]) => key)
        alike(left, due, "expired")
        left.length = 0
      }
      for (const [what, n, own] of steps) {
        if (what === "tick") clock.time += n as number
        else if (what === "purge") cache.purgeExpired(n)
        else cache.purgeExpired()
        follow()
        if (what === "expire") {
          ttl = n as number
          cache.expire({ ttl })
        } else if (what === "delete") {
          cache.delete(n as number)
          known.delete(n as number)
        } else if (what === "set") {
          cache.set(n as number, 0, { ttl: own })
          const due = clock.time + (own ?? ttl)
          known.set(n as number, { due, stored: clock.time, number: number++ })
        }
        same(cache.size, known.size, "size")
        for (const [key, { due }] of known) {
          const rest = due > clock.time ? due - clock.time : undefined
          same(cache.entry(key)?.ttl, rest, `time left to ${key}`)
        }
      }
      clock.time += 100
      cache.purgeExpired()
      follow()
      expect(known.size).toBe(0)
    }),
  )
})

it("what is used while the clock goes back and forth expires when it was not used for so long", () => {
  const use = fc.tuple(fc.nat(8), fc.integer({ min: -5, max: 5 }))
  fc.assert(
    fc.property(fc.array(use, { maxLength: 80, size: "max" }), (uses) => {
      const { clock, cache, left } = timed({ idle: 6 })
      const used = new Map<number, number>()
      for (const [key, tick] of uses) {
        clock.time += tick
        const over = [...used].filter(([, time]) => time + 6 <= clock.time)
        cache.purgeExpired()
        const times = over.map(([, time]) => time).sort((a, b) => a - b)
        alike(
          left.map((key) => used.get(key)),
          times,
          "last uses of what expired",
        )
        for (const [key] of over) used.delete(key)
        left.length = 0
        alike([...cache.keys()].sort(), [...used.keys()].sort(), "keys")
        cache.getOrInsert(key, 0)
        used.set(key, clock.time)
      }
    }),
  )
})

it("another idle time counts for those too that were used while the clock was set back", () => {
  const { clock, cache, left } = timed({ idle: 10 })
  for (const time of [5, 3, 4, 0, 5]) {
    clock.time = time
    cache.set(time, 0)
  }
  cache.expire({ idle: 20 })
  clock.time = 19
  expect(cache.purgeExpired()).toBe(0)
  clock.time = 25
  cache.purgeExpired()
  expect(left).toEqual([0, 3, 4, 5])
})
