import { writeFileSync } from "node:fs"
import { registry } from "evictionary"
import { beforeAll, expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

inFolder()

beforeAll(() => writeFileSync("there.dat", ""))

const FORMATS = "arc, csv, jsonl, keys, lirs, log, oracleGeneral, sized-keys, tsv"
const CAPACITY =
  "entries such as 1000, 10k or 2M, bytes such as 64MB or 1GiB, or a percentage such as 1%"
const STRATEGIES = registry.names.join(", ")

it.each([
  ["simulat", "unknown command 'simulat' (Did you mean simulate?)"],
  ["simulate", "missing required argument 'traces'"],
  ["simulate x.keys", "x.keys: no such file or directory"],
  ["simulate - - --capacity 1", '"-", standard input, must be given once'],
  ["simulate x.dat", "x.dat: no such file or directory"],
  [
    "simulate there.dat",
    `--format must be one of ${FORMATS}, since the name "there.dat" does not tell it`,
  ],
  [
    "simulate - --format cvs",
    `--format must be one of ${FORMATS}, received "cvs" (did you mean csv?)`,
  ],
  ["simulate - --capacity 0", `--capacity must be ${CAPACITY}, received "0"`],
  ["simulate - --capacity 10,x", `--capacity must be ${CAPACITY}, received "x"`],
  ["simulate - --capacity 0.5", `--capacity must be ${CAPACITY}, received "0.5"`],
  ["simulate - --capacity 0%", `--capacity must be ${CAPACITY}, received "0%"`],
  ["simulate - --capacity 101%", `--capacity must be ${CAPACITY}, received "101%"`],
  [
    "simulate - --capacity 1%",
    "--capacity must be numbers such as 100,10k for standard input: percentages are of its keys, and to count those first takes a file",
  ],
  [
    "simulate - --strategy lfru",
    `--strategy must be one of ${STRATEGIES}, or the name of a package, received "lfru" (did you mean lfu?)`,
  ],
  [
    "simulate - --strategy @acme/x",
    '--strategy must be an installed package, received "@acme/x": no package @acme/x',
  ],
  [
    "simulate - --strategy slru,protected=2",
    '`protected` must be a number from 0 to 1, received 2, in "slru, protected=2"',
  ],
  [
    "simulate - --strategy slru,capacity=2",
    '--strategy slru must be followed by options of its own (protected), received "capacity=2"',
  ],
  [
    "simulate - --strategy lru,ttl=5m",
    '--strategy lru must be followed by options of its own (it has none), received "ttl=5m"',
  ],
  [
    "simulate - --bad-lines skp",
    '--bad-lines must be one of skip, refuse, received "skp" (did you mean skip?)',
  ],
  [
    "simulate - --limit 1.5",
    '--limit must be a positive integer such as 1000, 10k or 2M, received "1.5"',
  ],
  ["simulate - --csv --json", "option '--json' cannot be used with option '--csv'"],
  ["simulate - --capcity 3", "unknown option '--capcity' (Did you mean --capacity?)"],
  ["curve - --rate 0", '--rate must be a number above 0, up to 1, received "0"'],
  [
    "generate zipf --keys 0",
    '--keys must be a positive integer such as 1000, 10k or 2M, received "0"',
  ],
  ["generate zipf --seed 1.5", '--seed must be an integer, received "1.5"'],
  ["generate zipf --exponent -1", '--exponent must be a number from 0 on, received "-1"'],
  ["generate hot-set --hot 20k", "`hot` must be at most `keys`, 10000, received 20000"],
  ["generate zip", "unknown command 'zip' (Did you mean zipf?)"],
  ["generate mixture", "missing required argument 'workloads'"],
  [
    "generate mixture zip",
    'workload must be one of zipf, uniform, scan, loop, hot-set, fibonacci, received "zip" (did you mean zipf?)',
  ],
  [
    "generate mixture zipf,key=4",
    'parameter of zipf must be one of weight, keys, exponent, first, received "key" (did you mean keys?)',
  ],
  [
    "generate mixture zipf,keys=",
    'keys must be a positive integer such as 1000, 10k or 2M, received ""',
  ],
])("`evictionary %s` is answered in one line, with status 1", async (line, message) => {
  expect(await evictionary(line)).toEqual({ status: 1, out: "", err: `error: ${message}\n` })
})

it("what is no fault of the user is not caught", async () => {
  const read = evictionary("simulate - --capacity 1", {
    in: "1\n",
    now: () => {
      throw new TypeError("broken")
    },
  })
  await expect(read).rejects.toThrow("broken")
})

it("more keys than there is room for are told in one line", async () => {
  const { status, err } = await evictionary("simulate - --capacity 1", {
    in: "1\n",
    now: () => {
      throw new RangeError("Map maximum size exceeded")
    },
  })
  expect({ status, err }).toEqual({
    status: 1,
    err: "error: there is more than fits into memory (Map maximum size exceeded); --limit takes only the first requests\n",
  })
})

const workloads = ["zipf", "uniform", "scan", "loop", "hot-set", "fibonacci", "mixture"]

it.each([
  "",
  "--help",
  "simulate --help",
  "advise --help",
  "curve --help",
  "strategies --help",
  "generate --help",
  ...workloads.map((workload) => `generate ${workload} --help`),
])("`evictionary %s` prints help within 80 columns, with status 0", async (line) => {
  const { status, out, err } = await evictionary(line)
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toContain("Usage: evictionary")
  expect(out.split("\n").filter((line) => line.length > 80)).toEqual([])
})

it("the help is a page", async () => {
  expect((await evictionary("--help")).out).toMatchInlineSnapshot(`
    "Usage: evictionary [options] [command]

    Which cache strategy, and how large? Replays your traffic through all of them.

    Options:
      -V, --version                   output the version number
      -h, --help                      display help for command

    Commands:
      simulate [options] <traces...>  hit ratios, beside the best possible
      advise [options] <trace>        which strategy, and how much room it needs
      curve [options] <traces...>     miss ratios by capacity
      generate                        made-up traffic, a key a line
      strategies                      names for --strategy, with their own options
      help [command]                  display help for command

    Examples:
      evictionary simulate access.log --capacity 1%,10%
      evictionary simulate trace.csv.gz --column url --strategy lru,sieve --csv
      evictionary simulate access.log --capacity 64MB --by bytes
      evictionary advise trace.gz --format keys --target 0.9
      evictionary curve access.log --strategy lru,s3-fifo
      evictionary generate zipf | evictionary simulate - --capacity 100,1k

    Traces may be compressed by gzip or zstd. Interrupt (Ctrl-C) to see what is
    known so far; a second time, to stop at once.
    "
  `)
})

it("`generate` alone tells what there is, as an error", async () => {
  const { status, out, err } = await evictionary("generate")
  expect({ status, out }).toEqual({ status: 1, out: "" })
  for (const workload of workloads) expect(err).toContain(`  ${workload} [options]`)
})

it("`strategies` lists names as `--strategy` takes them, with options of their own", async () => {
  const { out } = await evictionary("strategies")
  const lines = registry.names.map((name) => {
    const own = registry.get(name).options.map((option) => `${option}=…`)
    return `${[name, ...own].join(", ")}\n`
  })
  expect(out).toBe(lines.join(""))
  expect(out).toContain("\ntwo-queue, recent=…, history=…\n")
})

it("`--version` is that of the package", async () => {
  expect((await evictionary("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})
