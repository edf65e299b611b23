import { lru } from "@evictionary/lru"
import { memoize, replayable } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { describe, expect, expectTypeOf, test } from "vitest"

function* letters(): Generator<string> {
  yield "a"
}

class OneShot {
  next() {
    return { done: true, value: undefined }
  }

  [Symbol.iterator]() {
    return this
  }
}

describe("memoize refuses", () => {
  const refused = expect.objectContaining({
    name: "CacheError",
    code: "INVALID_ARGUMENT",
    message: "`fn` must be `replayable` to return iterators, received an object",
  })

  test.each<[string, () => unknown]>([
    ["a generator function", letters],
    ["an asynchronous one", async function* () {}],
    ["a generator method", { *f() {} }.f],
    ["a bound generator function", letters.bind(undefined)],
  ])("%s at once", (_, fn) => {
    expect(() => memoize(fn, unbounded())).toThrow(refused)
  })

  test.each<[string, () => unknown]>([
    ["a generator", () => letters()],
    ["an asynchronous one", () => (async function* () {})()],
    ["an iterator over an array", () => [1][Symbol.iterator]()],
    ["an iterator over a map", () => new Map().entries()],
    ["an iterator over matches", () => "abc".matchAll(/b/g)],
    ["an iterator of a class", () => new OneShot()],
  ])("%s as a result, when it is called", (_, fn) => {
    for (const args of [[], [1]]) {
      const f = memoize(fn as (...args: unknown[]) => unknown, unbounded())
      expect(() => f(...args)).toThrow(refused)
      expect(() => f.refresh(...args)).toThrow(refused)
      expect([f.has(...args), f.cacheInfo()]).toMatchObject([false, { hits: 0, misses: 1 }])
    }
  })

  test("nothing because of what only a getter tells, and runs none", () => {
    let runs = 0
    class Row {
      get next(): unknown {
        runs++
        return this
      }
      get [Symbol.iterator](): () => unknown {
        runs++
        return () => this
      }
      get [Symbol.asyncIterator](): () => unknown {
        runs++
        return () => this
      }
    }
    const row = new Row()
    const own = Object.defineProperty({ next() {} }, Symbol.iterator, { get: () => runs++ })
    for (const result of [row, own]) {
      const f = memoize(() => result, unbounded())
      // An assertion that compares them would run the getters.
      expect([Object.is(f(), result), f.cacheInfo().hits]).toEqual([true, 0])
    }
    expect(runs).toBe(0)
  })

  test.each<[string, () => object]>([
    [
      "cannot be looked at",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {})
        revoke()
        return proxy
      },
    ],
    [
      "throws if it is to be iterated over",
      () => ({
        next() {},
        [Symbol.iterator]() {
          throw new Error("no")
        },
      }),
    ],
    ["has no method there", () => ({ next() {}, [Symbol.iterator]: 5 })],
  ])("nothing that %s", (_, create) => {
    const f = memoize(create, unbounded())
    const result = f()
    expect(Object.is(f(), result)).toBe(true)
    expect(f.cacheInfo().hits).toBe(1)
  })

  test.each<[string, () => unknown]>([
    ["an array", () => [1]],
    ["a string", () => "abc"],
    ["a map", () => new Map([[1, 2]])],
    ["undefined", () => undefined],
    ["null", () => null],
    ["a node of a list", () => ({ next: undefined })],
    ["what has a `next` of its own", () => ({ next() {} })],
    ["what is iterable and has a `next`", () => Object.assign([1], { next() {} })],
    ["a generator function", () => letters],
  ])("but not %s as a result", (_, fn) => {
    const f = memoize(fn, unbounded())
    expect(f()).toBe(f())
    expect(f.cacheInfo().hits).toBe(1)
  })
})

/** A memoized function over a source that notes what is taken from it. */
function counted(end?: () => string) {
  const taken: number[] = []
  let closed = 0
  const f = memoize(
    replayable(function* (count: number): Generator<number, string | undefined> {
      try {
        for (let i = 1; i <= count; i++) {
          taken.push(i)
          yield i
        }
        return end?.()
      } finally {
        closed++
      }
    }),
    lru({ capacity: 1 }),
  )
  return { f, taken, closed: () => closed }
}

