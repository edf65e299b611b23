import { defineStrategy } from "@evictionary/core"
import { caches, formatConfig, slru } from "evictionary"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const untyped = caches as unknown as (config: unknown, options?: object) => never

describe("caches", () => {
  test("are made from one configuration, by name", () => {
    const all = caches({
      users: { strategy: "s3-fifo", capacity: 10_000, ttl: "5m" },
      pages: "sieve, capacity=500",
    })
    expect(String(all.users)).toBe("s3-fifo(0 of 10000)")
    expect(String(all.pages)).toBe("sieve(0 of 500)")
    expect(Object.keys(all)).toEqual(["users", "pages"])
  })

  test("come from a file that names its schema, too", () => {
    const file = '{ "$schema": "./schema.json", "pages": { "strategy": "lru", "capacity": 5 } }'
    expect(Object.keys(caches(JSON.parse(file)))).toEqual(["pages"])
  })

  test("may have any names", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "then", ""]
    const file = `{ ${names.map((name, n) => `"${name}": "lru, capacity=${n}"`).join(", ")} }`
    const all: Record<string, unknown> = caches(JSON.parse(file))
    expect(Object.entries(all).map(([name, cache]) => `${name} ${cache}`)).toEqual(
      names.map((name, n) => `${name} lru(0 of ${n})`),
    )
  })

  test("may have names of which nothing is left in the name of a variable", () => {
    const names = ["用户", "页面", "café", "caffè", "-", "user-pages", "userPages"]
    const config = Object.fromEntries(names.map((name, n) => [name, `lru, capacity=${n}`]))
    const all = caches(config)
    expect(names.map((name) => all[name]?.capacity)).toEqual(names.map((_, n) => n))
  })

  test("can be swapped by name", () => {
    const { pages } = caches({ pages: "lru, capacity=5" })
    pages.use("arc")
    expect(pages.strategyName).toBe("arc")
  })

  test.each([
    [
      undefined,
      "INVALID_ARGUMENT",
      /^`config` must be an object with a configuration for each name/,
    ],
    [["lru"], "INVALID_ARGUMENT", /^`config` must be an object/],
    [{ reconfigure: "lru" }, "INVALID_OPTION", /^`name` must be another than reconfigure/],
    [
      { users: undefined },
      "INVALID_ARGUMENT",
      /^`config` must be .*, received undefined, in users$/,
    ],
    [{ users: "seive" }, "INVALID_OPTION", /did you mean sieve\?\), in "seive", in users$/],
    [{ users: { strategy: "lru" } }, "INVALID_OPTION", /^`capacity` must be .*, in users$/],
  ])("of %j are an error", (config, code, message) => {
    expect(() => untyped(config)).toThrow(
      expect.objectContaining({
        name: "CacheError",
        code,
        message: expect.stringMatching(message),
      }),
    )
  })
})

