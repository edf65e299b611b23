// A strategy outside of this repository proves itself with what is published, by the test runner
// that it likes: the packed packages are put into a folder of their own, and used there.

import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const here = import.meta.dirname
const root = join(here, "../../../..")
const folder = mkdtempSync(join(tmpdir(), "outside-"))
const modules = join(folder, "node_modules")

function run(command, args) {
  const shell = process.platform === "win32"
  try {
    return execFileSync(command, args, { cwd: folder, encoding: "utf8", shell, stdio: "pipe" })
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${error.stdout}${error.stderr}`)
  }
}

try {
  for (const name of ["core", "conformance"]) {
    const tarball = join(folder, `${name}.tgz`)
    run("pnpm", ["--dir", join(root, "packages", name), "pack", "--out", tarball])
    run("tar", ["-xzf", tarball])
    cpSync(join(folder, "package"), join(modules, "@evictionary", name), { recursive: true })
    rmSync(join(folder, "package"), { recursive: true })
  }
  mkdirSync(modules, { recursive: true })
  symlinkSync(join(here, "../../node_modules/fast-check"), join(modules, "fast-check"), "junction")
  symlinkSync(join(root, "node_modules/vitest"), join(modules, "vitest"), "junction")
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }))
  for (const file of ["mine.js", "node.test.js", "vitest.test.js"]) {
    cpSync(join(here, file), join(folder, file))
  }
  for (const [name, args] of [
    ["node:test", ["--test", "node.test.js"]],
    ["vitest", ["node_modules/vitest/vitest.mjs", "run", "vitest.test.js", "--reporter=tap"]],
  ]) {
    const passed = run(process.execPath, args).match(/^ +ok /gm) ?? []
    if (passed.length < 80) throw new Error(`${name} ran ${passed.length} laws only`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
