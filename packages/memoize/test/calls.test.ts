import type { MapLike } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { type Memoized, memoize, memoized } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { afterEach, describe, expect, test, vi } from "vitest"

describe("results", () => {
  test.each([[undefined], [null], [Number.NaN], [0], [""], [false]])(
    "%s is cached like any other",
    (result) => {
      const caches: MapLike<unknown, unknown>[] = [new Map(), lru({ capacity: 2 })]
      for (const cache of caches) {
        let runs = 0
        const f = memoize((..._args: number[]): unknown => {
          runs++
          return result
        }, cache)
        expect([f(1), f(1), f(1, 2), f(1, 2)]).toEqual([result, result, result, result])
        expect(runs).toBe(2)
        expect(f.cacheInfo()).toMatchObject({ hits: 2, misses: 2, size: 2 })
      }
    },
  )

  test("what is thrown reaches the caller unchanged, and the next call runs again", () => {
    const errors = [new Error("first"), undefined, "no error at all"]
    const thrown: unknown[] = []
    const f = memoize((_x: number) => {
      throw errors[thrown.length]
    }, unbounded())
    for (const _ of errors) {
      try {
        f(1)
      } catch (error) {
        thrown.push(error)
      }
    }
    expect(thrown).toEqual(errors)
    expect(f.cacheInfo()).toMatchObject({ hits: 0, misses: 3, size: 0 })
  })

  test("an argument that the function changes is keyed as it was passed", () => {
    const f = memoize((...args: number[]) => args.push(0), unbounded())
    expect([f(1, 2), f(1, 2)]).toEqual([3, 3])
    expect(f.cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
  })
})

describe("a result that cannot be stored", () => {
  const fail = (): number => {
    throw new Error("no")
  }
  const must = (what: string) => `\`${what}\` must be a non-negative`
  afterEach(() => void vi.unstubAllGlobals())

  const capacity = 5
  test.each<[string, MapLike<unknown, number>, string]>([
    ["a weigher throws", lru({ capacity, weigher: fail }), "no"],
    ["a weight is none", lru({ capacity, weigher: () => Number.NaN }), must("weight")],
    ["a weight is too little", lru({ capacity, weigher: () => -1 }), must("weight")],
    ["a time to live throws", lru({ capacity, ttl: fail }), "no"],
    ["a time to live is none", lru({ capacity, ttl: () => undefined as never }), must("ttl")],
    ["a time to live is text", lru({ capacity, ttl: () => "-1" as never }), must("ttl")],
    ["a cache throws", Object.assign(new Map<unknown, number>(), { set: fail }), "no"],
  ])("since %s reaches the caller all the same, and the error is reported", (_, cache, message) => {
    const reportError = vi.fn()
    vi.stubGlobal("reportError", reportError)
    let runs = 0
    const f: Memoized<(...args: number[]) => number, MapLike<unknown, number>> = memoize(
      (..._args: number[]) => ++runs,
      cache,
    )
    expect([f(1), f(1), f(1, 2), f.refresh(1, 2), f()]).toEqual([1, 2, 3, 4, 5])
    expect([f.has(1), f.has(1, 2), f.has()]).toEqual([false, false, false])
    expect(reportError.mock.calls.length).toBe(5)
    for (const [error] of reportError.mock.calls) expect(error.message).toContain(message)
    expect(() => f.prime([1], 0)).toThrow(message)
  })

  test("leaves the old one where it was", () => {
    vi.stubGlobal("reportError", () => {})
    let weight = 1
    const f = memoize((x: number) => x * weight, {
      strategy: lru,
      capacity: 5,
      weigher: () => weight,
    })
    f(1)
    weight = -1
    expect([f.refresh(1), f(1)]).toEqual([-1, 1])
  })

  test("is reported once for all objects of a method, if the host has no reportError", () => {
    vi.stubGlobal("reportError", undefined)
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {})
    class Shop {
      @memoized(lru, { capacity: 5, weigher: fail })
      price(pieces: number): number {
        return pieces
      }
    }
    expect([new Shop().price(1), new Shop().price(2)]).toEqual([1, 2])
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
  })

  test("with less than no time to live is not to be kept, and nothing is reported", () => {
    const reportError = vi.fn()
    vi.stubGlobal("reportError", reportError)
    let runs = 0
    const f = memoize((_x: number) => ++runs, {
      strategy: unbounded,
      ttl: (run) => (run === 2 ? Infinity : -1),
    })
    expect([f(1), f.has(1), f(1), f.has(1), f(1)]).toEqual([1, false, 2, true, 2])
    expect([f.refresh(1), f.has(1)]).toEqual([3, false])
    f.prime([1], 5)
    expect(f.has(1)).toBe(false)
    expect(reportError).not.toHaveBeenCalled()
  })
})

const keys: [string, number[]][] = [
  ["no argument", []],
  ["one argument", [1]],
  ["two arguments", [1, 2]],
]

type Interruptible = Memoized<(...args: number[]) => number, MapLike<unknown, number>>

/** A memoized function whose first run, and no other, does `during`. Results are 1, 2, 3... */
function interruptible(cache: MapLike<unknown, number>, during: (f: Interruptible) => void) {
  let runs = 0
  const f: Interruptible = memoize((..._args: number[]): number => {
    const run = ++runs
    if (run === 1) during(f)
    return run
  }, cache)
  return f
}

