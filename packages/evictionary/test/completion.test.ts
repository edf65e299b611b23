import { join } from "node:path"
import { registry } from "evictionary"
import type { CompilerOptions } from "typescript"
import { expect, test } from "vitest"
import { ts } from "../../../scripts/typescript.ts"

/** A program that an editor has open. */
const FILE = join(import.meta.dirname, "program.ts")
let text = ""
let version = 0

const options: CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  // Without those of browsers, which take longest to read.
  lib: ["lib.es2023.d.ts"],
  customConditions: ["@evictionary/source"],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
}

const editor = ts.createLanguageService({
  getCompilationSettings: () => options,
  getCurrentDirectory: () => import.meta.dirname,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [FILE],
  getScriptSnapshot: (name) => {
    const content = name === FILE ? text : ts.sys.readFile(name)
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
  },
  getScriptVersion: (name) => (name === FILE ? `${version}` : "1"),
  directoryExists: ts.sys.directoryExists,
  fileExists: (name) => name === FILE || ts.sys.fileExists(name),
  readDirectory: ts.sys.readDirectory,
  readFile: ts.sys.readFile,
  realpath: (path) => ts.sys.realpath?.(path) ?? path,
})

/** What the editor offers where the `|` is. */
function completions(program: string): string[] {
  const source = `import { caches, createCache, memoize } from "evictionary"\n${program}`
  text = source.replace("|", "")
  version++
  const offered = editor.getCompletionsAtPosition(FILE, source.indexOf("|"), undefined)
  return (offered?.entries ?? []).map(({ name }) => name)
}

test.each([
  'createCache({ strategy: "|" })',
  'createCache("|")',
  'createCache("lru, capacity=5").use("|")',
  'caches({ users: { strategy: "|" } })',
  'caches<{ users: [string, Date] }>({ users: "|" })',
  'memoize((n: number) => n, "|")',
  'memoize((n: number) => n, { strategy: "|" })',
])("an editor completes the names of strategies: %s", (program) => {
  expect(completions(program)).toEqual(expect.arrayContaining(registry.names))
})

test("an editor completes options, and those of the strategy among them", () => {
  const offered = completions('createCache({ strategy: "slru", | })')
  expect(offered).toEqual(expect.arrayContaining(["capacity", "ttl", "weigher", "protected"]))
  expect(completions('createCache({ strategy: "slru", capacity: 1, purge: "|" })')).toEqual([
    "lazy",
    "timer",
  ])
})
