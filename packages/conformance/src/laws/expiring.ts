import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { actAll, situations, steps, subjectIn } from "../situations.ts"

const chapter = "Expiring"

/** How many may leave in passing, and would not make the caller wait. */
const A_FEW = 100

export const expiring: readonly Law[] = [
  {
    chapter,
    title: "an expired entry is told of and counted once, as expired, when it is removed",
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(40), fc.constantFrom("ttl", "idle")), ([count, term]) => {
        const told: unknown[][] = []
        const { cache, clock } = subjectIn(
          strategy,
          { bounds: { capacity: 100 }, [term]: 5, start: 0 },
          { onRemoval: (...removal) => told.push(removal) },
        )
        for (let n = 0; n < count; n++) cache.set(n, `value ${n}`)
        clock.time = 5
        for (let n = 0; n < count; n += 3) same(cache.get(n), undefined, "get")
        for (let n = 1; n < count; n += 3) same(cache.delete(n), false, "delete")
        cache.purgeExpired()
        same(told.length, count, "number of removals")
        same(cache.stats.expirations, count, "expirations")
        same([cache.stats.deletes, cache.stats.evictions], [0, 0], "deletes and evictions")
        for (const [key, value, cause] of told) {
          same([value, cause], [`value ${key}`, "expired"], "removal")
        }
        same(new Set(told.map(([key]) => key)).size, count, "different keys")
      }),
  },
  {
    chapter,
    title: "`purgeExpired` removes as many as have expired, at most `limit`, and says how many",
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(50)), ([over, alive, limit]) => {
        const { cache, clock } = subjectIn(strategy, { bounds: { capacity: 100 }, start: 0 })
        for (let n = 0; n < over; n++) cache.set(`over ${n}`, n, { ttl: 1 + (n % 5) })
        for (let n = 0; n < alive; n++) cache.set(`alive ${n}`, n, { ttl: 6 })
        clock.time = 5
        same(cache.purgeExpired(limit), Math.min(limit, over), "removed by the first call")
        same(cache.size, alive + Math.max(over - limit, 0), "size after the first call")
        same(cache.purgeExpired(), Math.max(over - limit, 0), "removed by the second call")
        same([cache.size, [...cache].length], [alive, alive], "size after the second call")
      }),
  },
  {
    chapter,
    title: "entries expire in the order of their deadlines, and of storing if those are the same",
    check: (strategy) =>
      forAll(
        fc.tuple(
          fc.constantFrom("ttl", "idle"),
          fc.array(fc.tuple(fc.nat(20), fc.constantFrom(undefined, 5, 20), fc.nat(3))),
        ),
        ([term, stores]) => {
          const told: unknown[] = []
          const { cache, clock } = subjectIn(
            strategy,
            { bounds: { capacity: 100 }, [term]: 50, start: 0 },
            { onRemoval: (key, _value, cause) => cause === "expired" && told.push(key) },
          )
          const deadlines = new Map<number, number>()
          for (const [key, ttl = 50, passed] of stores) {
            // Until the last is stored, none has expired.
            clock.time += passed / 64
            cache.set(key, "value", { ttl: ttl === 50 && term === "idle" ? undefined : ttl })
            deadlines.delete(key)
            deadlines.set(key, clock.time + ttl)
          }
          clock.time += 100
          cache.purgeExpired()
          const sorted = [...deadlines].sort(([, a], [, b]) => a - b)
          same(
            told,
            sorted.map(([key]) => key),
            "order of leaving",
          )
        },
      ),
  },
  {
    chapter,
    title: "a call of `get` or `set` removes a few expired entries, however many there are",
    check: (strategy) => {
      const { cache, clock } = subjectIn(strategy, {
        bounds: { capacity: 500 },
        ttl: 5,
        start: 0,
      })
      for (const call of [
        () => cache.get("miss"),
        () => cache.set("key", "value"),
        () => cache.get("key"),
        () => cache.getOrInsert("another key", "value"),
      ]) {
        for (let n = 0; n < 500; n++) cache.set(n, n)
        clock.time += 5
        const before = cache.size
        call()
        const removed = before - cache.size
        ensure(removed > 0, "none is removed")
        ensure(removed <= A_FEW, `${removed} are removed at once`)
      }
    },
  },
  {
    chapter,
    title: "when all has expired and is purged, nothing is left",
    examples: 60,
    check: (strategy) =>
      forAll(fc.tuple(situations, steps), ([situation, steps]) => {
        const subject = subjectIn(strategy, { ...situation, idle: 10 })
        const { cache, clock } = subject
        actAll(subject, steps)
        clock.time += 1e9
        cache.purgeExpired()
        same([cache.size, cache.weight], [0, 0], "size and weight")
        same([...cache], [], "entries")
        same(cache.coldest(Infinity), [], "entries of the policy")
        same(cache.dump().entries.length, 0, "entries in the dump")
      }),
  },
  {
    chapter,
    title: "`getOrInsert` and `getOrInsertComputed` take an expired entry for none",
    check: (strategy) =>
      forAll(fc.tuple(fc.boolean(), fc.nat(9), fc.integer({ min: 1, max: 20 })), (example) => {
        const [computed, weight, ttl] = example
        const { cache, clock } = subjectIn(
          strategy,
          { bounds: { capacity: 10 }, ttl, start: 0 },
          { weigher: () => weight },
        )
        const store = (value: string): unknown =>
          computed ? cache.getOrInsertComputed("key", () => value) : cache.getOrInsert("key", value)
        same(store("first"), "first", "result")
        clock.time += ttl - 1
        same(store("second"), "first", "result of a hit")
        clock.time += 1
        same(store("third"), "third", "result of a miss")
        same([cache.stats.hits, cache.stats.misses], [1, 2], "hits and misses")
        same([cache.entry("key")?.ttl, cache.weight], [ttl, weight], "time left and weight")
      }),
  },
  {
    chapter,
    title: "iteration leaves out what expires while it goes on",
    check: (strategy) =>
      forAll(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 20 })), ([count, turn]) => {
        for (const iterate of ["keys", "values", "entries"] as const) {
          const situation = { bounds: { capacity: 100 }, start: 0 }
          const { cache, clock } = subjectIn(strategy, situation)
          for (let n = 0; n < count; n++) cache.set(n, n, { ttl: n % 2 === 0 ? 5 : Infinity })
          const keys = [...cache.keys()] as number[]
          const seen: number[] = []
          for (const each of cache[iterate]()) {
            seen.push((Array.isArray(each) ? each[0] : each) as number)
            if (seen.length === turn) clock.time = 5
          }
          const expected = keys.filter((key, place) => place < turn || key % 2 === 1)
          same(seen, expected, iterate)
        }
      }),
  },
  {
    chapter,
    title:
      "with a timer, expired entries leave though nobody calls, until the cache is disposed of",
    check: (strategy) =>
      withTimers((timers) => {
        const { cache, clock } = subjectIn(
          strategy,
          { bounds: { capacity: 10 }, ttl: 5, start: 0 },
          { purge: "timer" },
        )
        cache.set("a", 1)
        clock.time = 2
        cache.set("b", 2).set("c", 3, { ttl: Infinity })
        for (const [time, size] of [
          [5, 2],
          [7, 1],
        ] as const) {
          clock.time = time
          timers.goOff()
          same(cache.size, size, `size at ${time}`)
        }
        cache.set("d", 4)
        cache[Symbol.dispose]()
        same(timers.pending, 0, "timers after the end")
      }),
  },
]

interface Timers {
  /** How many are set. */
  readonly pending: number
  /** Lets all go off that are set. */
  goOff(): void
}

/** Runs `body` with timers that go off when it says so. */
function withTimers(body: (timers: Timers) => void): void {
  const host = globalThis as unknown as Record<"clearTimeout" | "setTimeout", unknown>
  const { clearTimeout, setTimeout } = host
  const set = new Map<number, () => void>()
  let last = 0
  host.setTimeout = (callback: () => void): number => {
    set.set(++last, callback)
    return last
  }
  host.clearTimeout = (timer: number): boolean => set.delete(timer)
  try {
    body({
      get pending() {
        return set.size
      },
      goOff() {
        const due = [...set.values()]
        set.clear()
        for (const callback of due) callback()
      },
    })
  } finally {
    Object.assign(host, { clearTimeout, setTimeout })
  }
}
