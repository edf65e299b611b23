import type { Cache } from "@evictionary/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { recency, remembering } from "./policies.ts"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it("time is told by performance.now unless a clock is given, and tests may replace it", () => {
  const cache = recency<string, number>({ capacity: 10, ttl: 1_000 })
  cache.set("a", 1)
  vi.advanceTimersByTime(999)
  expect(cache.get("a")).toBe(1)
  vi.advanceTimersByTime(1)
  expect(cache.get("a")).toBeUndefined()
})

it("where there is no `performance`, time is told by `Date`", () => {
  vi.stubGlobal("performance", undefined)
  const cache = recency<string, number>({ capacity: 10, ttl: 1_000 })
  cache.set("a", 1)
  vi.setSystemTime(Date.now() + 999)
  expect(cache.get("a")).toBe(1)
  vi.setSystemTime(Date.now() + 1)
  expect(cache.get("a")).toBeUndefined()
})

it.each(["WeakRef", "setTimeout"])("a timer is refused where there is no %s", (name) => {
  vi.stubGlobal(name, undefined)
  expect(() => recency({ capacity: 1, purge: "timer" })).toThrow(
    expect.objectContaining({
      code: "UNSUPPORTED",
      message: '`purge` "timer" needs `WeakRef` and `setTimeout`',
    }),
  )
  expect(recency({ capacity: 1, ttl: 1 }).set(1, 1).size).toBe(1)
})

it("without a timer, nothing happens by itself", () => {
  const cache = recency<string, number>({ capacity: 10, ttl: 1_000 })
  cache.set("a", 1)
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(5_000)
  expect(cache.size).toBe(1)
  expect(cache.has("a")).toBe(false)
})

