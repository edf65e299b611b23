import { Ajv } from "ajv"
import { configSchema, parseConfig, registry } from "evictionary"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

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
    }
    expect(isRight(file)).toBe(true)
  })

  test.each([
    [5],
    [{}],
    [{ capacity: 5 }],
    [{ strategy: "seive", capacity: 5 }],
    [{ strategy: "lru", capcity: 5 }],
    [{ strategy: "lru", capacity: 5, protected: 0.5 }],
    [{ strategy: "unbounded", capacity: 5 }],
  ])("does not take %j", (config) => {
    expect(isRight({ users: config })).toBe(false)
  })

  test("finds the same wrong as a program does", () => {
    const one = { capacity: 1 }
    const value = fc.oneof(
      fc.constantFrom(-1, 0, 0.5, 1, 2, 100, 1e20, true, null, "", "lazy", "timer", "5"),
      fc.constantFrom("5m", "1h30m", "1h 30m", "-5m", "5 minutes", "soon", "250ms", "1.5h"),
    )
    const options = fc.record(
      { capacity: value, maxWeight: value, ttl: value, idle: value, jitter: value, purge: value },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.constantFrom(...registry.names), options, (strategy, given) => {
        const bound = registry.get(strategy).neverEvicts ? {} : one
        const { editor, program } = verdicts({ strategy, ...bound, ...given })
        expect(editor).toBe(program)
      }),
      { numRuns: 1_000 },
    )
  })
})
