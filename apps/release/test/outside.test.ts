import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { tarballs } from "./rehearsed.ts"

const root = join(import.meta.dirname, "../../..")
const folder = mkdtempSync(join(tmpdir(), "outside-"))
const modules = join(folder, "node_modules")

/** How many laws the runner says are kept. */
function lawsKept(...args: string[]): number {
  // What is found deeper is found in this repository.
  const env = { ...process.env, EVICTIONARY_DEEP: "" }
  const said = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", env })
  return said.match(/^ +ok /gm)?.length ?? 0
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(deep)("in a repository of its own", () => {
  beforeAll(() => {
    cpSync(join(import.meta.dirname, "outside"), folder, { recursive: true })
    mkdirSync(join(modules, "@evictionary"), { recursive: true })
    for (const name of ["core", "conformance"]) {
      const tarball = tarballs[`@evictionary/${name}`] as string
      execFileSync("tar", ["-xzf", tarball], { cwd: folder })
      renameSync(join(folder, "package"), join(modules, "@evictionary", name))
    }
    const fastCheck = join(root, "packages/conformance/node_modules/fast-check")
    symlinkSync(fastCheck, join(modules, "fast-check"), "junction")
    symlinkSync(join(root, "node_modules/vitest"), join(modules, "vitest"), "junction")
  })

  it("a strategy is held to the laws by node:test", () => {
    expect(lawsKept("--test", "--test-reporter=tap", "node.test.js")).toBeGreaterThan(80)
  })

  it("and by vitest", () => {
    const vitest = "node_modules/vitest/vitest.mjs"
    expect(lawsKept(vitest, "run", "vitest.test.js", "--reporter=tap")).toBeGreaterThan(80)
  })
})
