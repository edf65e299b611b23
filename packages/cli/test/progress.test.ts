import { writeFileSync } from "node:fs"
import { stripVTControlCharacters } from "node:util"
import { scan } from "@evictionary/simulator"
import picocolors from "picocolors"
import { beforeAll, expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

inFolder()

beforeAll(() => {
  writeFileSync("scan.keys", [...scan({ requests: 100_000 })].join("\n"))
})

/** A second passes each time that somebody looks. */
function clock(): () => number {
  let now = 1e9
  return () => (now += 1_000)
}

const line = "simulate scan.keys --capacity 10 --strategy lru"

/** What was written, a line for each time that the line was written over. */
function shown(err: string): string[] {
  return err.split("\u001b[1G").map((text) => text.replaceAll("\u001b[0K", ""))
}

it("who watches is told how far it is, how fast, and how long it will take", async () => {
  const { err } = await evictionary(line, { watched: true, now: clock() })
  const replaying = shown(err).filter((text) => text.startsWith("replaying: "))
  expect(replaying.length).toBeGreaterThan(1)
  for (const text of replaying) {
    expect(text).toMatch(/^replaying: \d+%, [\d.]+K requests\/s, \d+ s left$/)
  }
  const shares = replaying.map((text) => Number.parseInt(text.slice("replaying: ".length), 10))
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shown(err).some((text) => text.startsWith("working out MIN: "))).toBe(true)
})

it.each([
  [1_000, "s"],
  [100_000, "min"],
  [10_000_000, "h"],
])("with %i ms for a look, the wait is told in %s", async (pause, unit) => {
  let now = 0
  const { err } = await evictionary(line, { watched: true, now: () => (now += pause) })
  expect(shown(err).at(3)).toMatch(new RegExp(`, [\\d.]+ ${unit} left$`))
})

it("nobody knows how long standard input is", async () => {
  async function* input() {
    for (let i = 0; i < 20; i++) yield Buffer.from("1\n".repeat(10_000))
  }
  const { err } = await evictionary("simulate - --capacity 1 --strategy lru", {
    in: input(),
    watched: true,
    now: clock(),
  })
  expect(shown(err)).toContainEqual(expect.stringMatching(/^replaying: [\d.]+K requests, .*\/s$/))
})

it("the line is gone at the end, and the speed stays", async () => {
  const { err } = await evictionary(line, { watched: true, now: clock() })
  expect(shown(err).slice(-2)).toEqual([
    expect.stringMatching(/^3 caches in \d+\.\d\d s: [\d.]+K? requests\/s\n$/),
    "",
  ])
})

it("the line is gone before an error is told", async () => {
  writeFileSync("bad.log", "x\n")
  const { err } = await evictionary("simulate bad.log --capacity 1", { watched: true })
  expect(shown(err)).toEqual([
    "",
    "error: bad.log has no request: line 1 is not of a web server's log\n",
  ])
})

it("it is written no more than ten times a second", async () => {
  let now = 0
  const { err } = await evictionary(line, { watched: true, now: () => (now += 10) })
  const updates = shown(err).filter((text) => text.includes("requests/s,")).length
  expect(updates).toBeLessThanOrEqual(now / 100)
})

it("nothing is told if nobody watches", async () => {
  expect(await evictionary(line, { now: clock() })).toMatchObject({ err: "" })
})

it.each(["simulate", "advise", "curve"])(
  "`%s` prints the same text with colour and without",
  async (command) => {
    const own = `${command} scan.keys --limit 2000 --strategy lru,sieve --capacity 10`
    const plain = await evictionary(own)
    const colors = picocolors.createColors(true)
    const { out } = await evictionary(own, { colors })
    expect(out).not.toBe(plain.out)
    expect(stripVTControlCharacters(out).replaceAll(/ +$/gm, "")).toBe(plain.out)
    expect(plain.out.split("\n").filter((line) => line.length > 80 || / $/.test(line))).toEqual([])
  },
)
