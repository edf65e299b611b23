import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { tarballs } from "./rehearsed.ts"

const root = join(import.meta.dirname, "../../..")

function node(args: string[], input = ""): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", input })
}

it("the command makes a trace, and replays it from a pipe", () => {
  const main = "packages/cli/dist/main.js"
  const trace = node([main, "generate", "zipf", "--requests", "1k"])
  const { requests } = JSON.parse(
    node([main, "simulate", "-", "--capacity", "10", "--json"], trace),
  )
  expect(requests).toBe(1_000)
})

it("every package can be required where there is no import", () => {
  const folders = Object.keys(tarballs).map((name) => name.replace("@evictionary/", ""))
  const libraries = folders.filter((folder) => {
    return JSON.parse(readFileSync(join(root, `packages/${folder}/package.json`), "utf8")).exports
  })
  const script = libraries.map((folder) => `require("./packages/${folder}")`)
  expect(libraries.length).toBeGreaterThan(15)
  expect(node(["--input-type=commonjs", "--no-warnings", "--eval", script.join("\n")])).toBe("")
})
