import { readFileSync } from "node:fs"
import { expect, it, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { run } from "../src/program.ts"
import { fakeHost, quickly, strategies } from "./host.ts"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const commands = [...readme.matchAll(/^npx -y pnpm@[\d.]+ (?:-s )?bench *([^#\n]*)/gm)]

it("the README has commands", () => {
  expect(commands.length).toBeGreaterThan(3)
  expect(readme.match(/^npx/gm)).toHaveLength(commands.length)
})

const lines = commands.map(([, args]) => args!.trim())
const ofServers = lines.filter((args) => args.startsWith("tiered"))

it.each(ofServers)("`bench %s` is understood, and says that it needs a server", async (args) => {
  for (const name of ["CI", "EVICTIONARY_REDIS", "PATH"]) vi.stubEnv(name, "")
  const host = fakeHost()
  expect(await run(args.split(" "), host)).toBe(1)
  expect(host.complaints).toBe("error: there is no redis-server or valkey-server on the PATH\n")
  vi.unstubAllEnvs()
})

const others = lines.filter((args) => !ofServers.includes(args))

const LESS: Record<string, string[]> = {
  hits: ["--requests", "1000"],
  curves: ["--requests", "1000"],
  soak: ["--runs", "5", "--law", "capacity"],
}

/** The tests of the page run it. */
const OF_PAGE = "report --quick"

it("the README says how to make the page", () => expect(others).toContain(OF_PAGE))

it.each(others.filter((args) => args !== OF_PAGE))("`bench %s` runs", async (args) => {
  const words = args === "" ? [] : args.split(/ +/)
  // Less of everything does for the question whether the command is understood.
  const host = fakeHost()
  const smaller =
    words.length === 0 || words[0]!.startsWith("--") ? ["--n", "10"] : (LESS[words[0]!] ?? [])
  expect(await run([...words, ...smaller], host)).toBe(0)
  expect(host.printed).not.toBe("")
})

/** What stands in the README of the repository as printed by `bench`. */
const [, shown = ""] = /^```\n(fib\(36\) = .*?)^```$/ms.exec(
  readFileSync(new URL("../../../README.md", import.meta.url), "utf8"),
)!

/** Those that it shows; one that comes later has its rows when the README is made anew. */
const known = strategies.filter(({ strategyName }) => shown.includes(`\n${strategyName} `))

/** Counted in a moment. */
const FEW = ["unbounded", "lru", "two-queue"]

/** Without the numbers, which are others each time, and the room that they take. */
function shape(page: string): string {
  return page
    .replaceAll(/[≈>±]?\d[\d.,]*(?: ?(?:ns|[µm]?s)(?= )|[×%KM])?/g, "0")
    .replaceAll(/─+/g, "─")
    .replaceAll(/\s+/g, " ")
    .trim()
}

it("the README of the repository shows what `bench` prints: the same rows and columns, and words", async () => {
  const { ask } = fakeHost()
  const host = fakeHost({
    findStrategies: async () => known,
    machine: /^on (.*)$/m.exec(shown)![1]!,
    ask: async (job, question) => {
      if (job === "timeFib" && "subject" in question) return { ns: 2_000, consumed: 0 } as never
      return (await (job === "countFib" ? quickly : ask)(job, question)) as never
    },
  })
  expect(await run([], host)).toBe(0)
  expect(shape(shown)).toBe(shape(host.printed.replaceAll("±0.0%", "±1.2%")))
})

it("the README of the repository shows as many body calls as are counted", async () => {
  const counted = deep ? known : known.filter(({ strategyName }) => FEW.includes(strategyName))
  const host = fakeHost({ findStrategies: async () => counted })
  await run(["--rounds", "1"], host)
  const [, rows] = /─\n(.*?)\n\n/s.exec(host.printed)!
  const squeezed = (line: string) => line.replaceAll(/ +/g, " ")
  const lines = shown.split("\n").map(squeezed)
  for (const row of rows!.split("\n")) expect(lines).toContain(squeezed(row))
})