it("with a timer, entries leave when their time is up, and one timer does for all", () => {
  const left: string[] = []
  const cache = recency<string, number>({
    capacity: 10,
    purge: "timer",
    onRemoval: (key, _value, cause) => left.push(`${key} ${cause} at ${performance.now()}`),
  })
  const start = performance.now()
  expect(vi.getTimerCount()).toBe(0)
  cache.set("late", 1, { ttl: 500 }).set("early", 2, { ttl: 100 }).set("never", 3)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(99)
  expect(left).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(left).toEqual([`early expired at ${start + 100}`, `late expired at ${start + 500}`])
  expect(cache.size).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

it("the timer follows deadlines that are put off, and leaves others alone", () => {
  const cache = recency<string, number>({ capacity: 10, idle: 100, purge: "timer" })
  cache.set("used", 1).set("unused", 2)
  for (let n = 0; n < 5; n++) {
    vi.advanceTimersByTime(60)
    expect(cache.get("used")).toBe(1)
  }
  expect(cache.size).toBe(1)
  vi.advanceTimersByTime(100)
  expect(cache.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

it("the timer removes a mass of entries in several turns", () => {
  const cache = recency<number, number>({ capacity: 10_000, ttl: 10, purge: "timer" })
  for (let n = 0; n < 5_000; n++) cache.set(n, n)
  vi.advanceTimersToNextTimer()
  expect(cache.size).toBeGreaterThan(0)
  expect(cache.size).toBeLessThan(5_000)
  vi.runAllTimers()
  expect(cache.size).toBe(0)
})

it("a deadline beyond what timers know is awaited in steps", () => {
  const year = 365 * 24 * 3_600_000
  const cache = recency<string, number>({ capacity: 10, ttl: year, purge: "timer" })
  cache.set("a", 1)
  vi.advanceTimersByTime(year - 1)
  expect(cache.size).toBe(1)
  vi.advanceTimersByTime(1)
  expect(cache.size).toBe(0)
})

it.each([
  ["clear", (cache: Disposable & { clear(): void }) => cache.clear()],
  ["dispose", (cache: Disposable & { clear(): void }) => cache[Symbol.dispose]()],
])("%s ends the timer", (_name, end) => {
  const cache = recency<string, number>({ capacity: 10, ttl: 100, purge: "timer" })
  cache.set("a", 1)
  expect(vi.getTimerCount()).toBe(1)
  end(cache)
  expect([cache.size, vi.getTimerCount()]).toEqual([0, 0])
  cache.set("a", 1)
  vi.advanceTimersByTime(100)
  expect(cache.size).toBe(0)
})

it("at the end of a block, `using` clears the cache and ends the timer", () => {
  const left: string[] = []
  {
    using cache = recency<string, number>({
      capacity: 10,
      ttl: 100,
      purge: "timer",
      onRemoval: (key, _value, cause) => left.push(`${key} ${cause}`),
    })
    cache.set("a", 1)
  }
  expect(left).toEqual(["a cleared"])
  expect(vi.getTimerCount()).toBe(0)
})

it("what is loaded from a dump expires by the timer, too", () => {
  const cache = recency<string, number>({ capacity: 10, purge: "timer" })
  cache.load({ version: 1, entries: [{ key: "a", value: 1, ttl: 50 }] })
  vi.advanceTimersByTime(50)
  expect(cache.size).toBe(0)
})

/** A cache with a clock that the test moves on. */
function timed(options: { ttl?: number; idle?: number } = {}) {
  const clock = { time: 0, now: () => clock.time }
  return { clock, cache: recency<string, number>({ capacity: 10, clock, ...options }) }
}

it("another ttl is for what is stored from then on", () => {
  const { clock, cache } = timed({ ttl: 100 })
  cache.set("before", 1)
  cache.expire({ ttl: 10 })
  cache.set("after", 2)
  clock.time = 10
  expect([...cache.keys()]).toEqual(["before"])
  cache.expire({ ttl: Infinity })
  cache.set("for ever", 3)
  clock.time = 100
  expect([...cache.keys()]).toEqual(["for ever"])
  cache.expire({ ttl: (value) => value })
  expect(cache.set("by value", 7).entry("by value")?.ttl).toBe(7)
})

it("another idle time is for all entries, counted from their last use", () => {
  const { clock, cache } = timed({ idle: 100 })
  cache.set("a", 1).set("b", 2)
  clock.time = 50
  cache.get("b")
  cache.expire({ idle: 60 })
  clock.time = 60
  expect([...cache.keys()]).toEqual(["b"])
  cache.expire({ idle: 1_000 })
  clock.time = 1_049
  expect(cache.has("b")).toBe(true)
  clock.time = 1_050
  expect(cache.has("b")).toBe(false)
  expect(cache.purgeExpired()).toBe(2)
})

it("a cache that had no use for time may begin to", () => {
  const { clock, cache } = timed()
  clock.time = 1_000
  cache.set("a", 1)
  clock.time = 2_000
  cache.expire({ idle: 10, ttl: 15 })
  for (let n = 0; n < 30; n++) cache.set(`more ${n % 3}`, n)
  expect(cache.entry("a")).toEqual({ key: "a", value: 1, weight: 1, age: undefined, ttl: 10 })
  clock.time = 2_009
  cache.get("a")
  clock.time = 2_018
  expect([...cache.keys()]).toEqual(["a"])
  cache.expire({ idle: Infinity })
  clock.time = 1e9
  expect([...cache.keys()]).toEqual(["a"])
})

it("what is no time is refused, and changes nothing", () => {
  const { clock, cache } = timed({ ttl: 100 })
  expect(() => cache.expire({ ttl: 5, idle: -1 })).toThrow("`idle` must be a non-negative number")
  expect(() => cache.expire({ ttl: "5m" as never })).toThrow('received "5m"')
  expect(() => cache.expire({ tll: 5 } as never)).toThrow("`tll` is not an option")
  cache.set("a", 1)
  clock.time = 99
  expect(cache.has("a")).toBe(true)
})

describe("a clock may use the cache while it is looked at", () => {
  const uses: Record<string, (cache: Cache<string, number>) => void> = {
    "gives it another policy": (cache) => cache.use(remembering),
    "makes it weigh": (cache) => cache.set("heavy", 1, { weight: 3 }),
    "has each value asked how long it lives": (cache) => cache.expire({ ttl: () => 7 }),
    "lets values live longer": (cache) => cache.expire({ ttl: 70 }),
    "empties it": (cache) => cache.clear(),
    "removes what is asked for": (cache) => cache.delete("a"),
    "stores what is asked for": (cache) => cache.set("a", 5),
    "stores what was not there": (cache) => cache.set("new", 5),
    "leaves no room": (cache) => cache.resize(0),
  }
  for (const [what, use] of Object.entries(uses)) {
    it.each(["get", "set", "set anew"])(`and ${what}: %s`, (operation) => {
      const key = operation === "set anew" ? "new" : "a"
      const told: string[][] = []
      function filled() {
        const { clock, cache } = timed({ ttl: 20 })
        const removals: string[] = []
        told.push(removals)
        cache.set("a", 1).set("b", 2)
        cache.subscribe({ onRemoval: (key, value, why) => removals.push(`${key} ${value} ${why}`) })
        return { clock, cache }
      }
      function operate(cache: Cache<string, number>): unknown {
        return operation === "get" ? cache.get(key) : cache.set(key, 9).peek(key)
      }
      const { clock, cache } = filled()
      const { cache: after } = filled()
      const read = clock.now
      clock.now = () => {
        clock.now = read
        use(cache)
        return clock.time
      }
      const result = operate(cache)
      use(after)
      expect(result).toBe(operate(after))
      expect(cache.dump()).toEqual(after.dump())
      expect(cache.weight).toBe(after.weight)
      expect({ ...cache.stats }).toEqual({ ...after.stats })
      expect(told[0]).toEqual(told[1])
    })
  }
})