describe("a replayable function", () => {
  test("has results that can be read any number of times, and is run once", () => {
    const { f, taken } = counted()
    expect([[...f(3)], [...f(3)], Math.max(...f(3))]).toEqual([[1, 2, 3], [1, 2, 3], 3])
    expect(taken).toEqual([1, 2, 3])
    expect(f.cacheInfo()).toMatchObject({ hits: 2, misses: 1 })
  })

  test("takes items from its source when somebody asks for them", () => {
    const { f, taken } = counted()
    const reader = f(Infinity)[Symbol.iterator]()
    expect(taken).toEqual([])
    expect([reader.next(), reader.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
    ])
    expect(taken).toEqual([1, 2])
  })

  test("serves readers at different places at the same time", () => {
    const { f, taken } = counted()
    const [slow, fast] = [f(4)[Symbol.iterator](), f(4)[Symbol.iterator]()]
    const seen = [fast, slow, fast, fast, slow, fast, slow, slow].map((each) => each.next().value)
    expect(seen).toEqual([1, 1, 2, 3, 2, 4, 3, 4])
    expect(taken).toEqual([1, 2, 3, 4])
    expect([slow.next(), fast.next(), slow.next()]).toEqual(
      Array.from({ length: 3 }, () => ({ done: true, value: undefined })),
    )
  })

  test("lets a reader stop early without ending it for others", () => {
    const { f, closed } = counted()
    const other = f(3)[Symbol.iterator]()
    other.next()
    for (const item of f(3)) if (item === 2) break
    const [first] = f(3)
    expect([first, closed(), [...other], [...f(3)], closed()]).toEqual([1, 0, [2, 3], [1, 2, 3], 1])
  })

  test("throws its error to each reader, after the items before it", () => {
    const error = new Error("after two")
    const { f, taken } = counted(() => {
      throw error
    })
    for (let reading = 0; reading < 2; reading++) {
      const seen: number[] = []
      expect(() => {
        for (const item of f(2)) seen.push(item)
      }).toThrow(error)
      expect(seen).toEqual([1, 2])
    }
    expect(taken).toEqual([1, 2])
  })

  test("returns what its source returns to each reader", () => {
    const { f } = counted(() => "the end")
    function* through(): Generator<number, string | undefined> {
      return yield* f(1)
    }
    for (let reading = 0; reading < 2; reading++) {
      const reader = through()
      expect([reader.next(), reader.next(), reader.next()]).toEqual([
        { done: false, value: 1 },
        { done: true, value: "the end" },
        { done: true, value: undefined },
      ])
    }
  })

  test("may read its own earlier items", () => {
    const primes: () => Iterable<number> = memoize(
      replayable(function* (): Generator<number> {
        yield 2
        for (let n = 3; ; n += 2) {
          for (const prime of primes()) {
            if (prime * prime > n) {
              yield n
              break
            }
            if (n % prime === 0) break
          }
        }
      }),
      lru({ capacity: 1 }),
    )
    const found: number[] = []
    for (const prime of primes()) {
      if (prime > 30) break
      found.push(prime)
    }
    expect(found).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29])
  })

  test("that waits for its own next item fails there, for each reader", () => {
    const f: () => Iterable<number> = memoize(
      replayable(function* (): Generator<number> {
        yield 1
        const [, second] = f()
        yield second!
      }),
      lru({ capacity: 1 }),
    )
    for (let reading = 0; reading < 2; reading++) {
      const reader = f()[Symbol.iterator]()
      expect(reader.next()).toEqual({ done: false, value: 1 })
      expect(() => reader.next()).toThrow(expect.objectContaining({ code: "UNSUPPORTED" }))
    }
  })

  test("gets `this` and all arguments, and looks like the original", () => {
    const owner = {
      base: 10,
      from: replayable(function* from(this: { base: number }, a: number, b: number) {
        yield this.base + a
        yield this.base + b
      }),
    }
    expect([...owner.from(1, 2)]).toEqual([11, 12])
    expect([owner.from.name, owner.from.length]).toEqual(["from", 2])
  })

  test("takes functions that return any iterable", () => {
    const f = memoize(
      replayable(() => new Map([[1, "a"]]).entries()),
      unbounded(),
    )
    expect([[...f()], [...f()]]).toEqual([[[1, "a"]], [[1, "a"]]])
  })

  test("refuses what is no function, and results that cannot be iterated", () => {
    expect(() => replayable(1 as never)).toThrow("`fn` must be a function, received 1")
    expect(() => replayable((() => 5) as never)()).toThrow(
      "`fn` must be a function that returns an iterator, received 5",
    )
    expect(() => replayable((() => undefined) as never)()).toThrow("received undefined")
  })
})

