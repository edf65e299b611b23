import { createCache, createCacheAsync, defineStrategy, lru, registry } from "evictionary"
import { describe, expect, test } from "vitest"

describe("a strategy that is added", () => {
  const mine = defineStrategy<{ depth?: number }>("my-strategy", lru.createPolicy, {
    options: ["depth"],
  })

  test("is known by its name, with its options", () => {
    registry.add(mine)
    registry.add(mine)
    expect(registry.get("my-strategy")).toBe(mine)
    expect(registry.names).toContain("my-strategy")
    expect(createCache("my-strategy, capacity=2, depth=3").strategyName).toBe("my-strategy")
    const cache = createCache("lru, capacity=2")
    cache.use("my-strategy", { depth: 2 })
    expect(cache.strategyName).toBe("my-strategy")
    expect(() => createCache("my-strategi, capacity=2")).toThrow(/did you mean my-strategy\?/)
  })

  test.each([
    ["strategy", "a strategy", undefined, "undefined"],
    ["strategy", "a strategy", "lru", '"lru"'],
    ["strategy", "a strategy", () => {}, "a function"],
    [
      "strategyName",
      "lower case with hyphens",
      Object.assign(() => {}, lru, { strategyName: "My, Own=1" }),
      '"My, Own=1"',
    ],
    [
      "strategyName",
      "one that no other strategy has",
      defineStrategy("lru", lru.createPolicy),
      '"lru"',
    ],
  ])("must be one, with a name of its own", (name, must, strategy, shown) => {
    expect(() => registry.add(strategy as never)).toThrow(
      expect.objectContaining({
        name: "CacheError",
        code: "INVALID_ARGUMENT",
        message: `\`${name}\` must be ${must}, received ${shown}`,
      }),
    )
  })
})

describe("a strategy of a package", () => {
  const load = async (name: string) => {
    if (name === "@acme/cache-mine") return import("./fixtures/one.ts")
    if (name === "@acme/several") return import("./fixtures/several.ts")
    if (name === "evictionary-none") return { version: 1 }
    throw new Error(`no ${name} here`)
  }
  const options = { import: load }

  test("is imported, and known from then on", async () => {
    const cache = await createCacheAsync<string, number>(
      "@acme/cache-mine, capacity=2, depth=1",
      options,
    )
    expect(cache.strategyName).toBe("mine")
    expect(createCache({ strategy: "@acme/cache-mine", capacity: 5 }).capacity).toBe(5)
    const other = createCache("lru, capacity=1")
    other.use("@acme/cache-mine")
    expect(other.strategyName).toBe("mine")
    expect(await registry.load("@acme/cache-mine")).toBe(registry.get("@acme/cache-mine"))
  })

  test("is chosen by name where there are several", async () => {
    const cache = await createCacheAsync({ strategy: "@acme/several#sieve", capacity: 1 }, options)
    expect(cache.strategyName).toBe("sieve")
  })

  test("is found by `import` where nothing else is said", async () => {
    expect(await registry.load("@evictionary/lru")).toBe(lru)
    expect((await createCacheAsync("lru, capacity=1")).strategyName).toBe("lru")
  })

  test.each([
    [
      "@acme/missing, capacity=1",
      '`strategy` must be an installed package, received "@acme/missing": no @acme/missing here',
    ],
    [
      "@acme/several, capacity=1",
      '`strategy` must be one of @acme/several#lru, @acme/several#sieve, received "@acme/several"',
    ],
    [
      "@acme/several#mru, capacity=1",
      '`strategy` must be one of @acme/several#lru, @acme/several#sieve, received "@acme/several#mru"',
    ],
    [
      "evictionary-none, capacity=1",
      '`strategy` must be a package that exports a strategy, received "evictionary-none"',
    ],
  ])("%j is an error", async (text, message) => {
    await expect(createCacheAsync(text, options)).rejects.toThrow(
      expect.objectContaining({
        name: "CacheError",
        code: "INVALID_OPTION",
        message: `${message}, in ${JSON.stringify(text)}`,
      }),
    )
  })

  test("that cannot be imported leaves the cause in the error", async () => {
    const error = await registry.load("@acme/missing", options).catch((error) => error)
    expect(error.cause).toEqual(new Error("no @acme/missing here"))
  })

  test("is not looked for where a name is misspelt", async () => {
    await expect(createCacheAsync("seive, capacity=1", options)).rejects.toThrow(
      /did you mean sieve\?/,
    )
    await expect(createCacheAsync(undefined as never)).rejects.toThrow(/`config` must be a text/)
  })
})
