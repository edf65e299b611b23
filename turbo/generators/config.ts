import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { PlopTypes } from "@turbo/gen"

/** Templates, in `strategy/`, and where in the new package each goes. */
const FILES = [
  "package.json",
  "README.md",
  "src/index.ts",
  "src/{{name}}.ts",
  "test/laws.test.ts",
  "test/{{name}}.test.ts",
  "test/readme.test.ts",
]

export default function generators(plop: PlopTypes.NodePlopAPI): void {
  const root = plop.getDestBasePath()
  plop.setHelper("isBefore", (name: string, other: string) => name < other)
  plop.setGenerator("strategy", {
    description: "A package for an eviction strategy",
    prompts: [
      {
        type: "input",
        name: "name",
        message: "Name, in lower case with hyphens (two-queue)",
        validate: (name: string) => complaint(root, name) ?? true,
      },
      {
        type: "input",
        name: "paper",
        message: "Paper: authors, title, venue, year",
        validate: (paper: string) => paper.trim() !== "" || "a strategy cites where it comes from",
      },
    ],
    actions(answers) {
      // Answers that are given as arguments have not been validated.
      const fault = complaint(root, answers?.name)
      if (fault !== undefined) throw new Error(fault)
      return [
        ...FILES.map((file) => ({
          type: "add",
          path: `packages/{{name}}/${file}`,
          templateFile: `strategy/${file.replace("{{name}}", "policy")}.hbs`,
        })),
        {
          type: "add",
          path: ".changeset/{{name}}.md",
          templateFile: "strategy/changeset.md.hbs",
        },
        () => makeKnown(root),
        () => `next: the members of packages/${answers?.name}/src/${answers?.name}.ts`,
      ]
    },
  })
}

/** Lets `evictionary` generate its list of strategies anew: what it depends on first, then all. */
function makeKnown(root: string): string {
  const pnpm = process.env.npm_execpath
  if (!pnpm || !existsSync(join(root, "packages/evictionary"))) return "no configuration to enter"
  const generate = ["--filter", "evictionary", "generate"]
  for (const args of [["install"], generate, ["install"], generate]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [pnpm, ...args],
      // A lock file is changed where it is asked for, in continuous integration too.
      { cwd: root, encoding: "utf8", env: { ...process.env, CI: "" } },
    )
    if (status !== 0) throw new Error(`pnpm ${args.join(" ")} failed:\n${stdout}${stderr}`)
  }
  return "packages/evictionary knows it by name"
}

/** What is wrong with the name of a strategy to come, if anything. */
function complaint(root: string, name: unknown): string | undefined {
  if (typeof name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return `the name must be in lower case with hyphens, such as "two-queue", not ${JSON.stringify(name)}`
  }
  if (isReserved(name)) return `the name ${JSON.stringify(name)} is a word of JavaScript itself`
  const folder = join(root, "packages", name)
  if (!existsSync(folder)) return undefined
  const { description } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  return `there is packages/${name} already: ${description}`
}

/** Whether no variable can have the name. */
function isReserved(name: string): boolean {
  if (name.includes("-")) return false
  try {
    new Function(`"use strict"; const ${name} = 0; return async () => ${name}`)
    return false
  } catch {
    return true
  }
}
