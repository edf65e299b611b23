import { writeFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { type CacheResult, simulate, zipf } from "@evictionary/simulator"
import { lru, sieve, slru } from "evictionary"
import { beforeAll, describe, expect, it } from "vitest"
import { evictionary, inFolder, interruptedAt } from "./host.ts"

inFolder()

const LOG_LINE = '127.0.0.1 - - [23/Nov/2026:00:00:00 +0000] "GET /a HTTP/1.1" 200 1234'
const keys = [...zipf({ keys: 1_000, requests: 20_000 })]

beforeAll(() => {
  writeFileSync("ten.keys", "a\nb\na\nc\na\nb\nd\na\nb\nc\n")
  writeFileSync("zipf.keys", keys.join("\n"))
  writeFileSync("packed.keys.gz", gzipSync(keys.join("\n")))
  writeFileSync("sized.csv", "id,url,bytes\n1,/a,100\n2,/b,10\n3,/a,100\n4,/c,90\n5,/a,100\n")
  writeFileSync("access.log", `${LOG_LINE}\nnonsense\n${LOG_LINE}\n${"x\n".repeat(4)}`)
})

interface Report {
  command: string
  requests: number
  uniqueKeys: number
  complete: boolean
  skipped: { count: number; first: { trace: string; line: number }[] }
  results: CacheResult[]
}

async function reportOf(line: string | string[], input = ""): Promise<Report> {
  const words = typeof line === "string" ? line.split(" ") : line
  const { status, out, err } = await evictionary(["simulate", ...words, "--json"], { in: input })
  expect({ status, err }).toEqual({ status: 0, err: "" })
  return JSON.parse(out)
}

it("strategies are listed with the best one first, between MIN and no bound", async () => {
  const { status, out, err } = await evictionary(
    "simulate ten.keys --capacity 2,3 --strategy lru,fifo",
  )
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toMatchInlineSnapshot(`
    "ten.keys: 10 requests for 4 keys

                       hit ratio   of MIN  hits  evictions
    2, 50.00% of keys
      min                 30.00%  100.00%     3          5
      lru                 20.00%   66.67%     2          6
      fifo                10.00%   33.33%     1          7
    3, 75.00% of keys
      min                 50.00%  100.00%     5          2
      lru                 50.00%  100.00%     5          2
      fifo                30.00%   60.00%     3          4
    no bound
      unbounded           60.00%        –     6          0
    "
  `)
})

it("byte hit ratios are there when sizes are known", async () => {
  const { out } = await evictionary(
    "simulate sized.csv --column url --size-column bytes --capacity 1 --strategy lru",
  )
  expect(out).toMatchInlineSnapshot(`
    "sized.csv: 5 requests for 3 keys, 400 B

                       hit ratio  of MIN  byte hits  hits  evictions
    1, 33.33% of keys
      min                  0.00%       –      0.00%     0          4
      lru                  0.00%       –      0.00%     0          4
    no bound
      unbounded           40.00%       –     50.00%     2          0
    "
  `)
})

it("columns may be numbers", async () => {
  const named = await reportOf("sized.csv --column url --capacity 1")
  const numbered = await reportOf("sized.csv --column 2 --capacity 1")
  // The first line is a request, if nobody says that it has names.
  expect(numbered.requests).toBe(named.requests + 1)
})

it.each([
  ["sized.csv", '--column must be a name in the first line ("id", "url", "bytes"), received "key"'],
  [
    "sized.csv --column url --size-column size",
    '--size-column must be a name in the first line ("id", "url", "bytes"), received "size"',
  ],
])("`simulate %s` names the columns that there are", async (line, message) => {
  const { status, err } = await evictionary(`simulate ${line}`)
  expect({ status, err }).toEqual({ status: 1, err: `error: sized.csv: ${message}\n` })
})

it("all strategies are replayed unless some are named", async () => {
  const { results } = await reportOf("ten.keys --capacity 2")
  const names = results.map(({ strategy }) => strategy)
  expect(names).toEqual(expect.arrayContaining(["arc", "lru", "w-tinylfu", "min", "unbounded"]))
  expect(new Set(names).size).toBe(names.length)
})

it("results are those of the simulator, to the last hit", async () => {
  const { results } = await reportOf("zipf.keys --capacity 10,200 --strategy sieve,lru")
  const own = await simulate(keys, { strategies: [sieve, lru], capacities: [10, 200] })
  expect(results).toEqual(JSON.parse(JSON.stringify(own.results)))
})

it("percentages are of the different keys", async () => {
  const { uniqueKeys, results } = await reportOf("zipf.keys --capacity 50%,1% --strategy lru")
  const capacities = results.map(({ capacity }) => capacity)
  expect(new Set(capacities)).toEqual(
    new Set([Math.round(uniqueKeys / 100), Math.round(uniqueKeys / 2), null]),
  )
})

it("without a capacity there is room for 1% and for 10% of the keys", async () => {
  const { results } = await reportOf("zipf.keys --strategy lru")
  expect(results).toEqual((await reportOf("zipf.keys --strategy lru --capacity 1%,10%")).results)
})

it("percentages never come down to no room at all", async () => {
  const { results } = await reportOf("ten.keys --capacity 1% --strategy lru")
  expect(results[0]).toMatchObject({ strategy: "lru", capacity: 1 })
})

it("capacities may have units, and are sorted and taken once", async () => {
  const { results } = await reportOf(
    "ten.keys --capacity 1.5k,2,1_500 --capacity 1M --strategy lru",
  )
  const capacities = results.flatMap(({ strategy, capacity }) =>
    strategy === "lru" ? capacity : [],
  )
  expect(capacities).toEqual([2, 1_500, 1_000_000])
})

it("a strategy may have options of its own", async () => {
  const { results } = await reportOf(
    "zipf.keys --capacity 100 --strategy lru,slru,protected=0.2,slru",
  )
  const own = await simulate(keys, {
    strategies: {
      lru,
      "slru, protected=0.2": ({ capacity }) => slru({ capacity, protected: 0.2 }),
      slru,
    },
    capacities: [100],
  })
  expect(results).toEqual(JSON.parse(JSON.stringify(own.results)))
})

it("a strategy may be a package", async () => {
  const asked: string[] = []
  const { out } = await evictionary("simulate ten.keys --capacity 2 --strategy @acme/lru --csv", {
    async import(name) {
      asked.push(name)
      return { lru }
    },
  })
  expect(asked).toEqual(["@acme/lru"])
  expect(out).toContain("\n2,lru,")
})

it("unbounded is there once, even when it is named", async () => {
  const { results } = await reportOf("ten.keys --capacity 2 --strategy unbounded")
  expect(results.map(({ strategy }) => strategy)).toEqual(["min", "unbounded"])
})

it("MIN can be left out", async () => {
  const { results } = await reportOf("ten.keys --capacity 2 --strategy lru --no-min")
  expect(results.map(({ strategy }) => strategy)).toEqual(["lru", "unbounded"])
})

it("several traces are replayed as one", async () => {
  const { requests, uniqueKeys } = await reportOf("ten.keys zipf.keys --capacity 2 --strategy lru")
  expect(requests).toBe(10 + keys.length)
  expect(uniqueKeys).toBe(4 + new Set(keys).size)
})

it("compressed traces are read", async () => {
  const line = "--capacity 1% --strategy lru,sieve"
  expect((await reportOf(`packed.keys.gz ${line}`)).results).toEqual(
    (await reportOf(`zipf.keys ${line}`)).results,
  )
})

it("standard input has a key a line, unless told otherwise", async () => {
  expect(await reportOf("- --capacity 1", "a\na\nb\n")).toMatchObject({
    requests: 3,
    uniqueKeys: 2,
  })
  const sized = await reportOf("- --capacity 1 --format sized-keys", "a 5\na 5\nb 10\n")
  expect(sized.results[0]).toMatchObject({ byteHitRatio: 0.25 })
})

it("standard input and files may be mixed", async () => {
  expect(await reportOf("ten.keys - --capacity 1", "z\n")).toMatchObject({ requests: 11 })
})

it.each([1, 7, 8_192, 10_000])("a limit of %i ends the replay after so many", async (limit) => {
  const { requests, uniqueKeys } = await reportOf(
    `zipf.keys --capacity 10 --strategy lru --limit ${limit}`,
  )
  expect(requests).toBe(limit)
  expect(uniqueKeys).toBe(new Set(keys.slice(0, limit)).size)
})

it("a limit ends the reading of what has no end", async () => {
  async function* endless() {
    for (;;) yield Buffer.from("1\n".repeat(10_000))
  }
  const { status, out } = await evictionary(
    "simulate - --capacity 1 --strategy lru --limit 100k --json",
    {
      in: endless(),
    },
  )
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ requests: 100_000, complete: true })
})

