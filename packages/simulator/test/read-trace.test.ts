import { readFile } from "node:fs/promises"
import { setImmediate } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { type BadLine, type ReadTraceOptions, readTrace, simulate } from "@evictionary/simulator"
import { readTraceFile } from "@evictionary/simulator/node"
import fc from "fast-check"
import { expect, it, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { alike } from "../../../scripts/same.ts"
import { contentsOf, stream } from "./reading.ts"

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url)

function keysOf(text: string, options: ReadTraceOptions) {
  return contentsOf(readTrace(stream(text), options)).then(({ keys }) => keys)
}

it("all frames of a zst file are read, and those to be skipped are skipped", async () => {
  const { keys } = await contentsOf(readTraceFile(fixture("frames.keys.zst")))
  expect(keys).toEqual([1, 2, 3, 4, 5])
})

it("a zst file of several blocks is read, from a path too", async () => {
  const { keys } = await contentsOf(readTraceFile(fileURLToPath(fixture("blocks.keys.zst"))))
  expect(keys).toEqual(Array.from({ length: 60_000 }, (_, i) => (i + 1) % 977))
})

it("a trace in a file can be read again", async () => {
  const trace = readTraceFile(fixture("frames.keys.zst"))
  await contentsOf(trace)
  expect((await contentsOf(trace)).keys).toEqual([1, 2, 3, 4, 5])
})

it.each([
  ["OLTP.lis", "arc"],
  ["OLTP.lis.zst", "arc"],
  ["a.csv", "csv"],
  ["a.tsv.gz", "tsv"],
  ["a.jsonl", "jsonl"],
  ["a.ndjson.gz", "jsonl"],
  ["a.txt", "keys"],
  ["a.keys", "keys"],
  ["multi1.trc", "lirs"],
  ["a.lirs.gz", "lirs"],
  ["access.log", "log"],
  ["access.log.3.gz", "log"],
  ["access_log", "log"],
  ["w.oracleGeneral.zst", "oracleGeneral"],
  ["w.oracleGeneral.bin", "oracleGeneral"],
])("%s is taken to be %s", (name, format) => {
  expect(readTraceFile(`folder/${name}`).format).toBe(format)
})

it.each(["7", "0", "-7", "2147483647", "-2147483648"])("%s is a number", async (text) => {
  expect(await keysOf(text, { format: "keys" })).toEqual([Number(text)])
})

it.each(["07", "-0", "+7", "7.0", "2147483648", "-2147483649", "99999999999", " 7", "-", "1e3"])(
  '"%s" is text',
  async (text) => {
    expect(await keysOf(text, { format: "keys" })).toEqual([text])
  },
)

it("a byte order mark, empty lines and ends of lines are no part of keys", async () => {
  expect(await keysOf("\ufeffa\r\n\r\n\nb\r\nc", { format: "keys" })).toEqual(["a", "b", "c"])
  expect(await keysOf("\ufeffkey,x\r\na,1\r\n\r\nb,2", { format: "csv" })).toEqual(["a", "b"])
})

it("a separator of lines that is none of a text file is part of a key", async () => {
  const options: ReadTraceOptions = { format: "sized-keys" }
  expect(await keysOf("a\u2028b 1\n", options)).toEqual(["a\u2028b"])
})

it("the blocks of an arc trace are counted exactly however large they are", async () => {
  const keys = await keysOf("9007199254740990 4 0 0", { format: "arc" })
  expect(keys).toEqual([0, 1, 2, 3].map((n) => `900719925474099${n}`))
})

it("blanks around key and size are no part of them", async () => {
  const { keys, sizes } = await contentsOf(
    readTrace(stream("  /a b \t 5\n/a b 6  \n 7 8"), { format: "sized-keys" }),
  )
  expect(keys).toEqual(["/a b", "/a b", 7])
  expect(sizes).toEqual([5, 6, 8])
})

it("numbers in JSON are one key if they are equal, and else not", async () => {
  const equal = ["0.5", "0.50", "5e-1"]
  const others = ["9007199254740993", "9007199254740992", "0.5000000000000000000001", "1e400"]
  const lines = [...equal, ...others].map((digits) => `{"key":${digits}}`)
  const keys = await keysOf(lines.join("\n"), { format: "jsonl" })
  expect(keys).toEqual(["0.5", "0.5", "0.5", ...others])
})

it("of several members of one name in JSON the last is meant, long numbers or not", async () => {
  const lines = ['{"key":1,"key":2}', '{"key":9007199254740993,"key":9007199254740994}']
  expect(await keysOf(lines.join("\n"), { format: "jsonl" })).toEqual([2, "9007199254740994"])
})

