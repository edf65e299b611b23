import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { fakeHost, quickly } from "./host.ts"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const commands = [...readme.matchAll(/^npx -y pnpm@[\d.]+ (?:-s )?bench *([^#\n]*)/gm)]

it("the README has commands", () => {
  expect(commands.length).toBeGreaterThan(3)
  expect(readme.match(/^npx/gm)).toHaveLength(commands.length)
})

it.each(commands.map(([, args]) => args!.trim()))("`bench %s` runs", async (args) => {
  const words = args === "" ? [] : args.split(/ +/)
  // Less of everything does for the question whether the command is understood.
  const host = fakeHost(words[0] === "report" ? { ask: quickly } : {})
  const smaller =
    words.length === 0 || words[0]!.startsWith("--")
      ? ["--n", "10"]
      : ["hits", "curves"].includes(words[0]!)
        ? ["--requests", "1000"]
        : []
  expect(await run([...words, ...smaller], host)).toBe(0)
  expect(host.printed).not.toBe("")
})
