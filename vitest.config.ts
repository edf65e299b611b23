import { existsSync, readdirSync, readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { basename, join, relative } from "node:path"
import { defineConfig } from "vitest/config"
import { deep } from "./scripts/deep.ts"
import { checkTypes } from "./scripts/types.ts"

const root = import.meta.dirname
const folders = ["packages", "apps"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, "test")))

// Started in a package's folder: that package alone.
const here = relative(root, process.cwd()).replaceAll("\\", "/")
const isOne = folders.includes(here)
const chosen = isOne ? [here] : folders

// One argument of a wrong type would fail every test, each with a message of its own.
if (isOne) checkTypes(root, here)

const TESTS = "test/**/*.test.ts"
const GLOBAL_SETUP = "test/global-setup.ts"
/** As such a setup, but it makes nothing, so that it may be that of files of other folders, too. */
const NOTICE = "test/notice.ts"

// Machines may be slow, and busy; a time limit is there to end what hangs.
const LIMIT = 600_000

/** All test files under `test` in a folder, from the root. */
function testsOf(folder: string): string[] {
  return readdirSync(join(root, folder, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${folder}/test/${name.replaceAll("\\", "/")}`)
}

/** What a file says that changes what the tests themselves need, or what cannot be put back. */
const CHANGES =
  /\bvi\.(?:mock|resetModules|stubGlobal\("(?:Map|performance|process)"|spyOn\(\w+\.prototype)|registry\.add\(/

/** What files load takes longer than most of them, so they share it, unless they may not. */
function isAlone(file: string): boolean {
  // What there is room for on the stack depends on what is compiled already.
  const looksAtItsProcess = /\b(?:memory|steps|torn)\.test\.ts$/.test(file)
  return looksAtItsProcess || CHANGES.test(readFileSync(join(root, file), "utf8"))
}

/** Laws try all that an engine can do: that is fast in a process that has done little else. */
function isLaws(file: string): boolean {
  return file.startsWith("packages/conformance/") || basename(file) === "laws.test.ts"
}

/** Vite leaves standard decorators as they are, and no Node.js runs them yet. */
const decorators = {
  name: "decorators",
  enforce: "pre" as const,
  async transform(code: string, fileName: string) {
    if (!fileName.endsWith(".test.ts") || !/^ *@\w/m.test(code)) return
    const { ts } = await import("./scripts/typescript.ts")
    const compilerOptions = { target: ts.ScriptTarget.ES2022, sourceMap: true }
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName, compilerOptions })
    return { code: outputText, map: sourceMapText }
  },
}

/** One that inherited from this file would load it again, and look at types again. */
function project(name: string, include: string[], changes: object = {}) {
  return {
    plugins: [decorators],
    // Workspace packages resolve to their sources: tests need no build.
    ssr: {
      resolve: { conditions: ["@evictionary/source", "node", "development|production"] },
    },
    test: {
      name,
      root,
      include,
      testTimeout: LIMIT,
      hookTimeout: LIMIT,
      // Less, so that what it waited for is said.
      expect: { poll: { timeout: LIMIT / 10 } },
      ...changes,
    },
  }
}

const withSetup = chosen.filter((folder) => existsSync(join(root, folder, GLOBAL_SETUP)))
const others = chosen.filter((folder) => !withSetup.includes(folder))
const alone = others.flatMap(testsOf).filter(isAlone)
const laws = others.flatMap(testsOf).filter((file) => isLaws(file) && !alone.includes(file))

/** What properties need, but not laws, which set it themselves. */
const EXAMPLES = "scripts/examples.ts"
const PUT_BACK = "scripts/put-back.ts"

export default defineConfig({
  test: {
    // Some wait for what they have started, or for a server, and others may use the machine.
    maxWorkers: availableParallelism() + 1,
    teardownTimeout: LIMIT,
    projects: [
      ...withSetup.map((folder) => {
        const globalSetup = [`${folder}/${GLOBAL_SETUP}`]
        return project(basename(folder), [`${folder}/${TESTS}`], { globalSetup, isolate: false })
      }),
      // To load fast-check for one file takes longer than its examples.
      project("alone", alone),
      // Files that share what they load.
      project("laws", laws, { isolate: false, setupFiles: PUT_BACK }),
      project(
        "together",
        others.map((folder) => `${folder}/${TESTS}`),
        {
          isolate: false,
          setupFiles: [PUT_BACK, EXAMPLES],
          exclude: [...alone, ...laws],
          globalSetup: others
            .map((folder) => `${folder}/${NOTICE}`)
            .filter((file) => existsSync(join(root, file))),
        },
      ),
    ].filter(({ test }) => test.include.length > 0),
    slowTestThreshold: LIMIT,
    silent: "passed-only",
    reporters: ["default", ["json", { outputFile: ".reports/tests.json" }]],
    coverage: {
      enabled: deep,
      include: chosen
        .filter((folder) => folder.startsWith("packages/"))
        .map((folder) => `${folder}/src/**/*.ts`),
      reportsDirectory: ".reports/coverage",
      reporter: [["text", { skipFull: true }]],
      thresholds: Object.fromEntries(
        chosen
          .filter((folder) => folder.startsWith("packages/"))
          .map((folder) => [
            `${folder}/src/**/*.ts`,
            { lines: 90, branches: 90, functions: 90, statements: 90 },
          ]),
      ),
    },
  },
})
