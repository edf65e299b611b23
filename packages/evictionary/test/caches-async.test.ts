import { caches, cachesAsync } from "evictionary"
import { describe, expect, test } from "vitest"

/** What packages that were asked for export; a new one each time. */
function packages(): { asked: string[]; import(name: string): Promise<object> } {
  const asked: string[] = []
  return {
    asked,
    import: async (name) => {
      asked.push(name)
      if (name.startsWith("@mine/")) return import("./fixtures/one.ts")
      throw new Error(`no ${name} here`)
    },
  }
}

describe("caches whose strategies come from packages", () => {
  test("are made once the packages are there", async () => {
    const options = packages()
    const config = { users: "@mine/one, capacity=2, depth=1", pages: "sieve, capacity=5" }
    const all = await cachesAsync<{ users: [string, number]; pages: [string, string] }>(
      config,
      options,
    )
    expect(all.users.set("a", 1).get("a")).toBe(1)
    expect(all.users.strategyName).toBe("mine")
    expect(String(all.pages)).toBe("sieve(0 of 5)")
    expect(options.asked).toEqual(["@mine/one"])
    expect(String(caches(config).users)).toBe("mine(0 of 2)")
  })

  test("may be named by the environment, and replace each other there", async () => {
    const all = await cachesAsync(
      { users: { strategy: "@mine/two", capacity: 2, depth: 1 }, pages: undefined },
      {
        ...packages(),
        env: { EVICTIONARY_USERS: "lru", EVICTIONARY_PAGES: "@mine/three, capacity=3" },
      },
    )
    expect(String(all.users)).toBe("lru(0 of 2)")
    expect(String(all.pages)).toBe("mine(0 of 3)")
  })

  test("may be named by a variable that was told", async () => {
    const env = { USERS: "@mine/five, capacity=3" }
    const options = { ...packages(), env, variables: { 用户: "USERS" } }
    const all = await cachesAsync({ 用户: "lru, capacity=2" }, options)
    expect(String(all.用户)).toBe("mine(0 of 3)")
  })

  test("are reconfigured once other packages are there, and keep their entries", async () => {
    const all = await cachesAsync<{ users: [string, number] }>(
      { users: "lru, capacity=2" },
      packages(),
    )
    all.users.set("a", 1)
    await all.reconfigure({ users: "@mine/four, capacity=9" })
    expect(String(all.users)).toBe("mine(1 of 9)")
    expect(all.users.get("a")).toBe(1)
  })

  test("stay as they are if a package cannot be imported; the error has the cause", async () => {
    const all = await cachesAsync(
      { pages: "lru, capacity=2", users: "lru, capacity=2" },
      packages(),
    )
    const change = all.reconfigure({ pages: "sieve, capacity=5", users: "@other/x, capacity=5" })
    const error = await change.catch((error) => error)
    expect(error).toMatchObject({
      name: "CacheError",
      code: "INVALID_OPTION",
      message:
        '`strategy` must be an installed package, received "@other/x": no @other/x here, in "@other/x, capacity=5", in users',
      cause: new Error("no @other/x here"),
    })
    expect(String(all.pages)).toBe("lru(0 of 2)")
  })

  test.each([
    [undefined, /^`config` must be an object/],
    [{ users: "seive" }, /did you mean sieve\?\), in "seive", in users$/],
    [{ users: "lru, capacity" }, /^`capacity` must be written as .*, in users$/],
    [{ users: null }, /^`config` must be a text or an object, received null, in users$/],
  ])("are refused as others are: %j", async (config, message) => {
    await expect(cachesAsync(config as never, packages())).rejects.toThrow(message)
    expect(() => caches(config as never)).toThrow(message)
  })
})
