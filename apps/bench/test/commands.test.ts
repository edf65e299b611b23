import { stripVTControlCharacters } from "node:util"
import picocolors from "picocolors"
import { beforeAll, describe, expect, it } from "vitest"
import { run } from "../src/program.ts"
import { type FakeHost, fakeHost } from "./host.ts"

const colorful = { colors: picocolors.createColors(true) }

/** Every command, in little; what is timed is made up by the host. */
const commands = [
  "",
  "fib --n 12",
  "tree 10",
  "speed --rounds 1",
  "speed --rounds 2 --all",
  "speed --polymorphic --all",
  "speed --with --capacity 10 --rounds 2",
  "memory",
  "memoize --rounds 2",
  "memoize --async --rounds 2",
  "hits --requests 1000",
  "curves --requests 1000",
]

describe.each(commands)("bench %s", (command) => {
  const args = command === "" ? ["--n", "14"] : command.split(" ")
  let plain: FakeHost
  let status: number

  beforeAll(async () => {
    plain = fakeHost()
    status = await run(args, plain)
  })

  it("ends with status 0 and complains of nothing", () => {
    expect(status).toBe(0)
    expect(plain.complaints).toBe("")
  })

  it("prints no line of more than 80 columns, and none that ends in a space", () => {
    const lines = plain.printed.split("\n")
    expect(lines.filter((line) => line.length > 80 || line.endsWith(" "))).toEqual([])
  })

  it("prints the same text with colour and without, and nothing but text without", async () => {
    const colored = fakeHost(colorful)
    await run(args, colored)
    expect(plain.printed).toBe(stripVTControlCharacters(plain.printed))
    expect(colored.printed).not.toBe(plain.printed)
    expect(trimmed(stripVTControlCharacters(colored.printed))).toBe(trimmed(plain.printed))
  })

  it("prints one JSON document and nothing else with --json", async () => {
    const host = fakeHost(colorful)
    expect(await run([...args, "--json"], host)).toBe(0)
    const report = JSON.parse(host.printed) as { command: string }
    expect(report.command).toBe(command.split(" ")[0] || "fib")
  })

  it("announces as many steps as it takes, and clears the progress line", () => {
    const { steps } = plain
    expect(steps.taken).toHaveLength(steps.announced)
    expect(steps.stopped).toBe(steps.announced > 0)
  })
})

function trimmed(text: string): string {
  return text.replaceAll(/ +$/gm, "")
}

it("the progress line goes when a measurement fails, too", async () => {
  const host = fakeHost({
    ask: async () => {
      throw new Error("broken")
    },
  })
  await expect(run(["--n", "5"], host)).rejects.toThrow("broken")
  expect(host.steps.stopped).toBe(true)
})