describe("bad lines", () => {
  it("are skipped, counted, and told in part", async () => {
    const { out } = await evictionary("simulate access.log --capacity 1 --strategy lru")
    expect(out).toMatchInlineSnapshot(`
      "access.log: 2 requests for 1 key, 2.47 KB
      5 bad lines skipped: line 2 is not of a web server's log; line 4 is not of a web
      server's log; line 5 is not of a web server's log; …

                          hit ratio   of MIN  byte hits  hits  evictions
      1, 100.00% of keys
        min                  50.00%  100.00%     50.00%     1          0
        lru                  50.00%  100.00%     50.00%     1          0
      no bound
        unbounded            50.00%        –     50.00%     1          0
      "
    `)
  })

  it("are counted once, even if the trace is read twice", async () => {
    const { skipped } = await reportOf("access.log --capacity 100%")
    expect(skipped.count).toBe(5)
    expect(skipped.first.map(({ line }) => line)).toEqual([2, 4, 5])
  })

  it("are a warning beside rows", async () => {
    const { out, err } = await evictionary("simulate access.log --capacity 1 --csv")
    expect(out).not.toContain("skipped")
    expect(err).toMatch(/^warning: 5 bad lines skipped: line 2 .*; …\n$/)
  })

  it("end the replay if they are to be refused", async () => {
    expect(await evictionary("simulate access.log --capacity 1 --bad-lines refuse")).toEqual({
      status: 1,
      out: "",
      err: 'error: access.log: line 2 is not of a web server\'s log: "nonsense"\n',
    })
  })

  it("are an error if there is nothing else", async () => {
    const { status, err } = await evictionary("simulate ten.keys --format log --capacity 1")
    expect(status).toBe(1)
    expect(err).toBe("error: ten.keys has no request: line 1 is not of a web server's log\n")
  })
})

