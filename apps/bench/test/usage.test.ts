import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { fakeHost } from "./host.ts"

const integer = (name: string, range: string, received: string) =>
  `error: ${name} must be an integer from ${range}, received "${received}"\n`

it.each([
  ["--n foo", integer("--n", "1 to 40", "foo")],
  ["--n 0", integer("--n", "1 to 40", "0")],
  ["--n 41", integer("--n", "1 to 40", "41")],
  ["--n 1e1", integer("--n", "1 to 40", "1e1")],
  ["--capacity=-1", integer("--capacity", "1 to 10,000", "-1")],
  ["speed --capacity 1.5", integer("--capacity", "1 to 100,000", "1.5")],
  ["memoize --rounds 0", integer("--rounds", "1 to 100", "0")],
  ["speed --capacity 10,", integer("--capacity", "1 to 100,000", "")],
  ["memory --entries 10", integer("--entries", "1,000 to 1,000,000", "10")],
  ["hits --requests 10", integer("--requests", "1,000 to 10,000,000", "10")],
  ["hits --capacity 0", integer("--capacity", "1 to 10,000,000", "0")],
  [
    "report --out nowhere/at/all.html",
    'error: --out must be a file in a folder that there is, received "nowhere/at/all.html"\n',
  ],
  ["tree 30", integer("n", "1 to 10", "30")],
  ["tree six", integer("n", "1 to 10", "six")],
  ["--n", "error: option '--n <integer>' argument missing\n"],
  ["--rouns 3", "error: unknown option '--rouns' (Did you mean --rounds?)\n"],
  [
    "speed --with ttl --polymorphic",
    "error: option '--with [names]' cannot be used with option '--polymorphic'\n",
  ],
  ["speed --n 3", "error: unknown option '--n'\n"],
  ["sped", 'error: unknown command "sped" (did you mean speed?)\n'],
  ["tree 3 4", "error: too many arguments for 'tree'. Expected 1 argument but got 2.\n"],
])("`bench %s` is answered in one line, with status 2", async (command, complaint) => {
  const host = fakeHost()
  expect(await run(command.split(" "), host)).toBe(2)
  expect(host.complaints).toBe(complaint)
  expect(host.printed).toBe("")
  expect(host.steps.announced).toBe(0)
})

it("what would control a terminal is shown as it is escaped", async () => {
  const host = fakeHost()
  expect(await run(["report", "--out", "\u009b2J/\u001b[2J.html"], host)).toBe(2)
  expect(host.complaints).toMatch(/, received "\\u009b2J\/\\u001b\[2J\.html"\n$/)
})

it.each(["fib", "tree", "speed", "speed --polymorphic", "memory", "memoize", "hits", "curves"])(
  "`bench %s` names the known strategies, and the nearest, when it gets an unknown one",
  async (command) => {
    const host = fakeHost()
    const args = [...command.split(" "), "--strategies", "unbounded,lfru"]
    expect(await run(args, host)).toBe(2)
    expect(host.complaints).toMatch(
      /^error: --strategies must be names from unbounded, lru\b.*, received "lfru" \(did you mean .+\?\)\n$/,
    )
  },
)

it.each([
  [
    "speed --keys strings",
    /^error: --keys must be names from int32, .*fresh-string.* string\?\)\n$/,
  ],
  ["speed --with tll", /^error: --with must be names from ttl, .*did you mean ttl\?/],
  ["speed --workloads hits", /^error: --workloads must be names from hit, .*did you mean hit\?/],
  ["speed --rivals lru-cash", /^error: --rivals must be .*\(did you mean lru-cache\?\)\n$/],
  ["memoize --rivals moise", /^error: --rivals must be .*\(did you mean moize\?\)\n$/],
])("`bench %s` names what there is, and the nearest", async (command, complaint) => {
  const host = fakeHost()
  expect(await run(command.split(" "), host)).toBe(2)
  expect(host.complaints).toMatch(complaint)
})

it.each(["speed", "speed --with", "memory", "memoize", "memoize --async"])(
  "`bench %s --rivals none` is about ours",
  async (command) => {
    const host = fakeHost()
    expect(await run([...command.split(" "), "--rivals", "none"], host)).toBe(0)
    expect(host.printed).toContain("lru")
    expect(host.printed).not.toContain("rival")
  },
)

it("measures only the strategies that are asked for", async () => {
  const host = fakeHost()
  await run(["--n", "5", "--strategies", "lru", "--json"], host)
  const { rows } = JSON.parse(host.printed) as { rows: { runtime: string; name: string }[] }
  const names = rows.filter(({ runtime }) => runtime === "node").map(({ name }) => name)
  expect(names).toEqual(["no cache", "lru(128)", "lru(3)", "lru(2)"])
})

it("understands the `--` that pnpm hands on", async () => {
  const host = fakeHost()
  expect(await run(["--", "tree", "2"], host)).toBe(0)
  expect(host.printed).toContain("fib(2)")
})

it.each([
  "--help",
  "help",
  "fib --help",
  "tree --help",
  "speed --help",
  "memory --help",
  "memoize --help",
  "hits --help",
  "curves --help",
  "report --help",
])("`bench %s` prints help within 80 columns, with status 0", async (command) => {
  const host = fakeHost()
  expect(await run(command.split(" "), host)).toBe(0)
  expect(host.printed).toContain("--json")
  expect(host.printed.split("\n").filter((line) => line.length > 80)).toEqual([])
})
