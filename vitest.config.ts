import { existsSync, readdirSync } from "node:fs"
import { join, relative } from "node:path"
import { defineConfig } from "vitest/config"

const root = import.meta.dirname
const folders = ["packages", "apps"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, "package.json")))

// Started in a package's folder, as turbo does: test, measure and report that package alone.
const here = relative(root, process.cwd()).replaceAll("\\", "/")
const chosen = folders.includes(here) ? here : undefined
const tested = chosen
  ? [chosen]
  : folders.filter((folder) => existsSync(join(root, folder, "test")))

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
    resolve: { conditions: ["@evictionary/source", "module", "node", "development|production"] },
  },
  test: {
    // Machines may be slow; a time limit is there to end what hangs.
    testTimeout: 120_000,
    // Inline, because projects given as globs do not inherit the conditions above.
    projects: tested.map((folder) => ({
      extends: true,
      root: folder,
      test: { name: folder.slice(folder.indexOf("/") + 1), include: ["test/**/*.test.ts"] },
    })),
    reporters: chosen
      ? ["default", ["json", { outputFile: `${chosen}/.reports/tests.json` }]]
      : ["default"],
    coverage: {
      include: [`${chosen ?? "packages/*"}/src/**/*.ts`],
      reportsDirectory: `${chosen ?? "."}/.reports/coverage`,
      reporter: [["text", { skipFull: true }]],
      thresholds: { lines: 90, branches: 90, functions: 90, statements: 90 },
    },
  },
})