it("rows can be read back by a spreadsheet", async () => {
  const { out } = await evictionary([
    ..."simulate ten.keys --capacity 2 --csv --strategy".split(" "),
    "slru, protected=0.5",
  ])
  expect(out).toMatchInlineSnapshot(`
    "capacity,strategy,requests,hits,misses,evictions,hitRatio,byteHitRatio
    2,"slru, protected=0.5",10,3,7,5,0.3,
    2,min,10,3,7,5,0.3,
    ,unbounded,10,6,4,0,0.6,
    "
  `)
})

describe("an interrupt", () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) yield Buffer.from("1\n2\n1\n".repeat(10_000))
  }

  it("leaves what is known, says that it is not all, and ends with status 130", async () => {
    const interrupt = new AbortController()
    async function* input() {
      let chunks = 0
      for await (const chunk of endless()) {
        if (++chunks === 3) interrupt.abort()
        yield chunk
      }
    }
    const { status, out } = await evictionary("simulate - --capacity 1 --strategy lru", {
      in: input(),
      signal: interrupt.signal,
    })
    expect(status).toBe(130)
    expect(out).toMatchInlineSnapshot(`
      "standard input: 57,344 requests for 2 keys
      Incomplete: it was interrupted, and this is what was known by then.

                         hit ratio  of MIN    hits  evictions
      1, 50.00% of keys
        lru                 33.33%       –  19,114     38,229
      no bound
        unbounded          100.00%       –  57,342          0
      "
    `)
  })

  it("ends the wait for input that does not come", async () => {
    const interrupt = new AbortController()
    async function* input() {
      yield Buffer.from("1\n".repeat(10_000))
      interrupt.abort()
      await new Promise(() => {})
    }
    const { status, out } = await evictionary("simulate - --capacity 1 --strategy lru --json", {
      in: input(),
      signal: interrupt.signal,
    })
    expect(status).toBe(130)
    expect(JSON.parse(out)).toMatchObject({ complete: false })
  })

  it("while MIN is worked out leaves it out", async () => {
    writeFileSync("long.keys", [...zipf({ keys: 100, requests: 200_000 })].join("\n"))
    const { status, out } = await evictionary(
      "simulate long.keys --capacity 10,50 --strategy lru",
      interruptedAt("working out MIN"),
    )
    expect(status).toBe(130)
    expect(out).toContain("long.keys: 200,000 requests for 100 keys\nIncomplete")
    expect(out).toContain("\n  lru ")
    expect(out).not.toContain("\n  min ")
  })

  it("while keys are counted leaves what was counted", async () => {
    const { status, out } = await evictionary("simulate zipf.keys", { signal: AbortSignal.abort() })
    expect(status).toBe(130)
    expect(out).toContain("Incomplete")
  })
})