describe.each(keys)("while a call with %s is running", (_, args) => {
  describe.each<[string, () => MapLike<unknown, number>]>([
    ["a Cache", unbounded],
    ["a Map", () => new Map()],
  ])("on %s", (_, create) => {
    test("the same call runs too, and one result is stored", () => {
      const f = interruptible(create(), () => expect(f(...args)).toBe(2))
      expect(f(...args)).toBe(1)
      expect(f.cacheInfo()).toMatchObject({ hits: 0, misses: 2, size: 1 })
    })

    test("deleting it keeps its result from being stored", () => {
      const f = interruptible(create(), () => expect(f.delete(...args)).toBe(false))
      expect(f(...args)).toBe(1)
      expect(f.has(...args)).toBe(false)
      expect(f(...args)).toBe(2)
      expect(f.has(...args)).toBe(true)
    })

    test("clearing keeps its result from being stored, and counts from then on", () => {
      const f = interruptible(create(), () => f.clear())
      expect(f(...args)).toBe(1)
      expect(f.cacheInfo()).toMatchObject({ hits: 0, misses: 0, size: 0 })
      expect(f(...args)).toBe(2)
      expect(f.has(...args)).toBe(true)
    })

    test("a primed result stays", () => {
      const f = interruptible(create(), () => f.prime(args, 77))
      expect(f(...args)).toBe(1)
      expect(f(...args)).toBe(77)
    })

    test("a refreshed result stays", () => {
      const f = interruptible(create(), () => expect(f.refresh(...args)).toBe(2))
      expect(f(...args)).toBe(1)
      expect(f(...args)).toBe(2)
    })

    test("deleting another call does not keep its result from being stored", () => {
      const f = interruptible(create(), () => {
        f.prime([9, 9, 9], 0)
        f.delete(9, 9, 9)
        f.delete(...args, 9)
        f.delete(8)
      })
      expect(f(...args)).toBe(1)
      expect(f.peek(...args)).toBe(1)
    })

    test("a call that begins after the deletion stores its result", () => {
      const f = interruptible(create(), () => {
        f.delete(...args)
        expect(f(...args)).toBe(2)
      })
      expect(f(...args)).toBe(1)
      expect(f.peek(...args)).toBe(2)
    })

    test("deleting it from inside a nested run keeps out both results", () => {
      let depth = 0
      const f = memoize((..._args: number[]): number => {
        if (++depth === 2) f.delete(...args)
        else f(...args)
        return depth
      }, create())
      f(...args)
      expect(f.has(...args)).toBe(false)
    })

    test("a deletion blocks a refresh just the same", () => {
      const f = interruptible(create(), () => f.delete(...args))
      expect(f.refresh(...args)).toBe(1)
      expect(f.has(...args)).toBe(false)
    })

    test("a deletion and then a throw leave nothing behind", async () => {
      const f = interruptible(create(), () => {
        f.delete(...args)
        throw new Error("after the deletion")
      })
      expect(() => f(...args)).toThrow("after the deletion")
      expect(f(...args)).toBe(2)
      expect(f.peek(...args)).toBe(2)
      await Promise.resolve()
      f.delete(...args)
      expect(f(...args)).toBe(3)
      expect(f.peek(...args)).toBe(3)
    })
  })
})

describe("listeners of the cache", () => {
  test("may call the function that is just storing a result", () => {
    let recalls = 0
    const runs: number[][] = []
    const f = memoize(
      (x: number, y: number) => {
        runs.push([x, y])
        return x + y
      },
      {
        strategy: lru,
        capacity: 1,
        onRemoval: (_key, value) => {
          if (recalls++ === 0) expect(f(1, 2)).toBe(value)
        },
      },
    )
    expect(f(1, 2)).toBe(3)
    expect(f(5, 5)).toBe(10)
    expect(runs).toEqual([
      [1, 2],
      [5, 5],
      [1, 2],
    ])
    expect([f.has(1, 2), f.has(5, 5)]).toEqual([true, false])
    expect(f(1, 2)).toBe(3)
    expect(f.cacheInfo()).toMatchObject({ hits: 1, misses: 3, size: 1 })
  })

  test("may delete the call that has left, and make it anew", () => {
    let recalls = 0
    const f = memoize((x: number, y: number) => x + y, {
      strategy: lru,
      capacity: 2,
      onRemoval: () => {
        if (recalls++ > 0) return
        expect(f.delete(1, 2)).toBe(false)
        expect(f(1, 2)).toBe(3)
      },
    })
    f(1, 2)
    f(3, 4)
    f(5, 6)
    expect([f.has(1, 2), f.has(5, 6)]).toEqual([true, true])
    expect(f.cacheInfo().size).toBe(2)
  })

  test("may store calls while the cache is being cleared", () => {
    const f = memoize((x: number, y: number) => x + y, {
      strategy: unbounded,
      onRemoval: (_key, _value, cause) => {
        if (cause === "cleared") f.prime([3, 4], 7)
      },
    })
    f(1, 2)
    f.clear()
    expect([f.has(1, 2), f.has(3, 4)]).toEqual([false, true])
    expect(f(3, 4)).toBe(7)
  })

  test("of another library may too", () => {
    let recalls = 0
    const cache = new LRUCache<object, number>({
      max: 1,
      disposeAfter: () => {
        if (recalls++ === 0) f(1, 2)
      },
    })
    const f = memoize((x: number, y: number) => x + y, cache)
    expect([f(1, 2), f(3, 4), f(1, 2), f(3, 4)]).toEqual([3, 7, 3, 7])
    expect(cache.size).toBe(1)
  })
})
