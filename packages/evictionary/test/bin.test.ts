import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"

const folder = mkdtempSync(join(tmpdir(), "evictionary-bin-"))
const here = join(folder, "node_modules/evictionary")
const elsewhere = join(folder, "elsewhere")

beforeAll(() => {
  for (const made of [here, elsewhere]) mkdirSync(made, { recursive: true })
  buildSync({
    entryPoints: [fileURLToPath(new URL("../src/bin.ts", import.meta.url))],
    outfile: join(here, "bin.mjs"),
    platform: "node",
    format: "esm",
  })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, "bin.mjs"), ...args], {
    cwd: elsewhere,
    encoding: "utf8",
    input: "1\n2\n",
    // pnpm names the folder there in which it has everything.
    env: { ...process.env, NODE_PATH: "" },
  })
  return { status, stdout, stderr }
}

/** Installs a command line that says what it was given, and fails. */
function install(parent: string): string {
  const cli = join(parent, "node_modules/@evictionary/cli")
  mkdirSync(cli, { recursive: true })
  writeFileSync(join(cli, "package.json"), JSON.stringify({ bin: { evictionary: "./main.mjs" } }))
  writeFileSync(
    join(cli, "main.mjs"),
    `import { text } from "node:stream/consumers"
     console.log(process.argv.slice(2), await text(process.stdin))
     process.exitCode = 3`,
  )
  return cli
}

it("without the command line, the command says how to get it, and fails", () => {
  const { status, stdout, stderr } = run("simulate", "trace.csv")
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
  expect(stderr).toContain("npx @evictionary/cli simulate trace.csv")
  expect(stderr).toContain("npm install --save-dev @evictionary/cli")
})

it.each([
  ["beside the package", folder],
  ["where the command is used", elsewhere],
])("with the command line installed %s, the command is that", (_, parent) => {
  const cli = install(parent)
  const expected = { status: 3, stdout: "[ 'simulate', '-' ] 1\n2\n\n", stderr: "" }
  expect(run("simulate", "-")).toEqual(expected)
  rmSync(cli, { recursive: true })
})
