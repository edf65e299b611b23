import { lru } from "@evictionary/lru"
import { type AsyncMemoized, currentLoad, memoizeAsync } from "@evictionary/memoize"
import { expect, test } from "vitest"
import { expectSurvivors } from "../../../scripts/garbage.ts"

type Fn = AsyncMemoized<(...args: unknown[]) => Promise<object>>

const lists: [string, (object: object) => unknown[]][] = [
  ["a single argument", (object) => [object]],
  ["several", (object) => [object, 1, object]],
]

test.each(lists)(
  "what evicted calls passed as %s is collectable, and their results",
  async (_, list) => {
    const f: Fn = memoizeAsync(async (..._args: unknown[]) => ({}), lru({ capacity: 1 }))
    const refs: WeakRef<object>[] = []
    for (let i = 0; i < 100; i++) {
      const object = {}
      refs.push(new WeakRef(object), new WeakRef(await f(...list(object))))
    }
    await expectSurvivors(refs, 2)
  },
)

test.each(lists)(
  "what failed, aborted and deleted calls passed as %s is collectable",
  async (_, list) => {
    const f: Fn = memoizeAsync(
      async (..._args: unknown[]) => {
        throw new Error("no")
      },
      lru({ capacity: 100 }),
    )
    const signals: AbortSignal[] = []
    const call = async (i: number) => {
      const object = {}
      const controller = new AbortController()
      const call = f
        .with({ signal: controller.signal })(...list(object))
        .catch(() => {})
      if (i % 3 === 0) controller.abort()
      if (i % 3 === 1) f.delete(...list(object))
      await call
      signals.push(controller.signal)
      return new WeakRef(object)
    }
    const refs: WeakRef<object>[] = []
    for (let i = 0; i < 90; i++) refs.push(await call(i))
    await expectSurvivors(refs, 0)
    expect(signals.length).toBe(90)
  },
)

test("what deleted and cleared calls passed is collectable, though the cache tells nothing", async () => {
  const f: Fn = memoizeAsync(async (..._args: unknown[]) => ({}), new Map<unknown, object>())
  const call = async (i: number) => {
    const object = {}
    await f(object, 1)
    if (i % 2 === 0) await f.delete(object, 1)
    return new WeakRef(object)
  }
  const refs: WeakRef<object>[] = []
  for (let i = 0; i < 100; i++) refs.push(await call(i))
  await expectSurvivors(refs, 50, 50)
  await f.clear()
  await expectSurvivors(refs, 0)
})

test("a result is not held by what its run has begun and still goes on", async () => {
  const timers: NodeJS.Timeout[] = []
  const f: Fn = memoizeAsync(
    async (..._args: unknown[]) => {
      timers.push(setInterval(() => currentLoad(), 1e6))
      return {}
    },
    lru({ capacity: 1 }),
  )
  const refs: WeakRef<object>[] = []
  for (let i = 0; i < 100; i++) refs.push(new WeakRef(await f({}, i)))
  await expectSurvivors(refs, 1)
  for (const timer of timers) clearInterval(timer)
})

test("a signal that outlives its callers holds nothing of them", async () => {
  const { signal } = new AbortController()
  const f: Fn = memoizeAsync(async (..._args: unknown[]) => ({}), lru({ capacity: 1 }))
  const refs: WeakRef<object>[] = []
  for (let i = 0; i < 100; i++) refs.push(new WeakRef(await f.with({ signal })({}, i)))
  await expectSurvivors(refs, 1)
  expect(signal.aborted).toBe(false)
})

test("the memoized function is collectable before its cache", async () => {
  const caches = Array.from({ length: 50 }, () => lru<unknown, number>({ capacity: 2 }))
  const refs: WeakRef<object>[] = []
  for (const cache of caches) {
    const fn = async (x: number, y: number): Promise<number> => x + y
    const f = memoizeAsync(fn, cache)
    await f(1, 2)
    refs.push(new WeakRef(fn), new WeakRef(f))
  }
  await expectSurvivors(refs, 0)
  for (const cache of caches) expect(cache.size).toBe(1)
})
