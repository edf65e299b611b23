import { join } from "node:path"
import { registry } from "evictionary"
import type { CompilerOptions } from "typescript"
import { expect, test } from "vitest"
import { ts } from "../../../scripts/typescript.ts"

/** A program that an editor has open. */
const FILE = join(import.meta.dirname, "program.ts")

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
  getScriptVersion: () => "1",
  directoryExists: ts.sys.directoryExists,
  fileExists: (name) => name === FILE || ts.sys.fileExists(name),
  readDirectory: ts.sys.readDirectory,
  readFile: ts.sys.readFile,
  realpath: (path) => ts.sys.realpath?.(path) ?? path,
})

const NAMES = [
  'createCache({ strategy: "|" })',
  'createCache("|")',
  'createCache("lru, capacity=5").use("|")',
  'caches({ users: { strategy: "|" } })',
  'caches<{ users: [string, Date] }>({ users: "|" })',
  'memoize((n: number) => n, "|")',
  'memoize((n: number) => n, { strategy: "|" })',
]
const OPTION = 'createCache({ strategy: "slru", | })'
const WORD = 'createCache({ strategy: "slru", capacity: 1, purge: "|" })'

/** All lines are in one program, which is read once; what is offered is for the `|` of one of them. */
const LINES = [
  'import { caches, createCache, memoize } from "evictionary"',
  ...[...NAMES, WORD, OPTION].map((line) => `${line};`),
]
const text = LINES.map(withoutMark).join("\n")

function withoutMark(line: string): string {
  return line.replace("|", "")
}

/** What the editor offers where the `|` of a line is. */
function completions(line: string): string[] {
  const before = LINES.slice(0, LINES.indexOf(`${line};`)).map((each) => `${withoutMark(each)}\n`)
  const position = before.join("").length + line.indexOf("|")
  const offered = editor.getCompletionsAtPosition(FILE, position, undefined)
  return (offered?.entries ?? []).map(({ name }) => name)
}

test.each(NAMES)("an editor completes the names of strategies: %s", (line) => {
  expect(completions(line)).toEqual(expect.arrayContaining(registry.names))
})

test("an editor completes options, and those of the strategy among them", () => {
  const offered = ["capacity", "ttl", "weigher", "protected"]
  expect(completions(OPTION)).toEqual(expect.arrayContaining(offered))
  expect(completions(WORD)).toEqual(["lazy", "timer"])
})