describe("what is made over a cache", () => {
  test("is given in its place, and only its own", () => {
    const seen: unknown[] = []
    const all = caches<{ users: { inside: unknown }; pages: [string, string] }>(
      { users: "lru, capacity=5", pages: "lru, capacity=6" },
      {
        over: {
          users: (cache) => {
            seen.push(cache)
            return { inside: cache }
          },
        },
      },
    )
    expect(seen.map(String)).toEqual(["lru(0 of 5)"])
    expect(all.users.inside).toBe(seen[0])
    expect(String(all.pages)).toBe("lru(0 of 6)")
    all.reconfigure({ users: "sieve, capacity=7" } as never)
    expect(String(all.users.inside)).toBe("sieve(0 of 7)")
  })

  test.each([
    [{ user: () => ({}) }, "UNKNOWN_OPTION", /^`user` is not one of the caches; they are users/],
    [{ users: 1 }, "INVALID_OPTION", /^`over.users` must be a function, received 1/],
  ])("is an error if it is %o", (over, code, message) => {
    expect(() => untyped({ users: "lru, capacity=5" }, { over })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })
})

describe("the environment", () => {
  const config = {
    users: { strategy: "slru", capacity: 100, protected: 0.5 },
    userPages: "lru, capacity=10, ttl=1m",
  } as const
  const made = (env: Record<string, string | undefined>) => caches(config, { env })

  test("overrides what its text speaks of, and leaves the rest", () => {
    const { users, userPages } = made({
      EVICTIONARY_USERS: "capacity=200",
      EVICTIONARY_USER_PAGES: "sieve, ttl=2m",
    })
    expect(String(users)).toBe("slru(0 of 200)")
    expect(String(userPages)).toBe("sieve(0 of 10)")
    expect(userPages.set("a", 1).entry("a")?.ttl).toBeGreaterThan(100_000)
  })

  test("may change the strategy: options of the old one go, and new ones come", () => {
    expect(made({ EVICTIONARY_USERS: "sieve" }).users.strategyName).toBe("sieve")
    const { users } = made({ EVICTIONARY_USERS: "two-queue, recent=0.5, capacity=7" })
    expect(String(users)).toBe("two-queue(0 of 7)")
    expect(made({ EVICTIONARY_USERS: "slru, capacity=7" }).users.capacity).toBe(7)
  })

  test("may say all there is to a cache", () => {
    const env = { EVICTIONARY_PAGES: "lru, capacity=5", EVICTIONARY_USERS: "unbounded" }
    const all = caches({ pages: undefined, users: undefined }, { env })
    expect(String(all.pages)).toBe("lru(0 of 5)")
    expect(all.users.strategyName).toBe("unbounded")
  })

  test("may choose a strategy that never evicts: the bounds go", () => {
    const { users } = made({ EVICTIONARY_USERS: "unbounded" })
    expect(String(users)).toBe("unbounded(0)")
    expect(() => made({ EVICTIONARY_USERS: "unbounded, capacity=5" })).toThrow(
      /`capacity` is not an option of unbounded/,
    )
  })

  test("names the strategy that the program has as a function", () => {
    const all = caches(
      { users: { strategy: slru, capacity: 100, protected: 0.5 } },
      { env: { EVICTIONARY_USERS: "slru, capacity=7" } },
    )
    expect(String(all.users)).toBe("slru(0 of 7)")
  })

  test("says nothing with an empty variable, or one of others", () => {
    const { users } = made({
      EVICTIONARY_USERS: " ",
      PATH: "/bin",
      EVICTIONARY_USER_PAGES: undefined,
    })
    expect(users.capacity).toBe(100)
  })

  test("leaves names in other letters alone, unless it is told their variables", () => {
    const config = { 用户: "lru, capacity=1", 页面: "lru, capacity=2", pages: "lru, capacity=3" }
    const env = { USERS: "capacity=10", EVICTIONARY_页面: "sieve", EVICTIONARY_PAGES: "sieve" }
    expect(() => caches(config, { env })).toThrow(/^`EVICTIONARY_页面` is the variable of no cache/)
    const variables = { 用户: "USERS", 页面: "EVICTIONARY_页面", pages: undefined }
    const all = caches(config, { env, variables })
    expect(Object.values(all).map(String)).toEqual([
      "lru(0 of 10)",
      "sieve(0 of 2)",
      "sieve(0 of 3)",
    ])
  })

  test("may have a variable for a name that has that of another by itself", () => {
    const config = { userPages: "lru, capacity=1", "user-pages": "lru, capacity=2" }
    const env = { OTHER: "capacity=3", EVICTIONARY_USER_PAGES: "capacity=4" }
    const all = caches(config, { env, variables: { userPages: "OTHER" } })
    expect(Object.values(all).map(String)).toEqual(["lru(0 of 3)", "lru(0 of 4)"])
  })

  test.each([
    [
      undefined,
      "INVALID_OPTION",
      '`name` must be one whose variable is not EVICTIONARY_USER_PAGES, as that of userPages is; `variables` can tell another, received "user-pages"',
    ],
    [
      { userPages: "PAGES", "user-pages": "PAGES" },
      "INVALID_OPTION",
      /^`name` must be one whose variable is not PAGES, as that of userPages is/,
    ],
    [
      { userPage: "PAGES" },
      "UNKNOWN_OPTION",
      "`userPage` is not one of the caches; they are userPages, user-pages (did you mean userPages?)",
    ],
    [
      { userPages: 5 },
      "INVALID_OPTION",
      "`variables` must be an object with names of variables, received 5",
    ],
    [{ userPages: "" }, "INVALID_OPTION", /received ""$/],
    ["PAGES", "INVALID_OPTION", /^`variables` must be an object with .*, received "PAGES"$/],
  ])("with the variables %j cannot be told apart", (variables, code, message) => {
    const config = { userPages: "unbounded", "user-pages": "unbounded" }
    const expected = typeof message === "string" ? message : expect.stringMatching(message)
    expect(() => untyped(config, { env: {}, variables })).toThrow(
      expect.objectContaining({ name: "CacheError", code, message: expected }),
    )
  })

  test.each([
    [
      { EVICTIONARY_USRES: "lru" },
      "UNKNOWN_OPTION",
      "`EVICTIONARY_USRES` is the variable of no cache; there are EVICTIONARY_USERS, EVICTIONARY_USER_PAGES (did you mean EVICTIONARY_USERS?)",
    ],
    [
      { EVICTIONARY_USERS: "capacity=many" },
      "INVALID_OPTION",
      '`capacity` must be a non-negative integer or Infinity, received "many", in users with EVICTIONARY_USERS="capacity=many"',
    ],
    [
      { EVICTIONARY_USER_PAGES: "capacity" },
      "INVALID_OPTION",
      /^`strategy` must be one of .* received "capacity".*, in userPages with EVICTIONARY_USER_PAGES="capacity"$/,
    ],
  ])("%j is an error", (env, code, message) => {
    const expected = typeof message === "string" ? message : expect.stringMatching(message)
    expect(() => made(env)).toThrow(
      expect.objectContaining({ name: "CacheError", code, message: expected }),
    )
  })
})

describe("reconfiguring", () => {
  test("changes strategy and bounds of caches in use, and keeps what fits", () => {
    const all = caches<{ users: [string, number]; pages: [number, number] }>({
      users: "lru, capacity=3",
      pages: "sieve, capacity=5",
    })
    const { users, pages } = all
    users.set("a", 1).set("b", 2).set("c", 3).get("a")
    pages.set(1, 1)
    all.reconfigure({ users: { strategy: "fifo", capacity: 2, maxWeight: 2 } })
    expect(String(users)).toBe("fifo(2 of 2, weight 2 of 2)")
    expect(users.maxWeight).toBe(2)
    expect([...users.keys()]).toEqual(["c", "a"])
    expect(users.stats.evictions).toBe(1)
    expect(String(pages)).toBe("sieve(1 of 5)")
    expect(all.users).toBe(users)
  })

  test("goes to a strategy that never evicts, and back", () => {
    const all = caches({ users: "lru, capacity=1" })
    all.users.set(1, 1)
    all.reconfigure({ users: "unbounded" })
    all.users.set(2, 2)
    expect(all.users.size).toBe(2)
    all.reconfigure({ users: "lru, capacity=1" })
    expect([...all.users.keys()]).toEqual([2])
    all.reconfigure({ users: "lru, maxWeight=10" })
    expect(all.users.capacity).toBe(Infinity)
  })

  test("leaves the policy alone where the strategy is the same", () => {
    const all = caches({ users: "slru, capacity=2, protected=0.5" })
    all.users.set(1, 1).set(2, 2).get(1)
    all.reconfigure({ users: "slru, capacity=2, protected=0.5" })
    expect([...all.users.keys()]).toEqual([2, 1])
    all.users.set(3, 3)
    expect([...all.users.keys()]).toEqual([3, 1])
  })

  test("follows own options of the strategy, and undoes a swap by hand", () => {
    const all = caches({ users: "slru, capacity=4, protected=0.75" })
    for (const key of [1, 2, 3, 4]) all.users.set(key, key)
    all.reconfigure({ users: "slru, capacity=4, protected=0.25" })
    for (const key of [1, 2, 3]) all.users.get(key)
    expect([...all.users.keys()]).toEqual([4, 1, 2, 3])
    all.users.use("lru")
    all.reconfigure({ users: "slru, capacity=4, protected=0.25" })
    expect(all.users.strategyName).toBe("slru")
  })

  test("changes all caches or none, whatever the policy of a strategy throws", () => {
    const broken = defineStrategy("broken", () => {
      throw new Error("no policy")
    })
    const all = caches<{ users: [string, number]; pages: [string, number] }>({
      users: "slru, capacity=3, protected=0.5",
      pages: "lru, capacity=3",
    })
    all.users.set("a", 1).set("b", 2)
    for (const users of ["unbounded", "sieve, capacity=1", "slru, capacity=2, protected=0.25"]) {
      expect(() => all.reconfigure({ users, pages: { strategy: broken, capacity: 1 } })).toThrow(
        "no policy",
      )
      expect(String(all.users)).toBe("slru(2 of 3)")
      expect([...all.users]).toEqual([
        ["a", 1],
        ["b", 2],
      ])
      expect(String(all.pages)).toBe("lru(0 of 3)")
    }
    all.reconfigure({ users: "sieve, capacity=2" })
    expect(String(all.users)).toBe("sieve(2 of 2)")
  })

  test("changes the time to live of what is stored from then on", () => {
    let now = 0
    const clock = { now: () => now }
    const all = caches<{ users: [string, number] }>({
      users: { strategy: "lru", capacity: 3, ttl: "1m", clock },
    })
    const { users } = all
    users.set("a", 1)
    all.reconfigure({ users: "lru, capacity=3, ttl=1s" })
    users.set("b", 2)
    now = 1_000
    expect([...users.keys()]).toEqual(["a"])
    all.reconfigure({ users: "lru, capacity=3" })
    users.set("c", 3)
    now = 60_000
    expect([...users.keys()]).toEqual(["c"])
  })

  test("lets entries expire that did not, and changes the idle time of all", () => {
    let now = 0
    const clock = { now: () => now }
    const all = caches<{ users: [string, number] }>({
      users: { strategy: "lru", capacity: 3, clock },
    })
    const { users } = all
    users.set("a", 1)
    all.reconfigure({ users: "lru, capacity=3, ttl=10, idle=50" })
    users.set("b", 2)
    now = 10
    expect([...users.keys()]).toEqual(["a"])
    all.reconfigure({ users: { strategy: "lru", capacity: 3, idle: 5, ttl: (value) => value } })
    expect(users.has("a")).toBe(false)
    expect(users.set("c", 3).entry("c")?.ttl).toBe(3)
  })

  test("reads the environment again", () => {
    const env: Record<string, string> = {}
    const all = caches({ users: "lru, capacity=3" }, { env })
    env.EVICTIONARY_USERS = "capacity=9"
    all.reconfigure({ users: "lru, capacity=5" })
    expect(all.users.capacity).toBe(9)
  })

  test("keeps the functions of the program where a file cannot speak of them", () => {
    const left: unknown[] = []
    const onRemoval = (key: unknown) => left.push(key)
    const all = caches({ users: { strategy: "lru", capacity: 3, onRemoval, ttl: () => 5 } })
    all.users.set(1, 1).set(2, 2)
    all.reconfigure({ users: "lru, capacity=1" })
    all.reconfigure({ users: { strategy: "lru", capacity: 1, onRemoval } })
    expect(left).toEqual([1])
  })

  test.each([
    [
      { users: "lru, capacity=1, jitter=1" },
      "UNSUPPORTED",
      /^`jitter` cannot be changed .*, in users$/,
    ],
    [{ users: "lru, capacity=1, purge=timer" }, "UNSUPPORTED", /^`purge` cannot be changed/],
    [
      { users: { strategy: "lru", capacity: 1, onRemoval() {} } },
      "UNSUPPORTED",
      /^`onRemoval` cannot be changed while the cache is in use; make a new one, in users$/,
    ],
    [{ users: "lru, capacity=-1" }, "INVALID_OPTION", /^`capacity` must be/],
    [{ users: "slru, capacity=1, protected=9" }, "INVALID_OPTION", /^`protected` must be/],
    [{ usres: "lru, capacity=1" }, "UNKNOWN_OPTION", /^`usres` is not one of .*mean users\?\)$/],
    [undefined, "INVALID_ARGUMENT", /^`config` must be an object/],
  ])("to %j changes nothing at all", (config, code, message) => {
    const all = caches({ pages: "lru, capacity=9", users: "lru, capacity=9" })
    const reconfigure = all.reconfigure as (config: unknown) => void
    expect(() => reconfigure(config && { pages: "sieve, capacity=5", ...config })).toThrow(
      expect.objectContaining({
        name: "CacheError",
        code,
        message: expect.stringMatching(message),
      }),
    )
    expect(String(all.pages)).toBe("lru(0 of 9)")
    expect(String(all.users)).toBe("lru(0 of 9)")
  })
})

test("reconfiguring keeps every entry that there is room for", () => {
  const names = ["lru", "sieve", "slru", "arc", "lirs", "two-queue", "s3-fifo", "w-tinylfu", "lfu"]
  const configs = fc
    .tuple(fc.constantFrom(...names), fc.integer({ min: 8, max: 20 }), fc.constantFrom("5m", "1h"))
    .map(([name, capacity, ttl]) => `${name}, capacity=${capacity}, ttl=${ttl}`)
  fc.assert(
    fc.property(
      configs,
      fc.array(configs),
      fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat())),
      (first, others, entries) => {
        const all = caches<{ users: [number, number] }>({ users: first })
        for (const [key, value] of entries) all.users.set(key, value)
        for (const config of others) {
          all.reconfigure({ users: config })
          expect(formatConfig(config)).toContain(
            `${all.users.strategyName}, capacity=${all.users.capacity},`,
          )
          expect(new Map(all.users)).toEqual(new Map(entries))
        }
        expect(all.users.stats.evictions).toBe(0)
      },
    ),
  )
})
