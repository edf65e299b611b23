import { lru } from "@evictionary/lru"
import { cacheOf, memoized, replayable } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { LRUCache } from "lru-cache"
import { describe, expect, expectTypeOf, test } from "vitest"
import { ts } from "../../../scripts/typescript.ts"

const mark = Symbol("mark")

class Shop {
  static runs = 0
  runs = 0
  rate: number

  constructor(rate: number) {
    this.rate = rate
  }

  @memoized(lru, { capacity: 2 })
  price(pieces: number, discount = 0): number {
    this.runs++
    return this.rate * pieces - discount
  }

  @memoized(unbounded)
  get label(): string {
    this.runs++
    return `rate ${this.rate}`
  }

  @memoized(unbounded)
  [mark](x: number): number {
    this.runs++
    return this.rate + x
  }

  @memoized(unbounded)
  #secret(x: number): number {
    this.runs++
    return this.rate ** x
  }

  @memoized(unbounded)
  get #hidden(): number {
    this.runs++
    return -this.rate
  }

  reveal(x: number): [number, number] {
    return [this.#secret(x), this.#hidden]
  }

  secretInfo() {
    return cacheOf(this, this.#secret).cacheInfo()
  }

  @memoized({ strategy: lru, capacity: 10, key: (word: string) => word.toLowerCase() })
  static count(word: string): number {
    Shop.runs++
    return word.length
  }

  @memoized(unbounded)
  static get version(): string {
    Shop.runs++
    return "1.0"
  }

  @memoized(unbounded)
  static #build(x: number): number {
    Shop.runs++
    return x
  }

  static build(x: number): number {
    return Shop.#build(x)
  }
}

function runsOf(call: (shop: Shop) => unknown): number {
  const shop = new Shop(3)
  const first = call(shop)
  expect(call(shop)).toEqual(first)
  return shop.runs
}

describe("a memoized member runs once", () => {
  test("if it is a method", () => expect(runsOf((shop) => shop.price(2))).toBe(1))
  test("if it is a getter", () => expect(runsOf((shop) => shop.label)).toBe(1))
  test("if its name is a symbol", () => expect(runsOf((shop) => shop[mark](1))).toBe(1))
  test("if it is private, getters too", () => expect(runsOf((shop) => shop.reveal(2))).toBe(2))

  test("if it is static, private ones and getters too", () => {
    Shop.runs = 0
    expect([Shop.count("tea"), Shop.count("TEA"), Shop.build(1), Shop.build(1)]).toEqual([
      3, 3, 1, 1,
    ])
    expect([Shop.version, Shop.version]).toEqual(["1.0", "1.0"])
    expect(Shop.runs).toBe(3)
  })
})

