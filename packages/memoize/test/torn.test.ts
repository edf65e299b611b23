import { setImmediate } from "node:timers/promises"
import type { Cache } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import {
  type AsyncMapLike,
  type AsyncMemoized,
  type Memoized,
  memoize,
  memoizeAsync,
} from "@evictionary/memoize"
import { s3Fifo } from "@evictionary/s3-fifo"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { expectSurvivors } from "../../../scripts/garbage.ts"
import { nearTheEnd } from "../../../scripts/near-the-end.ts"
import { same } from "../../../scripts/same.ts"
import { accessTo, NOTHING } from "../src/cache-access.ts"

const FRAMES = 200
/** So often; each time a few words of the stack are less. */
const SWEEPS = deep ? 8 : 1
const WORDS = 3

const caches: [string, () => Cache<unknown, string>][] = [
  ["lru", () => lru({ capacity: 20 })],
  ["s3-fifo", () => s3Fifo({ capacity: 20 })],
]
const arities = [0, 1, 2, 3]

/** The arguments of the call of that number: some calls have the first ones in common. */
function argsOf(call: number, arity: number): number[] {
  return [call, call % 7, call % 3].slice(0, arity).reverse()
}

// What fails to be stored for want of room is reported, by a warning. Node writes on standard error
// of promises that are rejected there, and goes on.
beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockReturnValue()
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(caches)("after stack overflows on %s", (_, create) => {
  describe.each(arities)("in calls with %d arguments", (arity) => {
    const f = memoize((...args: number[]) => args.join(), create())

    /** Whatever can be said of a call, in turn. */
    const said: ((args: number[]) => void)[] = [
      (args) => f(...args),
      (args) => f(...args),
      (args) => f.delete(...args),
      (args) => f.prime(args, args.join()),
      (args) => f.refresh(...args),
      (args) => f.has(...args),
      (args) => f.peek(...args),
      () => f.clear(),
    ]

    test("each call has its own result, which is stored, and found again", () => {
      for (let call = 0; call < 500; call++) said[call % 7]?.(argsOf(call % 50, arity))
      const lists = Array.from({ length: 50 }, (_, call) => argsOf(call, arity))
      for (let sweep = 0; sweep < SWEEPS * said.length; sweep++) {
        const act = said[sweep % said.length]!
        const shift = WORDS * Math.floor(sweep / said.length)
        const thrown = nearTheEnd(FRAMES, shift, (left) => {
          act(lists[(left * 7) % lists.length]!)
        })
        expect(thrown).toEqual([])
        for (const args of lists) {
          same(f(...args), args.join())
          const { hits } = f.cacheInfo()
          same(f(...args), args.join())
          same(f.cacheInfo().hits, hits + 1, `hits after ${args}`)
          same(f.delete(...args), true, `${args} was deleted`)
          same(f.has(...args), false, `${args} is there`)
        }
        expect([f.cache.size, ...f.cache]).toEqual([0])
      }
    })
  })

  test("no path to a call stays in memory", async () => {
    let objects: object[] = []
    let shift = 0
    const refs: WeakRef<object>[] = []
    const f = memoize((first: object, _second: object | undefined): string => {
      if (first !== objects[0]) return ""
      let next = 1
      // There are fences as long as something runs.
      nearTheEnd(FRAMES, shift, () => {
        const other = objects[next++]!
        f.prime([first, other], "")
        f.delete(other, first)
        f(other, first)
      })
      return ""
    }, create()) as Memoized<(first: object, second?: object) => string, Cache<unknown, string>>

    function fill(): void {
      objects = Array.from({ length: FRAMES + 3 }, () => ({}))
      shift += WORDS
      f(objects[0]!)
      for (const object of objects) refs.push(new WeakRef(object))
      objects = []
    }
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      fill()
      await setImmediate()
    }
    f.clear()
    await expectSurvivors(refs, 0)
  })
})

/** What a cache with `getOrLoad` has to do at least. */
class Through extends Map<unknown, string> implements AsyncMapLike<unknown, string> {
  getOrLoad(key: unknown, load: (key: unknown) => PromiseLike<never>): unknown {
    return this.has(key) ? this.get(key) : this.load(key, load)
  }

  private async load(key: unknown, load: (key: unknown) => PromiseLike<string>): Promise<string> {
    await undefined
    const value = await load(key)
    this.set(key, value)
    return value
  }
}

type AnyAsync = AsyncMemoized<(...args: number[]) => Promise<string>, unknown>

const asyncCaches: [string, () => AsyncMapLike<unknown, string>, number[]][] = [
  ...caches.map(([name, create]): [string, () => Cache<unknown, string>, number[]] => [
    name,
    create,
    arities,
  ]),
  ["a cache that loads", () => new Through(), [1]],
]