it("a name in an object of JSON may be a number, and one in an array is none", async () => {
  const lines = '{"1":"a"}\n["b","c"]'
  expect(await keysOf(lines, { format: "jsonl", column: 1 })).toEqual(["a", "b"])
  const named: ReadTraceOptions = { format: "jsonl", column: "length", onBadLine: "skip" }
  expect(await keysOf(lines, named)).toEqual([])
})

it("a line of an arc trace is a run of blocks", async () => {
  expect(await keysOf("10 3 0 1\n5 0 0 2\n7 1 0 3", { format: "arc" })).toEqual([10, 11, 12, 7])
})

it("the key of a line in a web server's log is method and target, as they stand there", async () => {
  const lines = [
    '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326',
    'v.org:80 1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "POST /b?c=\\"d\\" HTTP/2.0" 204 - "http://x/" "Mozilla (\\"X\\")"',
    '1.2.3.4 - - [x] "GET /search?q=two words HTTP/1.1" 200 1 "http://x/ HTTP/1.1" "-"',
    '1.2.3.4 - - [x] "GET /two words" 200 1',
  ]
  const { keys, sizes } = await contentsOf(readTrace(stream(lines.join("\n")), { format: "log" }))
  expect(keys).toEqual([
    "GET /a.gif",
    'POST /b?c=\\"d\\"',
    "GET /search?q=two words",
    "GET /two words",
  ])
  expect(sizes).toEqual([2326, 0, 1, 1])
})

it.each<[ReadTraceOptions, string, BadLine]>([
  [
    { format: "sized-keys" },
    "a 1\nb\n",
    { line: 2, reason: "is not a key, a blank and a size", text: "b" },
  ],
  [{ format: "lirs" }, "1\n*\nx", { line: 3, reason: "is not a number", text: "x" }],
  [
    { format: "arc" },
    "1 1 0 0\n1",
    { line: 2, reason: "is not a first block, a count and two other numbers", text: "1" },
  ],
  [
    { format: "arc" },
    "1 1000001 0 0",
    { line: 1, reason: "has more than 1000000 blocks", text: "1 1000001 0 0" },
  ],
  [
    { format: "log" },
    '\n1.1.1.1 - - [x] "-" 408 -',
    { line: 2, reason: "is not of a web server's log", text: '1.1.1.1 - - [x] "-" 408 -' },
  ],
  [
    { format: "jsonl" },
    '{"key":1}\n{"key":',
    { line: 2, reason: "is not an object in JSON", text: '{"key":' },
  ],
  [{ format: "jsonl" }, '{"id":1}', { line: 1, reason: 'has no key in "key"', text: '{"id":1}' }],
  [
    { format: "jsonl", column: "toString" },
    "{}",
    { line: 1, reason: 'has no key in "toString"', text: "{}" },
  ],
  [
    { format: "jsonl" },
    '{"key":9007199254740993',
    { line: 1, reason: "is not an object in JSON", text: '{"key":9007199254740993' },
  ],
  [{ format: "jsonl", column: 2 }, "[1]", { line: 1, reason: "has no key in 2", text: "[1]" }],
  [{ format: "jsonl" }, "[1]", { line: 1, reason: 'has no key in "key"', text: "[1]" }],
  [
    { format: "jsonl", sizeColumn: "n" },
    '{"key":1,"n":-1}',
    { line: 1, reason: 'has no size in "n"', text: '{"key":1,"n":-1}' },
  ],
  [
    { format: "tsv", column: "b" },
    "a\tb\n1\t2\n3",
    { line: 3, reason: 'has no column "b"', text: "3" },
  ],
  [{ format: "csv", column: 2 }, "1,2\n\n3", { line: 3, reason: "has no column 2", text: "3" }],
  [
    { format: "csv", column: 1, sizeColumn: 2 },
    "1,2\n3,x",
    { line: 2, reason: "has no size in column 2", text: "3,x" },
  ],
  [
    { format: "keys", maxLineLength: 3 },
    "abc\nabcd",
    { line: 2, reason: "has more than 3 characters", text: "abcd" },
  ],
])("%j: a bad line is refused with its number and what is wrong", async (options, text, bad) => {
  await expect(keysOf(text, options)).rejects.toMatchObject({
    name: "TraceError",
    code: "BAD_LINE",
    message: `line ${bad.line} ${bad.reason}: ${JSON.stringify(bad.text)}`,
    ...bad,
  })
})

it("options are read once, when the trace is made", async () => {
  const options: ReadTraceOptions = { format: "csv", column: "a", onBadLine: "skip" }
  const trace = readTrace(stream('a,b\n1,2\n"\n3,4'), options)
  Object.assign(options, { format: "keys", column: "b", onBadLine: "refuse", encoding: "ascii" })
  expect((await contentsOf(trace)).keys).toEqual([1, 3])
})

