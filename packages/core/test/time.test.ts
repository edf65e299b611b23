import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { recency } from "./policies.ts"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it("time is told by performance.now unless a clock is given, and tests may replace it", () => {
  const cache = recency<string, number>({ capacity: 10, ttl: 1_000 })
  cache.set("a", 1)
  vi.advanceTimersByTime(999)
  expect(cache.get("a")).toBe(1)
  vi.advanceTimersByTime(1)
  expect(cache.get("a")).toBeUndefined()
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
