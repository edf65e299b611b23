import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { beforeAll, describe, expect, it } from "vitest"
import { isColorful } from "../src/colors.ts"
import { evictionary, inFolder } from "./host.ts"

inFolder()

beforeAll(() => {
  execFileSync("mkfifo", ["one", "two.csv"])
  mkdirSync("folder.keys")
  writeFileSync("latin1.keys", Buffer.from("a\ncaf\xe9\ncaf\xe8\na\n", "latin1"))
  writeFileSync("text.keys", Buffer.from("BZh91AY&SY\x01\x02", "latin1"))
  writeFileSync("ids.jsonl", "[1,9007199254740993]\n[2,9007199254740992]\n")
})

describe("a pipe by name", () => {
  it("is read, and once", async () => {
    const read = evictionary("simulate one --capacity 1 --strategy lru --csv")
    await writeFile("one", "1\n1\n2\n")
    expect(await read).toMatchObject({ status: 0, err: "" })
    expect((await read).out).toContain("\n1,lru,3,1,2,1,")
  })

  it("has a key a line, unless its name tells another format", async () => {
    const read = evictionary("simulate two.csv --capacity 1 --column url --json")
    await writeFile("two.csv", "url\n/a\n")
    expect(JSON.parse((await read).out)).toMatchObject({ requests: 1, traces: ["two.csv"] })
  })

  it.each([
    [
      "simulate one",
      "--capacity must be numbers such as 100,10k for one: percentages are of its keys, and to count those first takes a file",
    ],
    [
      "curve one",
      "--capacity must be numbers such as 100,10k for one: percentages are of its keys, and to count those first takes a file",
    ],
    ["advise one", "advise reads a trace several times: give a file, not one"],
    ["simulate one two.csv one --capacity 1", '"one", which passes by, must be given once'],
  ])("is not opened where it is to be read twice: `%s`", async (line, message) => {
    expect(await evictionary(line)).toEqual({ status: 1, out: "", err: `error: ${message}\n` })
  })
})

it.each([
  ["folder.keys", "folder.keys: is a directory"],
  [
    "latin1.keys",
    'latin1.keys: line 2 is not in UTF-8, as text is unless --encoding says otherwise: "café"',
  ],
  ["text.keys", "text.keys: it is compressed with bzip2: decompress it first"],
])("`simulate %s` says what is wrong with it, with status 1", async (name, message) => {
  const line = `simulate ${name} --capacity 1`
  expect(await evictionary(line)).toEqual({ status: 1, out: "", err: `error: ${message}\n` })
})

it("text in latin1 has as many keys as there are different bytes", async () => {
  const { out } = await evictionary("simulate latin1.keys --encoding latin1 --capacity 1 --json")
  expect(JSON.parse(out)).toMatchObject({ requests: 4, uniqueKeys: 3 })
})

it.each([
  [1, 2],
  [2, 2],
])("column %i of arrays is counted from 1", async (column, uniqueKeys) => {
  const { out } = await evictionary(`simulate ids.jsonl --column ${column} --capacity 1 --json`)
  expect(JSON.parse(out)).toMatchObject({ requests: 2, uniqueKeys, skipped: { count: 0 } })
})

describe("what would control a terminal is shown as it is escaped", () => {
  const evil = "a\u001b[31m\u009b2J\n\u202eb\u007f"
  const shown = "a\\u001b[31m\\u009b2J\\u000a\\u202eb\\u007f"

  beforeAll(() => {
    writeFileSync(`${evil}.keys`, "1\n2\n")
    writeFileSync(`${evil}.lirs`, "1\nx\n")
    writeFileSync(`${evil}.arc`, `${evil}\n`)
    writeFileSync(`${evil}.csv`, `"${evil}"\n1\n`)
  })

  it.each<[string, string[], string]>([
    ["of a trace", ["simulate", `${evil}.keys`], `${shown}.keys: 2 requests`],
    ["with bad lines", ["curve", `${evil}.lirs`, "ten.keys"], "ten.keys: no such file"],
    ["of several", ["simulate", `${evil}.lirs`, `${evil}.keys`], `\n1 bad line skipped: line 2`],
    ["beside rows", ["simulate", `${evil}.lirs`, "--csv"], "warning: 1 bad line skipped"],
    [
      "that is not there",
      ["simulate", `${evil}.none`, "--format", "keys"],
      `${shown}.none: no such`,
    ],
    ["without a format", ["simulate", `${evil}.arc`], `since the name "a\\u001b[31m\\u009b2J`],
    [
      "of a bad line",
      ["simulate", `${evil}.arc`, "--format=arc", "--bad-lines=refuse"],
      "line 1 is not",
    ],
    [
      "of columns",
      ["simulate", `${evil}.csv`, `--column=${evil}x`],
      `received "a\\u001b[31m\\u009b2J`,
    ],
    ["of no request", ["simulate", `${evil}.arc`, "--format=lirs"], `${shown}.arc has no request`],
    ["of a command", [evil], `unknown command 'a\\u001b[31m`],
    ["of an option", ["simulate", `--${evil}`], "unknown option '--a\\u001b[31m"],
    ["of a strategy", ["simulate", "-", `--strategy=${evil}`], "--strategy must be one of"],
  ])("in the name %s", async (_, args, told) => {
    const { out, err } = await evictionary([...args, "--capacity=1"])
    expect(out + err).toContain(told)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(out + err).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  })

  it("in JSON, from which the name can be read back", async () => {
    const { out } = await evictionary(["simulate", `${evil}.keys`, "--capacity=1", "--json"])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
    expect(JSON.parse(out)).toMatchObject({ traces: [`${evil}.keys`] })
  })
})

it("a terminal has colours unless it is told otherwise", () => {
  expect(isColorful({}, true)).toBe(true)
  expect(isColorful({ FORCE_COLOR: "0" }, true)).toBe(false)
  expect(isColorful({ NO_COLOR: "1" }, true)).toBe(false)
})
