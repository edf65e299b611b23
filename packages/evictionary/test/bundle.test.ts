import { join } from "node:path"
import { build } from "esbuild"
import { expect, test } from "vitest"

/** The packages of which anything is in the bundle of a program. */
async function bundled(program: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    absWorkingDir: join(import.meta.dirname, "../../.."),
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: "esm",
    conditions: ["@evictionary/source"],
  })
  const [output] = Object.values(metafile.outputs)
  const used = Object.entries(output?.inputs ?? {}).filter(
    ([, { bytesInOutput }]) => bytesInOutput > 0,
  )
  const names = used.flatMap(
    ([path]) =>
      /(?:node_modules|packages)\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(path)?.[1] ?? [],
  )
  return [...new Set(names)].sort()
}

test("importing one strategy from `evictionary` bundles no other, nor what reads configurations", async () => {
  expect(await bundled('import { lru } from "evictionary"; console.log(lru)')).toEqual([
    "core",
    "lru",
  ])
})

test("importing a strategy's own package brings `core` and nothing else", async () => {
  expect(await bundled('import { sieve } from "@evictionary/sieve"; console.log(sieve)')).toEqual([
    "core",
    "sieve",
  ])
})

test("going by name brings all strategies", async () => {
  const names = await bundled('import { createCache } from "evictionary"; console.log(createCache)')
  expect(names).toContain("w-tinylfu")
  expect(names).toContain("valibot")
  expect(names).not.toContain("memoize")
})
