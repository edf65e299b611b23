import { toJsonSchema } from "@valibot/to-json-schema"
import { describe, expect, test } from "vitest"
import {
  builtInStrategies,
  COMMAND,
  exportedStrategies,
  manifest,
  optionsIn,
  ownOptions,
  schemaFile,
  schemaModule,
  strategyPackages,
} from "../../../scripts/generate-strategies.ts"
import { DEFAULT_STRATEGY } from "../src/config.ts"
import { PACKAGE } from "../src/registry.ts"
import { optionsSchema } from "../src/schema.ts"

const packages = strategyPackages()
const stale = `what is generated is out of date: run \`${COMMAND}\``

describe("every package with the keyword evictionary-strategy", () => {
  test("is exported", async () => {
    await expect(exportedStrategies(packages), stale).toMatchFileSnapshot("../src/strategies.ts")
  })

  test("is known by name", async () => {
    await expect(builtInStrategies(packages), stale).toMatchFileSnapshot("../src/built-in.ts")
  })

  test("is a dependency", async () => {
    await expect(manifest(packages), stale).toMatchFileSnapshot("../package.json")
  })
})

test("an option that is a function cannot be in a file of configurations", () => {
  const code = `export interface MineOptions {
    /**
     * Of two.
     *
     * @minimum 0
     */
    share?: number | undefined
    /** Which comes first. */
    compare?: (a: number, b: number) => number
  }`
  expect(optionsIn(code)).toEqual({
    share: { type: "number", minimum: 0, description: "Of two." },
    compare: { not: {}, description: "Which comes first." },
  })
})

test("the JSON Schema is made from what configurations are checked with", async () => {
  const schema = await fileSchema()
  await expect(schemaModule(schema), stale).toMatchFileSnapshot("../src/config-schema.ts")
  await expect(schemaFile(schema), stale).toMatchFileSnapshot("../schema.json")
})

/** Of a file in which caches are configured by name. */
async function fileSchema(): Promise<object> {
  const options = toJsonSchema(optionsSchema(), {
    typeMode: "input",
    errorMode: "ignore",
    // The one check there is: that a count is an integer.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "check"
        ? { ...jsonSchema, type: "integer", maximum: Number.MAX_SAFE_INTEGER }
        : undefined,
  })
  const written = Object.keys(options.properties ?? {}).map((name) => [
    name,
    { $ref: `#/definitions/${name}` },
  ])
  const strategies = await Promise.all(
    packages.map(async ({ folder, npmName, strategy }) => {
      const module = (await import(npmName)) as Record<string, AnyStrategy>
      const { neverEvicts, options: names } = module[strategy]!
      const own = ownOptions(folder)
      expect(Object.keys(own)).toEqual(names)
      const common = written.filter(
        ([name]) => !(neverEvicts && (name === "capacity" || name === "maxWeight")),
      )
      return {
        title: folder,
        type: "object",
        properties: {
          strategy: { const: folder },
          ...Object.fromEntries(common),
          ...own,
        },
        ...(folder === DEFAULT_STRATEGY ? {} : { required: ["strategy"] }),
        additionalProperties: false,
      }
    }),
  )
  const ofPackage = {
    title: "a strategy of another package",
    type: "object",
    properties: {
      strategy: { type: "string", pattern: PACKAGE.source },
      ...Object.fromEntries(written),
    },
    required: ["strategy"],
  }
  const text = { type: "string", description: 'One line, such as "sieve, capacity=500, ttl=5m".' }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Caches by name, for Evictionary",
    type: "object",
    properties: { $schema: { type: "string" } },
    additionalProperties: { anyOf: [text, ...strategies, ofPackage] },
    definitions: options.properties,
  }
}

interface AnyStrategy {
  readonly neverEvicts: boolean
  readonly options: readonly string[]
}