describe.each(asyncCaches)("after stack overflows on %s", (_, create, arities) => {
  describe.each(arities)("in async calls with %d arguments", (arity) => {
    test.each([false, true])(
      "each promise is settled, and each call works (bulk: %s)",
      async (bulk) => {
        if (bulk && arity !== 1) return
        const fn = async (...args: number[]) => {
          if (args[0] === 13) throw new Error("13")
          await undefined
          return args.join()
        }
        const f: AnyAsync = memoizeAsync(fn, {
          cache: create(),
          onCacheError() {},
          ...(bulk && { bulk: async (args: number[]) => args.map(String) }),
        })
        const controller = new AbortController()
        const left = f.with({ signal: controller.signal })
        const said: ((args: number[]) => Promise<unknown>)[] = [
          (args) => f(...args),
          (args) => f(...args),
          (args) => left(...args),
          (args) => f.refresh(...args),
          (args) => f.delete(...args),
          (args) => f.prime(args, args.join()),
          (args) => f.has(...args),
          (args) => f.peek(...args),
          (args) => (arity === 1 ? f.many([args[0]!, args[0]! + 1]) : f(...args)),
          () => f.clear(),
        ]
        const lists = Array.from({ length: 50 }, (_, call) => argsOf(call, arity))
        for (let call = 0; call < 500; call++) {
          await said[call % said.length]?.(lists[(call * 7) % 50]!).catch(() => {})
        }
        for (let sweep = 0; sweep < SWEEPS * said.length; sweep++) {
          const act = said[sweep % said.length]!
          const shift = WORDS * Math.floor(sweep / said.length)
          const promises = new Array<Promise<unknown> | undefined>(FRAMES + 1).fill(undefined)
          const thrown = nearTheEnd(FRAMES, shift, (left) => {
            promises[left] = act(lists[(left * 7) % lists.length]!)
          })
          expect(thrown).toEqual([])
          const settled = Promise.allSettled(promises)
          await inTime(settled)
          expect(await inTime(settled.then(() => "settled"))).toBe("settled")
          for (const args of lists) {
            const outcome = await inTime(f(...args).catch(String))
            if (outcome === "Error: 13") continue
            same(outcome, args.join())
            const { hits } = f.cacheInfo()
            await f(...args)
            const after = f.cacheInfo()
            same(after.hits, hits + 1, `hits after ${args}`)
            same(after.loading, 0, `runs after ${args}`)
          }
          await f.clear()
        }
        controller.abort()
      },
    )
  })
})

test("what a cache promises is told, or reported while there is room, and never rejected", async () => {
  const reported: unknown[] = []
  const { use } = accessTo(new Map() as never, 1_000, (error) => void reported.push(error))
  const answers: unknown[] = []
  for (let shift = 0; shift < 20; shift++) {
    nearTheEnd(FRAMES, shift, () => {
      answers.push(use("get", "key", () => Promise.resolve("told")))
    })
  }
  const told = (await Promise.all(answers)).filter((answer) => answer === "told")
  expect(told.length).toBeGreaterThan(1_000)
  // There may be no room to report that there is none for `kept`.
  expect(reported.length).toBeGreaterThan(0)
  expect(reported.length).toBeLessThanOrEqual(answers.length - told.length)
})

test("where there is room for no more than one promise, nothing is rejected that nobody awaits", async () => {
  const unhandled = vi.fn()
  process.on("unhandledRejection", unhandled)
  const full = new RangeError("Maximum call stack size exceeded")
  const fails = () => {
    throw full
  }
  const reported: unknown[] = []
  const { use } = accessTo(new Map() as never, 1_000, (error) => void reported.push(error))
  const answers: unknown[] = []
  const timer = vi.spyOn(globalThis, "setTimeout").mockImplementation(fails)
  const race = vi.spyOn(Promise, "race").mockImplementation(fails)
  for (const promise of [Promise.resolve("told"), Promise.reject(new Error("late"))]) {
    answers.push(use("get", "key", () => promise))
  }
  timer.mockRestore()
  race.mockRestore()
  expect(await Promise.all(answers)).toEqual([NOTHING, NOTHING])
  expect(reported).toEqual([full, full])
  await setImmediate()
  process.off("unhandledRejection", unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})

/** What becomes of a promise in as many turns of the event loop as all that needs no timer takes. */
async function inTime<T>(promise: Promise<T>): Promise<T | string> {
  let isPending = true
  async function turns(): Promise<string> {
    for (let turn = 0; turn < 100 && isPending; turn++) await setImmediate()
    return "some are pending for ever"
  }
  const outcome = await Promise.race([promise, turns()])
  isPending = false
  return outcome
}
