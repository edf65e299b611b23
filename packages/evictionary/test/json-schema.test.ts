import { Ajv } from "ajv"
import { configSchema, parseConfig, registry } from "evictionary"
import fc from "fast-check"
import validatePackageName from "validate-npm-package-name"
import { describe, expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"

const isRight = new Ajv().compile(configSchema)

/** What an editor finds right, and what `caches` takes, which needs a bound as well. */
function verdicts(config: object | string): { editor: boolean; program: boolean } {
  let program = true
  try {
    parseConfig(config as string)
  } catch {
    program = false
  }
  return { editor: isRight({ users: config }), program }
}

test("the JSON Schema is plain data", () => {
  expect(JSON.parse(JSON.stringify(configSchema))).toEqual(configSchema)
})

describe("an editor that keeps to the schema", () => {
  test("takes a file that names it, with texts and objects", () => {
    const file = {
      $schema: "./node_modules/evictionary/schema.json",
      users: { strategy: "s3-fifo", capacity: 10_000, ttl: "5m" },
      sessions: { strategy: "@acme/cache-mystrategy#mine", capacity: 5, depth: 3 },
      pages: "sieve, capacity=500",
      others: { capacity: 5, window: 0.5 },
    }
    expect(isRight(file)).toBe(true)
  })

  test.each([
    [5],
    [{ strategy: null, capacity: 5 }],
    [{ capacity: 5, protected: 0.5 }],
    [{ strategy: "seive", capacity: 5 }],
    [{ strategy: "lru", capcity: 5 }],
    [{ strategy: "lru", capacity: 5, protected: 0.5 }],
    [{ strategy: "unbounded", capacity: 5 }],
  ])("does not take %j", (config) => {
    expect(isRight({ users: config })).toBe(false)
  })

  const one = { capacity: 1 }
  const common = ["capacity", "maxWeight", "ttl", "idle", "jitter", "purge"]
  const values = [
    ...[-1e20, -(2 ** 53), -1, -0.5, 0, 0.5, 1, 1.5, 2, 100, 2 ** 53, 1e20],
    ...[true, false, null, [], {}, "", "lazy", "timer", "5", "true"],
    ...["5m", "1h30m", "1h 30m", "-5m", "5 minutes", "soon", "250ms", "1.5h"],
  ]

  /** All options of a strategy, and a configuration of it that is right. */
  function optionsOf(strategy: string) {
    const { neverEvicts, options } = registry.get(strategy)
    return { names: [...common, ...options], right: { strategy, ...(neverEvicts ? {} : one) } }
  }

  test.each(registry.names)("finds the same wrong in an option of %s as a program", (strategy) => {
    const { names, right } = optionsOf(strategy)
    for (const name of names) {
      for (const value of values) {
        const { editor, program } = verdicts({ ...right, [name]: value })
        expect(editor, `${name} = ${JSON.stringify(value)}`).toBe(program)
      }
    }
  })

  test("finds the same wrong in many options at once", () => {
    const configs = fc.constantFrom(...registry.names).chain((strategy) => {
      const { names, right } = optionsOf(strategy)
      const given = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values))
      return given.map((given) => ({ ...right, ...given }))
    })
    fc.assert(
      fc.property(configs, (config) => {
        const { editor, program } = verdicts(config)
        expect(editor).toBe(program)
      }),
      { numRuns: deep ? 60_000 : 300 },
    )
  })
})

describe("the name of a package", () => {
  /** A strategy of that name is a package's, and the package has been looked for. */
  async function isPackage(name: string): Promise<boolean> {
    let looked = false
    const look = (asked: string) => {
      looked = asked === name
      return Promise.reject(new Error("not here"))
    }
    await registry.load(name, { import: look }).catch(() => {})
    expect(isRight({ users: { strategy: name, capacity: 5 } })).toBe(looked)
    return looked
  }

  test.each(["@x/..", "@x/.", "@x/", "@/x", "@x/y/z", "@x/../y", "evictionary-", "evictionary-A"])(
    "is not %j",
    async (name) => expect(await isPackage(name)).toBe(false),
  )

  test("is one of npm, in a scope or with `evictionary-` before it", async () => {
    const rest = fc.string({
      unit: fc.constantFrom(..."@/..-_~!*()'%aZ0é ".split("")),
      maxLength: 8,
    })
    const names = fc.oneof(
      rest,
      rest.map((rest) => `@x/${rest}`),
      rest.map((rest) => `@${rest}/x`),
      rest.map((rest) => `evictionary-${rest}`),
      fc.integer({ min: 200, max: 220 }).map((length) => `@x/${"y".repeat(length - 3)}`),
    )
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const { validForNewPackages } = validatePackageName(name)
        const prefixed = /^@.*\/|^evictionary-./.test(name)
        expect(await isPackage(name)).toBe(prefixed && validForNewPackages)
      }),
      { numRuns: deep ? 100_000 : 300 },
    )
  })
})
