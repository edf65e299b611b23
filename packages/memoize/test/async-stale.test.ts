import { CachedError, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { expect, test, vi } from "vitest"

/** What happens in the platform between two operations. */
const rest = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Something that changes with time and may fail. */
function world() {
  const is = { now: 0, price: 1, error: undefined as unknown, runs: 0 }
  const clock = { now: () => is.now }
  async function quote(_symbol: string): Promise<number> {
    is.runs++
    if (is.error) throw is.error
    return is.price++
  }
  const reported: unknown[] = []
  const onCacheError = (...report: unknown[]) => reported.push(report)
  return { is, quote, reported, options: { strategy: unbounded, clock, onCacheError } }
}

test("a result is given until its time to live and the stale time are over, and renewed once", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, staleWhileRevalidate: 5 })
  await f("a")
  is.now = 9
  expect([await f("a"), is.runs]).toEqual([1, 1])
  is.now = 14
  expect(await Promise.all([f("a"), f("a")])).toEqual([1, 1])
  await rest()
  expect([await f("a"), is.runs]).toEqual([2, 2])
  is.now = 14 + 15
  expect([await f("a"), is.runs]).toEqual([3, 3])
})

test("a result stands in for an error until its time to live and that time are over", async () => {
  const { is, quote, options, reported } = world()
  const f = memoizeAsync(quote, {
    ...options,
    ttl: 10,
    staleIfError: 5,
    staleWhileRevalidate: 0,
  })
  await f("a")
  is.error = "down"
  is.now = 14
  expect(await f("a")).toBe(1)
  expect(await f.refresh("a")).toBe(1)
  expect(reported).toEqual([
    ["down", "refresh", "a"],
    ["down", "refresh", "a"],
  ])
  is.now = 15
  await expect(f("a")).rejects.toBe("down")
  expect(f.cacheInfo().failures).toBe(3)
})

test("a result may be given for longer than it may stand in for an error", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, staleIfError: 5, staleWhileRevalidate: 20 })
  await f("a")
  is.error = "down"
  is.now = 14
  expect(await f.refresh("a")).toBe(1)
  is.now = 15
  await expect(f.refresh("a")).rejects.toBe("down")
  expect(await f("a")).toBe(1)
})

test("a result may be stale for ever", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, staleWhileRevalidate: Infinity })
  await f("a")
  is.now = 9.5
  expect([await f("a"), is.runs]).toEqual([1, 1])
  is.now = 1e9
  expect([await f("a"), is.runs]).toEqual([1, 2])
})

test("a result is renewed ahead of time, once its share is over", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, refreshAhead: 0.8 })
  await f("a")
  is.now = 7
  expect([await f("a"), is.runs]).toEqual([1, 1])
  is.now = 8
  expect([await f("a"), is.runs]).toEqual([1, 2])
  await rest()
  expect([await f("a"), is.runs]).toEqual([2, 2])
})

test("a refresh that fails leaves the old result, and rejects", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, cacheErrors: () => 5 })
  await f("a")
  is.error = "down"
  await expect(f.refresh("a")).rejects.toBe("down")
  expect(await f("a")).toBe(1)
})

test("a run in the background that fails is reported, and rejects nobody", async () => {
  const { is, quote, options, reported } = world()
  const f = memoizeAsync(quote, { ...options, ttl: 10, staleWhileRevalidate: 5 })
  await f("a")
  is.error = "down"
  is.now = 10
  expect(await f("a")).toBe(1)
  await rest()
  expect(reported).toEqual([["down", "refresh", "a"]])
  expect(f.cacheInfo()).toMatchObject({ failures: 1, loading: 0 })
})

test("the time to live may depend on result and key, and be jittered", async () => {
  const { is, quote, options } = world()
  const asked: unknown[] = []
  const f = memoizeAsync(quote, {
    ...options,
    ttl(value: unknown, key: unknown) {
      asked.push([value, key])
      return 10
    },
    jitter: 0.5,
    random: () => 0.4,
    staleWhileRevalidate: 100,
  })
  await f("a")
  expect(asked).toEqual([[1, "a"]])
  is.now = 7
  expect([await f("a"), is.runs]).toEqual([1, 1])
  is.now = 8
  expect([await f("a"), is.runs]).toEqual([1, 2])
})

test("a time to live beside a cache is for the results of the function", async () => {
  const { is, quote, options } = world()
  const { clock, onCacheError } = options
  const cache = unbounded<unknown, number>({ clock })
  const f = memoizeAsync(quote, { cache, ttl: 10, staleWhileRevalidate: 5, onCacheError })
  await f("a")
  is.now = 10
  expect([await f("a"), is.runs]).toEqual([1, 2])
})

