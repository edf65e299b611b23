import { spawnSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import generators from "../../../turbo/generators/config.ts"

const root = join(import.meta.dirname, "../../..")
const copy = mkdtempSync(join(tmpdir(), "generated-"))
const made = join(copy, "packages/next-in")

afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** What a member of a first in, first out policy does. */
const FIFO: Record<string, string> = {
  onHit: "",
  evict: "const victim = this.list.oldest\n    this.list.remove(victim)\n    return victim",
  onInsert: "this.list.addYoungest(_slot)",
  onRemove: "this.list.remove(_slot)",
  resize: "",
}

function generate(...args: string[]) {
  const gen = join(root, "node_modules/@turbo/gen/dist/cli.js")
  return spawnSync(process.execPath, [gen, "run", "strategy", "--root", copy, "--args", ...args], {
    cwd: copy,
    encoding: "utf8",
    // There is nothing to install in the copy.
    env: { ...process.env, npm_execpath: "" },
  })
}

/** Runs tests of the new package; returns what they say. */
function test(...names: string[]): { passed: boolean; output: string } {
  const vitest = join(root, "node_modules/vitest/vitest.mjs")
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", "../..", ...names],
    { cwd: made, encoding: "utf8", env: { ...process.env, EVICTIONARY_DEEP: "", NO_COLOR: "1" } },
  )
  return { passed: status === 0, output: stdout + stderr }
}

/** Makes the members do what those of a first in, first out policy do. */
function finish(): void {
  const path = join(made, "src/next-in.ts")
  const policy = readFileSync(path, "utf8")
  const finished = policy.replace(
    /^( {2}(\w+)\(.*\{\n) {4}throw new Error\(.*\)\n/gm,
    (_all, head: string, member: string) => `${head}    ${FIFO[member]}\n`,
  )
  writeFileSync(path, finished)
  const readme = join(made, "README.md")
  writeFileSync(readme, readFileSync(readme, "utf8").replaceAll("TO BE WRITTEN: ", ""))
}

beforeAll(() => {
  for (const file of ["package.json", "pnpm-workspace.yaml", "turbo.json", "tsconfig.json"]) {
    cpSync(join(root, file), join(copy, file))
  }
  for (const folder of ["turbo", "scripts"]) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true })
  }
  cpSync(join(root, "vitest.config.ts"), join(copy, "vitest.config.ts"))
  mkdirSync(join(copy, ".changeset"))
  for (const folder of ["apps", "packages"]) mkdirSync(join(copy, folder))
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction")
})

it("a new strategy is a package with everything but its policy", () => {
  expect(generate("next-in", 'A. Author, "A title", A venue, 1999').status).toBe(0)
  expect(readdirSync(made, { recursive: true }).map(String).sort()).toEqual(
    [
      "README.md",
      "package.json",
      "src",
      join("src", "index.ts"),
      join("src", "next-in.ts"),
      "test",
      join("test", "laws.test.ts"),
      join("test", "next-in.test.ts"),
      join("test", "readme.test.ts"),
    ].sort(),
  )
  const policy = readFileSync(join(made, "src/next-in.ts"), "utf8")
  expect(policy).toContain('A. Author, "A title", A venue, 1999')
  expect(policy).toContain("export const nextIn: Strategy = defineStrategy(")
  expect(readFileSync(join(copy, ".changeset/next-in.md"), "utf8")).toContain(
    '"@evictionary/next-in": minor',
  )

  const modules = join(made, "node_modules/@evictionary")
  mkdirSync(modules, { recursive: true })
  for (const name of ["core", "conformance"]) {
    symlinkSync(join(root, "packages", name), join(modules, name), "junction")
  }
  symlinkSync(made, join(modules, "next-in"), "junction")
})

it("its tests say what is missing", () => {
  const unfinished = test("laws", "readme")
  expect(unfinished.passed).toBe(false)
  expect(unfinished.output).toContain("next-in: where do newcomers go?")
  expect(unfinished.output).toContain("TO BE WRITTEN: in one line, what the cache forgets.")
  // One test says that there is no policy yet; the others were not looked at.
  expect(unfinished.output).toMatch(/Tests +3 failed/)
})

it.runIf(deep)("with a policy, it keeps the laws, and its README is true", () => {
  finish()
  const { passed, output } = test("laws", "readme")
  expect(passed ? "passed" : output).toBe("passed")
})

it("types that are wrong are said, and nothing else", () => {
  const path = join(made, "src/index.ts")
  const index = readFileSync(path, "utf8")
  writeFileSync(path, `${index}export const capacity: number = "many"\n`)
  const { passed, output } = test("readme")
  writeFileSync(path, index)
  expect(passed).toBe(false)
  expect(output).toContain("Type 'string' is not assignable to type 'number'")
  expect(output).not.toMatch(/Tests +\d/)
})

const REFUSED: [string, string][] = [
  ["next-in", "there is packages/next-in already"],
  ["Next In", "must be in lower case with hyphens"],
  ["delete", 'the name "delete" is a word of JavaScript itself'],
]

it.each(REFUSED)("the name %j is refused: %s", (name, words) => {
  let actions: unknown
  generators({
    getDestBasePath: () => copy,
    setHelper() {},
    setGenerator(_: string, generator: { actions: unknown }) {
      actions = generator.actions
    },
  } as never)
  expect(() => (actions as (answers: object) => unknown)({ name, paper: "A paper" })).toThrow(words)
})

it.runIf(deep).each(REFUSED)("the command fails, and says why: %j, %s", (name, words) => {
  const { status, stdout, stderr } = generate(name, "A paper")
  expect(status).not.toBe(0)
  expect(stdout + stderr).toContain(words)
})