describe("each object", () => {
  test("has its own results", () => {
    const [a, b] = [new Shop(1), new Shop(10)]
    expect([a.price(2), b.price(2), a.price(2), b.price(2)]).toEqual([2, 20, 2, 20])
    expect([a.label, b.label]).toEqual(["rate 1", "rate 10"])
    expect([a.runs, b.runs]).toEqual([2, 2])
  })

  test("has its own bound", () => {
    const [a, b] = [new Shop(1), new Shop(2)]
    for (const n of [1, 2, 3]) a.price(n)
    b.price(1)
    expect([cacheOf(a, "price").cacheInfo().size, cacheOf(b, "price").cacheInfo().size]).toEqual([
      2, 1,
    ])
  })

  test("has its cache from the first call on", () => {
    let made = 0
    class Lazy {
      @memoized(() => {
        made++
        return new Map()
      })
      f(x: number) {
        return x
      }
    }
    const atDefinition = made
    const [lazy] = [new Lazy(), new Lazy()]
    expect(made).toBe(atDefinition)
    lazy.f(1)
    lazy.f(2)
    expect(made).toBe(atDefinition + 1)
  })

  test("may be frozen, a proxy, or inherit the method from another object", () => {
    let runs = 0
    class Point {
      @memoized(unbounded)
      self(): this {
        runs++
        return this
      }
    }
    const point = new Point()
    const frozen = Object.freeze(new Point())
    const proxy = new Proxy(point, {})
    const heir = Object.create(point) as Point
    for (const each of [point, frozen, proxy, heir]) {
      expect(each.self()).toBe(each)
      expect(each.self()).toBe(each)
    }
    expect(runs).toBe(4)
  })

  test("of a class that inherits a static method has its own results", () => {
    class Heir extends Shop {}
    Shop.runs = 0
    for (const shop of [Shop, Heir, Shop, Heir]) shop.count("inherited")
    expect(Shop.runs).toBe(2)
    expect(cacheOf(Heir, "count").cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
  })
})

describe("a method that overrides a memoized one", () => {
  class Heir extends Shop {
    @memoized(unbounded)
    override price(pieces: number): number {
      return 100 * super.price(pieces)
    }

    override get label(): string {
      return super.label.toUpperCase()
    }

    superInfo() {
      return cacheOf(this, super.price).cacheInfo()
    }
  }

  test("and calls it has a cache beside that of the other", () => {
    const heir = new Heir(2)
    expect([heir.price(3), heir.price(3), heir.runs]).toEqual([600, 600, 1])
    expect(cacheOf(heir, "price").cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
    expect(heir.superInfo()).toMatchObject({ hits: 0, misses: 1, capacity: 2 })
    expect(cacheOf(heir, Shop.prototype.price).peek(3)).toBe(6)
  })

  test("and is not memoized leaves it within reach", () => {
    const heir = new Heir(2)
    expect([heir.label, heir.label, heir.runs]).toEqual(["RATE 2", "RATE 2", 1])
    expect(cacheOf(heir, "label").peek()).toBe("rate 2")
  })
})

describe("cacheOf", () => {
  test("has the members of a memoized function, for the calls of the object", () => {
    const [shop, other] = [new Shop(2), new Shop(2)]
    shop.price(1)
    other.price(1)
    const price = cacheOf(shop, "price")
    expect(price.cacheInfo()).toEqual({ hits: 0, misses: 1, capacity: 2, size: 1 })
    expect([price.has(1), price.peek(1), price.delete(1), price.has(1)]).toEqual([
      true,
      2,
      true,
      false,
    ])
    expect(cacheOf(other, "price").has(1)).toBe(true)
    price.prime([5, 1], 55)
    expect(shop.price(5, 1)).toBe(55)
    shop.rate = 7
    expect([price.refresh(5, 1), shop.price(5, 1), price(5, 1)]).toEqual([34, 34, 34])
    price.clear()
    expect(cacheOf(shop, "price").cacheInfo()).toMatchObject({ hits: 0, size: 0 })
  })

  test("serves before the first call", () => {
    const shop = new Shop(2)
    cacheOf(shop, "label").prime([], "primed")
    expect([shop.label, shop.runs]).toEqual(["primed", 0])
  })

  test("finds getters, static and private members, and symbols", () => {
    const shop = new Shop(2)
    expect([shop.label, shop[mark](1), shop.reveal(3)]).toEqual(["rate 2", 3, [8, -2]])
    expect(cacheOf(shop, "label").has()).toBe(true)
    expect(cacheOf(shop, mark).has(1)).toBe(true)
    expect(shop.secretInfo()).toMatchObject({ misses: 1 })
    Shop.count("Any")
    expect(cacheOf(Shop, "count").has("ANY")).toBe(true)
    expect(cacheOf(Shop, "version").cacheParameters().strategy).toBe("unbounded")
  })

  test.each<[string, () => unknown, string]>([
    ["a name without a member", () => cacheOf(new Shop(1), "prices" as "price"), '"prices"'],
    ["a method that is not memoized", () => cacheOf(new Shop(1), "reveal"), '"reveal"'],
    ["a field", () => cacheOf(new Shop(1), "rate"), '"rate"'],
    ["another function", () => cacheOf(new Shop(1), () => 1), "a function"],
  ])("throws for %s", (_, act, received) => {
    expect(act).toThrow(
      expect.objectContaining({
        name: "CacheError",
        code: "INVALID_ARGUMENT",
        message: `\`method\` must be a memoized method or getter of the object, received ${received}`,
      }),
    )
  })

  test("throws for what is no object", () => {
    expect(() => cacheOf("text" as unknown as Shop, "price")).toThrow(
      '`object` must be an object, received "text"',
    )
  })
})

describe("`key`", () => {
  class Directory {
    prefix: string

    constructor(prefix: string) {
      this.prefix = prefix
    }

    @memoized(lru, {
      capacity: 5,
      key(this: Directory, user: { id: number }) {
        return `${this.prefix}${user.id}`
      },
    })
    find(user: { id: number }, _verbose: boolean): object {
      return { user }
    }
  }

  test("makes the key from the arguments and the object", () => {
    const directory = new Directory("#")
    const found = directory.find({ id: 1 }, false)
    expect(directory.find({ id: 1 }, true)).toBe(found)
    const find = cacheOf(directory, "find")
    expect([find.has({ id: 1 }, false), find.has({ id: 2 }, false)]).toEqual([true, false])
    expect([...(find.cache as unknown as Map<unknown, object>).keys()]).toEqual(["#1"])
  })
})

describe("a decorated method", () => {
  test("has name and length of the original", () => {
    expect([Shop.prototype.price.name, Shop.prototype.price.length]).toEqual(["price", 1])
    expect(Object.getOwnPropertyDescriptor(Shop.prototype, "label")?.get?.name).toBe("get label")
  })

  test("just runs if it is called without an object", () => {
    let runs = 0
    class Text {
      @memoized(unbounded)
      upper(text: string): string {
        runs++
        return text.toUpperCase()
      }
    }
    const { upper } = Text.prototype
    expect([upper("a"), upper("a"), upper.call("x" as never, "b")]).toEqual(["A", "A", "B"])
    expect(runs).toBe(3)
  })

  test("may call itself", () => {
    class Fibonacci {
      @memoized(unbounded)
      of(n: number): number {
        return n < 2 ? n : this.of(n - 1) + this.of(n - 2)
      }
    }
    const fibonacci = new Fibonacci()
    expect(fibonacci.of(50)).toBe(12586269025)
    expect(cacheOf(fibonacci, "of").cacheInfo()).toMatchObject({ hits: 48, misses: 51 })
  })

  test("does not store what it throws", () => {
    let runs = 0
    class Broken {
      @memoized(unbounded)
      f(): never {
        runs++
        throw new Error(`run ${runs}`)
      }
    }
    const broken = new Broken()
    expect(() => broken.f()).toThrow("run 1")
    expect(() => broken.f()).toThrow("run 2")
  })

  test("may have a cache of another library", () => {
    class Other {
      runs = 0
      @memoized(() => new LRUCache<object, number>({ max: 1 }))
      add(x: number, y: number): number {
        this.runs++
        return x + y
      }
    }
    const other = new Other()
    expect([other.add(1, 2), other.add(1, 2), other.add(2, 2), other.add(1, 2)]).toEqual([
      3, 3, 4, 3,
    ])
    expect(other.runs).toBe(3)
  })

  test("may be a generator that is replayable", () => {
    class Counter {
      runs = 0
      @memoized(unbounded)
      @replayable
      *upTo(n: number): Iterable<number> {
        this.runs++
        for (let i = 1; i <= n; i++) yield i
      }
    }
    const counter = new Counter()
    expect([...counter.upTo(3), ...counter.upTo(3), counter.runs]).toEqual([1, 2, 3, 1, 2, 3, 1])
  })
})

describe("wrong use", () => {
  const untyped = memoized as (...args: unknown[]) => (...args: unknown[]) => unknown
  const method = { kind: "method", name: "f" }
  const f = (x: number) => x

  test.each<[string, unknown[]]>([
    ["a class", [class {}, { kind: "class", name: "A" }]],
    ["a field", [undefined, { kind: "field", name: "f" }]],
    [
      "an accessor",
      [
        { get: f, set: f },
        { kind: "accessor", name: "f" },
      ],
    ],
    ["a setter", [f, { kind: "setter", name: "f" }]],
  ])("as the decorator of %s is an error", (_, args) => {
    expect(() => untyped(lru, { capacity: 1 })(...args)).toThrow(
      expect.objectContaining({ name: "CacheError", code: "UNSUPPORTED" }),
    )
  })

  test.each(["f() {}", "static f() {}", "get f() { return 1 }", "f"])(
    "under experimentalDecorators, on `%s`, is an error that says so",
    (member) => {
      const { outputText } = ts.transpileModule(`class A { @memoized() ${member} }`, {
        compilerOptions: { experimentalDecorators: true, target: ts.ScriptTarget.ES2022 },
      })
      const define = new Function("memoized", outputText)
      expect(() => define(() => untyped(lru, { capacity: 1 }))).toThrow(
        expect.objectContaining({
          code: "UNSUPPORTED",
          message: expect.stringContaining("`experimentalDecorators` must be off"),
        }),
      )
    },
  )

  test("without a strategy is an error at the first call", () => {
    const bare = untyped(f, method)
    expect(() => bare(1)).toThrow(expect.objectContaining({ code: "UNSUPPORTED" }))
  })

  test.each<[string, unknown[], string]>([
    ["an option", [lru, { capacity: -1 }], "`capacity` must be"],
    ["a missing option", [lru], "`capacity`"],
    ["a key", [lru, { capacity: 1, key: "id" }], '`key` must be a function, received "id"'],
    ["a strategy", ["lru"], "`strategy` must be a function, received undefined"],
    ["a ready cache", [new Map()], "`strategy` must be a function, received undefined"],
    ["a ready cache as an option", [{ cache: new Map() }], "`strategy` must be a function"],
  ])("of %s is named when the class is defined", (_, args, message) => {
    expect(() => untyped(...args)(f, method)).toThrow(message)
  })

  test("on a generator is an error when the class is defined", () => {
    expect(() => untyped(unbounded)(function* () {}, method)).toThrow("`replayable`")
  })
})

test("types: members keep theirs, and what does not fit is rejected", () => {
  expectTypeOf<Shop["price"]>().toEqualTypeOf<(pieces: number, discount?: number) => number>()
  expectTypeOf<Shop["label"]>().toEqualTypeOf<string>()
  const shop = new Shop(1)
  expectTypeOf(cacheOf(shop, "price").peek).parameters.toEqualTypeOf<
    [pieces: number, discount?: number | undefined]
  >()
  expectTypeOf(cacheOf(shop, "label").peek()).toEqualTypeOf<string | undefined>()
  expectTypeOf(cacheOf(shop, shop.price).original).toEqualTypeOf<Shop["price"]>()
  expectTypeOf(cacheOf(Shop, "count").has).parameters.toEqualTypeOf<[word: string]>()

  const rejected = () => {
    class Wrong {
      // @ts-expect-error The strategy needs a capacity.
      @memoized(lru)
      a() {}

      // @ts-expect-error The strategy has no such option.
      @memoized(lru, { capacity: 1, size: 1 })
      b() {}

      // @ts-expect-error A cache would be shared by all objects.
      @memoized({ cache: new Map() })
      c() {}

      // @ts-expect-error The key is for other arguments.
      @memoized(lru, { capacity: 1, key: (text: string) => text })
      d(_x: number) {}

      // @ts-expect-error A field is not called.
      @memoized(unbounded)
      e = 1

      // @ts-expect-error Nor is an accessor.
      @memoized(unbounded)
      accessor f = 1

      // @ts-expect-error A setter has no result.
      @memoized(unbounded)
      set g(_x: number) {}

      // @ts-expect-error The strategy is missing.
      @memoized
      h() {}

      // @ts-expect-error A generator method that is replayable is no generator any more.
      @replayable
      *i(): Generator<number> {}
    }
    // @ts-expect-error There is no such member.
    cacheOf(new Wrong(), "z")
    // @ts-expect-error The method takes a number.
    cacheOf(new Shop(1), "price").has("1")
    // @ts-expect-error Classes are not called either.
    @memoized(unbounded)
    class Decorated {}
    return Decorated
  }
  expectTypeOf(rejected).toBeFunction()
})