test("a result of which the cache does not know the age is fresh as long as it is there", async () => {
  const { is, quote, options } = world()
  const cache = unbounded<unknown, number>({ clock: options.clock }).set("a", 7)
  const f = memoizeAsync(quote, { cache, ttl: 10, refreshAhead: 0 })
  is.now = 100
  expect([await f("a"), is.runs]).toEqual([7, 0])
})

test("a time to live below 0 says that a result is not to be kept, however long stale ones are", async () => {
  const { quote, options, reported } = world()
  const f = memoizeAsync(quote, {
    ...options,
    ttl: (price: unknown) => (price === 2 ? -1 : 10),
    staleWhileRevalidate: 100,
  })
  expect([await f("a"), await f.has("a")]).toEqual([1, true])
  expect([await f.refresh("a"), await f.has("a")]).toEqual([2, false])
  expect([await f("a"), await f.has("a"), reported]).toEqual([3, true, []])
  const { quote: fresh } = world()
  const g = memoizeAsync(fresh, { ...options, ttl: () => -1 })
  expect([await g("a"), await g("a"), await g.has("a"), reported]).toEqual([1, 2, false, []])
})

test("a jitter that is no share keeps the result from being stored, and is reported", async () => {
  const { quote, options, reported } = world()
  const stale = { staleWhileRevalidate: 5, jitter: 1, random: () => 2 }
  const f = memoizeAsync(quote, { ...options, ...stale, ttl: 10 })
  expect([await f("a"), await f.has("a")]).toEqual([1, false])
  const message = "`random()` must be a number from 0 to 1, received 2"
  expect(reported).toMatchObject([[{ message }, "set", "a"]])
  const g = memoizeAsync(quote, { ...options, ...stale, random: () => 1, ttl: Infinity })
  expect([await g("a"), await g("a")]).toEqual([2, 2])
})

test.each([
  [
    "is no number",
    () => Number.NaN,
    { message: "`ttl` must be a non-negative number of milliseconds, received NaN" },
  ],
  [
    "fails",
    () => {
      throw new Error("no ttl")
    },
    { message: "no ttl" },
  ],
])(
  "a time to live that %s keeps the result from being stored, and is reported",
  async (_, ttl, error) => {
    const { quote, options, reported } = world()
    const f = memoizeAsync(quote, { ...options, ttl, staleWhileRevalidate: 5 })
    expect(await f("a")).toBe(1)
    expect(reported).toMatchObject([[error, "set", "a"]])
    expect(await f.has("a")).toBe(false)
  },
)

test("an error is remembered as long as it is told to be, and not shown as a result", async () => {
  const { is, quote, options } = world()
  const f = memoizeAsync(quote, {
    ...options,
    cacheErrors: (error) => (error === "down" ? 5 : 0),
  })
  is.error = "down"
  await expect(f("a")).rejects.toBe("down")
  is.now = 4
  await expect(f("a")).rejects.toBe("down")
  expect([is.runs, await f.has("a"), await f.peek("a")]).toEqual([1, false, undefined])
  expect(f.cache.peek("a")).toEqual(new CachedError("down"))
  expect(f.cacheInfo()).toMatchObject({ hits: 1, misses: 1, failures: 1 })
  is.now = 5
  is.error = "other"
  await expect(f("a")).rejects.toBe("other")
  await expect(f("a")).rejects.toBe("other")
  expect(is.runs).toBe(3)
})

test("a time for errors below 0 says that an error is not to be kept", async () => {
  const { is, quote, options, reported } = world()
  const f = memoizeAsync(quote, { ...options, cacheErrors: () => -1 })
  is.error = "down"
  await expect(f("a")).rejects.toBe("down")
  await expect(f("a")).rejects.toBe("down")
  expect([is.runs, f.cache.size, reported]).toEqual([2, 0, []])
})

test("an error weighs 1, whatever results do", async () => {
  const { is, quote, options } = world()
  const weigher = vi.fn(() => 1)
  const f = memoizeAsync(quote, { ...options, weigher, cacheErrors: () => 5 })
  is.error = "down"
  await expect(f("a")).rejects.toBe("down")
  expect([weigher.mock.calls.length, f.cache.weight]).toEqual([0, 1])
})

test.each([
  [
    "is no number",
    () => undefined as never,
    "`cacheErrors(error)` must be a non-negative number of milliseconds, received undefined",
  ],
  [
    "fails",
    (): number => {
      throw new Error("no time")
    },
    "no time",
  ],
])(
  "a time for errors that %s is reported, and nothing is stored",
  async (_, cacheErrors, message) => {
    const { is, quote, options, reported } = world()
    const f = memoizeAsync(quote, { ...options, cacheErrors })
    is.error = "down"
    await expect(f("a")).rejects.toBe("down")
    expect(reported).toMatchObject([[{ message }, "set", "a"]])
    expect(f.cache.size).toBe(0)
  },
)