describe("what a source says", () => {
  test("is read once for all readers, its end too", () => {
    const read: string[] = []
    const steps = [1, 2].map((value) => ({
      get done() {
        read.push(`done ${value}`)
        return value === 2
      },
      get value() {
        read.push(`value ${value}`)
        return value
      },
    }))
    const f = memoize(
      replayable(() => ({ [Symbol.iterator]: () => ({ next: () => steps.shift()! }) })),
      unbounded(),
    )
    for (let i = 0; i < 2; i++) {
      const reader = f()[Symbol.iterator]()
      expect([reader.next(), reader.next()]).toEqual([
        { done: false, value: 1 },
        { done: true, value: 2 },
      ])
    }
    expect(read).toEqual(["done 1", "value 1", "done 2", "value 2"])
  })

  test("may be said in one object that changes", async () => {
    const step = { done: false, value: 0 }
    const next = async () => {
      step.value++
      step.done = step.value > 3
      return step
    }
    const f = memoize(
      replayable(() => ({ [Symbol.asyncIterator]: () => ({ next }) })),
      unbounded(),
    )
    for (let i = 0; i < 2; i++) {
      const items: number[] = []
      for await (const item of f()) items.push(item)
      expect(items).toEqual([1, 2, 3])
    }
  })

  test.each([[undefined], [5]])("must be an object, and not %s", async (step) => {
    const next = () => step as never
    const f = memoize(
      replayable(() => ({ [Symbol.iterator]: () => ({ next }) })),
      unbounded(),
    )
    const g = memoize(
      replayable(() => ({ [Symbol.asyncIterator]: () => ({ next }) })),
      unbounded(),
    )
    const error = {
      code: "INVALID_ARGUMENT",
      message: `\`next()\` must be an object, received ${step}`,
    }
    for (let i = 0; i < 2; i++) {
      expect(() => f()[Symbol.iterator]().next()).toThrow(expect.objectContaining(error))
      await expect(g()[Symbol.asyncIterator]().next()).rejects.toMatchObject(error)
    }
  })
})

describe("an asynchronous replayable function", () => {
  function counted(end?: () => string) {
    const taken: number[] = []
    const f = memoize(
      replayable(async function* (count: number): AsyncGenerator<number, string | undefined> {
        for (let i = 1; i <= count; i++) {
          taken.push(i)
          yield i
        }
        return end?.()
      }),
      lru({ capacity: 1 }),
    )
    return { f, taken }
  }

  async function read(items: AsyncIterable<number>, count = Infinity): Promise<number[]> {
    const seen: number[] = []
    for await (const item of items) {
      seen.push(item)
      if (seen.length === count) break
    }
    return seen
  }

  test("serves many readers at the same time, and runs once", async () => {
    const { f, taken } = counted()
    expect(await Promise.all([read(f(3)), read(f(3)), read(f(3), 1)])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1],
    ])
    expect(await read(f(3))).toEqual([1, 2, 3])
    expect(taken).toEqual([1, 2, 3])
  })

  test("takes items from its source when somebody asks for them", async () => {
    const { f, taken } = counted()
    expect(await read(f(Infinity), 2)).toEqual([1, 2])
    expect(taken).toEqual([1, 2])
    expect(await read(f(Infinity), 3)).toEqual([1, 2, 3])
    expect(taken).toEqual([1, 2, 3])
  })

  test("never asks its source for two items at once", async () => {
    let [asked, most] = [0, 0]
    const f = memoize(
      replayable(() => ({
        [Symbol.asyncIterator]: () => ({
          async next() {
            most = Math.max(most, ++asked)
            await null
            asked--
            return { done: false, value: 1 } as const
          },
        }),
      })),
      lru({ capacity: 1 }),
    )
    const reader = f()[Symbol.asyncIterator]()
    await Promise.all([reader.next(), reader.next(), reader.next(), read(f(), 4)])
    expect(most).toBe(1)
  })

  test("rejects for each reader at the same place", async () => {
    const error = new Error("after two")
    const { f, taken } = counted(() => {
      throw error
    })
    for (let reading = 0; reading < 2; reading++) {
      const reader = f(2)[Symbol.asyncIterator]()
      expect([(await reader.next()).value, (await reader.next()).value]).toEqual([1, 2])
      await expect(reader.next()).rejects.toBe(error)
      expect(await reader.next()).toEqual({ done: true, value: undefined })
    }
    expect(taken).toEqual([1, 2])
  })

  test("returns what its source returns to each reader", async () => {
    const { f } = counted(() => "the end")
    for (let reading = 0; reading < 2; reading++) {
      const reader = f(0)[Symbol.asyncIterator]()
      expect(await reader.next()).toEqual({ done: true, value: "the end" })
    }
  })
})

test("types: items and the end keep theirs", () => {
  const f = replayable(function* (_x: number): Generator<string, boolean> {
    yield "a"
    return true
  })
  expectTypeOf(f).parameters.toEqualTypeOf<[number]>()
  expectTypeOf(f(1)[Symbol.iterator]()).toEqualTypeOf<Generator<string, boolean, undefined>>()
  expectTypeOf([...f(1)]).toEqualTypeOf<string[]>()
  const g = replayable(async function* (): AsyncGenerator<Date, number> {
    yield new Date(0)
    return 1
  })
  expectTypeOf(g()[Symbol.asyncIterator]()).toEqualTypeOf<AsyncGenerator<Date, number, undefined>>()
  const rejected = () => {
    // @ts-expect-error A number cannot be iterated.
    replayable(() => 1)
    // @ts-expect-error The result is no iterator, so that nobody uses it up.
    f(1).next()
  }
  expectTypeOf(rejected).toBeFunction()
})
