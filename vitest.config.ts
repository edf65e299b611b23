import { existsSync, readdirSync } from "node:fs"
import { join, relative } from "node:path"
import { defineConfig } from "vitest/config"
import { deep } from "./scripts/deep.ts"

const root = import.meta.dirname
const folders = ["packages", "apps"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, "test")))

// Started in a package's folder: that package alone.
const here = relative(root, process.cwd()).replaceAll("\\", "/")
const chosen = folders.includes(here) ? [here] : folders

// Machines may be slow, and busy; a time limit is there to end what hangs.
const LIMIT = 600_000

/** They look at the heap of their process, or at what modules do when they are loaded. */
const APART = "test/{memory,steps}.test.ts"

/** Their files share what they load, which takes longer than most of them. */
const sharing = ["apps/bench", "packages/cli", "packages/simulator"]

function isStrategy(folder: string): boolean {
  return existsSync(join(root, folder, "test/golden.test.ts"))
}

function project(folders: string[], name?: string) {
  const [first = ""] = folders
  const globalSetup = `${first}/test/global-setup.ts`
  const isApart = name === "apart"
  return {
    extends: true as const,
    test: {
      name: name ?? first.slice(first.indexOf("/") + 1),
      root,
      include: folders.map((folder) => `${folder}/${isApart ? APART : "test/**/*.test.ts"}`),
      exclude: isApart ? [] : [`**/${APART}`],
      isolate: isApart || !(name === "strategies" || sharing.includes(first)),
      globalSetup: name === undefined && existsSync(join(root, globalSetup)) ? [globalSetup] : [],
    },
  }
}

/** Vite leaves standard decorators as they are, and no Node.js runs them yet. */
const decorators = {
  name: "decorators",
  enforce: "pre" as const,
  async transform(code: string, fileName: string) {
    if (!fileName.endsWith(".test.ts") || !/^ *@\w/m.test(code)) return
    const { default: ts } = await import("typescript")
    const compilerOptions = { target: ts.ScriptTarget.ES2022, sourceMap: true }
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName, compilerOptions })
    return { code: outputText, map: sourceMapText }
  },
}

export default defineConfig({
  plugins: [decorators],
  // Workspace packages resolve to their sources: tests need no build.
  ssr: {
    resolve: { conditions: ["@evictionary/source", "node", "development|production"] },
  },
  test: {
    maxWorkers: "100%",
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
    teardownTimeout: LIMIT,
    // Inline, because projects given as globs do not inherit the conditions above.
    projects: [
      ...chosen.filter((folder) => !isStrategy(folder)).map((folder) => project([folder])),
      project(chosen.filter(isStrategy), "strategies"),
      project(chosen, "apart"),
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