it("a bad line can be skipped; it is counted", async () => {
  const trace = readTrace(stream("1\nx\n2\ny"), { format: "lirs", onBadLine: "skip" })
  expect((await contentsOf(trace)).keys).toEqual([1, 2])
  expect(trace.badLines).toBe(2)
})

it("who asks is told of bad lines, which are skipped", async () => {
  const told: BadLine[] = []
  const onBadLine = (bad: BadLine) => told.push(bad)
  expect(await keysOf("1\nx\n2", { format: "lirs", onBadLine })).toEqual([1, 2])
  expect(told).toEqual([{ line: 2, reason: "is not a number", text: "x" }])
})

it("a record of csv that is not well quoted is skipped alone", async () => {
  const told: BadLine[] = []
  const onBadLine = (bad: BadLine) => told.push(bad)
  const text = 'key,x\na,1\nb"c,2\n"d"e,3\n"f\n\nf",4\n"g\n'
  expect(await keysOf(text, { format: "csv", onBadLine })).toEqual(["a", "f\n\nf"])
  expect(told).toEqual([
    { line: 3, reason: "has a misplaced quotation mark", text: 'b"c,2' },
    { line: 4, reason: "has a misplaced quotation mark", text: '"d"e,3' },
    { line: 8, reason: "has a quotation mark that is not closed", text: '"g' },
  ])
})

it("a quotation mark that is not closed costs a csv its own line", async () => {
  const text = `key\n${"a\n".repeat(50)}"b\n${"c\n".repeat(100)}`
  for (const maxLineLength of [40, undefined]) {
    const trace = readTrace(stream(text), { format: "csv", maxLineLength, onBadLine: "skip" })
    const { keys } = await contentsOf(trace)
    expect(keys).toEqual([...Array(50).fill("a"), ...Array(100).fill("c")])
    expect(trace.badLines).toBe(1)
  }
})

it("records of csv are those that begin soonest, and what is in none is bad line by line", async () => {
  const text = fc.string({ unit: fc.constantFrom(...'a,"\n'.split("")), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 20 }), async (text, maxLineLength) => {
      const bad: number[] = []
      const keys = await keysOf(text, {
        format: "csv",
        column: 1,
        maxLineLength,
        onBadLine: ({ line }) => bad.push(line),
      })
      alike({ keys, bad }, recordsIn(text, maxLineLength))
    }),
    { numRuns: deep ? 100_000 : 500 },
  )
})

/** First fields and bad lines, found by trying for each line how many more a record may have. */
function recordsIn(text: string, most: number): { keys: string[]; bad: number[] } {
  const lines = text.split("\n")
  const [keys, bad] = [[] as string[], [] as number[]]
  for (let at = 0; at < lines.length; ) {
    const ends = lines.map((_, i) => i + 1).filter((end) => end > at)
    const end = ends.find((end) => {
      const record = lines.slice(at, end).join("\n")
      return (
        record.length <= most && /^("([^"]|"")*"|[^",\n]*)(,("([^"]|"")*"|[^",\n]*))*$/.test(record)
      )
    })
    const [, quoted, plain] =
      /^(?:"((?:[^"]|"")*)"|([^",]*))/.exec(lines.slice(at, end).join("\n")) ?? []
    if (end === undefined) bad.push(at + 1)
    else if (lines[at] !== "") keys.push(quoted?.replaceAll('""', '"') ?? plain!)
    at = end ?? at + 1
  }
  return { keys, bad: bad.filter((line) => lines[line - 1] !== "") }
}

it.each([
  ["one that is open for ever", `"${"a\n".repeat(20_000)}`],
  ["many that close each other wrongly", '"a\n'.repeat(20_000)],
  ["many that are open between escaped ones", `${'"a\n'}${'""\n'.repeat(10)}`.repeat(2_000)],
  ["all marks", '"'.repeat(50_000)],
  ["odd numbers of marks", '"""\n'.repeat(10_000)],
])("no line of csv is looked at more than twice: %s", async (_, text) => {
  const scans = vi.spyOn(String.prototype, "indexOf")
  const options: ReadTraceOptions = { format: "csv", column: 1, onBadLine: "skip" }
  await keysOf(text, { ...options, maxLineLength: Infinity })
  const parts = text.split(/["\n]/).length
  expect(scans.mock.calls.length).toBeLessThan(3 * parts)
  scans.mockRestore()
})

it("a line without end takes no more memory than a line may have", async () => {
  async function* endless() {
    for (let i = 0; i < 2_000; i++) yield Buffer.alloc(2 ** 16, "x")
    yield Buffer.from("\nlast\n")
  }
  for (const format of ["keys", "csv"] as const) {
    const before = process.memoryUsage().rss
    const trace = readTrace(endless(), { format, column: 1, onBadLine: "skip" })
    expect((await contentsOf(trace)).keys).toEqual(["last"])
    expect(trace.badLines).toBe(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  }
})

it("an incomplete record at the end of a binary trace is bad", async () => {
  const trace = readTrace(stream(new Uint8Array(24 + 5)), { format: "oracleGeneral" })
  await expect(contentsOf(trace)).rejects.toMatchObject({
    line: 2,
    reason: "has 5 bytes instead of 24",
  })
})

it.each(["frames.keys.zst", "blocks.keys.zst"])(
  "%s is refused if it was cut short",
  async (name) => {
    const bytes = await readFile(fixture(name))
    const trace = readTrace(stream(bytes.subarray(0, -3)), { format: "keys" })
    await expect(contentsOf(trace)).rejects.toMatchObject({ code: "DAMAGED" })
  },
)

it("a column that is not there is an error, whatever is done with bad lines", async () => {
  const options: ReadTraceOptions = { format: "csv", column: "url", onBadLine: "skip" }
  await expect(keysOf("id,size\n1,2", options)).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: '`column` must be a name in the first line ("id", "size"), received "url"',
  })
})

it("options may be inherited, or told by getters, each of which is read once", async () => {
  const read: string[] = []
  const of = <T>(name: string, value: T) => {
    read.push(name)
    return value
  }
  class Base {
    get format() {
      return of("format", "csv" as const)
    }
    get column() {
      return of("column", "url")
    }
  }
  class Options extends Base {
    get onBadLine() {
      return of("onBadLine", "skip" as const)
    }
    get maxLineLength() {
      return of("maxLineLength", 9)
    }
  }
  expect(await keysOf("id,url\n1,a\n2,too long\n3,b", new Options())).toEqual(["a", "b"])
  expect(read.sort()).toEqual(["column", "format", "maxLineLength", "onBadLine"])
})

it.each<[ReadTraceOptions, RegExp]>([
  [{}, /^`format` must be one of arc, csv, .*, tsv, received undefined$/],
  [{ format: "xml" as never }, /^`format` must be one of .*, received "xml"$/],
  [{ format: "keys", compression: "br" as never }, /^`compression` must be "gz", "none" or "zst"/],
  [
    { format: "keys", onBadLine: "warn" as never },
    /^`onBadLine` must be "refuse", "skip" or a function/,
  ],
  [{ format: "keys", maxLineLength: -1 }, /^`maxLineLength` must be a non-negative integer/],
  [{ format: "csv", column: 0 }, /^`column` must be a name, or a positive integer, received 0/],
  [{ format: "keys", encoding: "ascii" as never }, /^`encoding` must be "utf-8" or "latin1"/],
  [
    { format: "csv", sizeColumn: {} as never },
    /^`sizeColumn` must be a name, or a positive integer/,
  ],
])("%j is refused before anything is read", (options, message) => {
  expect(() => readTrace(stream("a"), options)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(message) }),
  )
})

it("a file that is not there is an error when it is read", async () => {
  await expect(contentsOf(readTraceFile("nowhere.txt"))).rejects.toMatchObject({ code: "ENOENT" })
})

it("a source that is left early is closed", async () => {
  let closed = false
  async function* source() {
    try {
      for (;;) yield Buffer.from("1\n".repeat(10_000))
    } finally {
      closed = true
    }
  }
  for await (const { keys } of readTrace(source(), { format: "keys" })) if (keys.length > 0) break
  expect(closed).toBe(true)
})

it.each<[string, Uint8Array]>([
  ["that never waits", Buffer.alloc(10_000, "\n")],
  ["of large chunks that never waits", Buffer.alloc(3_000_000, "\n")],
  ["of chunks that are compressed and hold nothing", gzipSync("")],
])("other work goes on while a source %s is read, and a signal ends it", async (_, chunk) => {
  let isOpen = true
  async function* source() {
    try {
      for (;;) yield chunk
    } finally {
      isOpen = false
    }
  }
  const controller = new AbortController()
  setTimeout(() => controller.abort())
  // Empty lines: however many, they are no request, and the first block is waited for.
  const { requests, complete } = await simulate(readTrace(source(), { format: "keys" }), {
    strategies: [],
    capacities: [],
    signal: controller.signal,
  })
  expect({ requests, complete }).toEqual({ requests: 0, complete: false })
  for (let turn = 0; turn < 100 && isOpen; turn++) await setImmediate()
  expect(isOpen).toBe(false)
})
