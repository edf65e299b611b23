import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseHTML } from "linkedom"
import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { AsyncReport } from "../src/async/command.ts"
import { commandLine } from "../src/command-line.ts"
import type { CurvesReport } from "../src/curves/command.ts"
import type { FeaturesReport } from "../src/features/command.ts"
import type { FibReport } from "../src/fib/command.ts"
import type { HitsReport } from "../src/hits/command.ts"
import type { Saved } from "../src/invocation.ts"
import type { MemoizeReport } from "../src/memoize/command.ts"
import type { MemoryReport } from "../src/memory/command.ts"
import { nanoseconds } from "../src/numbers.ts"
import { run } from "../src/program.ts"
import { plan, type WholeReport } from "../src/report/command.ts"
import type { SpeedReport } from "../src/speed/command.ts"
import { type FakeHost, fakeHost, quickly, strategies } from "./host.ts"
import { folderOf, TRACE } from "./traces.ts"

/** Every chapter, in little. */
const commands = {
  fib: "fib --n 10",
  speed: "speed --rounds 2",
  features: "speed --with ttl,listener --keys int32 --rounds 1",
  memory: "memory",
  memoize: "memoize --strategies lru",
  promises: "memoize --async --strategies lru",
  hits: "hits --requests 1000",
  curves: "curves --requests 1000",
}

let fib: Saved<FibReport>
let speed: Saved<SpeedReport>
let features: Saved<FeaturesReport>
let memory: Saved<MemoryReport>
let memoized: Saved<MemoizeReport>
let promises: Saved<AsyncReport>
let hits: Saved<HitsReport>
let curves: Saved<CurvesReport>
/** A page of all of them, which most tests look at. */
let whole: string
let page: Part

beforeAll(async () => {
  fib = await saved(commands.fib)
  speed = await saved(commands.speed)
  features = await saved(commands.features)
  memory = await saved(commands.memory)
  memoized = await saved(commands.memoize)
  promises = await saved(commands.promises)
  hits = await saved(commands.hits)
  curves = await saved(commands.curves)
})

beforeEach(async () => {
  whole ??= await pageOf(curves, hits, promises, memoized, memory, features, speed, fib)
  page ??= parsed(whole)
})

/** They replay what a page of all would, in less time. */
const SOME = ["unbounded", "lru", "sieve"]

async function saved<Report>(command: string): Promise<Saved<Report>> {
  const host = fakeHost()
  await run([...command.split(" "), "--json"], host)
  return JSON.parse(host.printed) as Saved<Report>
}

/** The page of some chapters. */
async function pageOf(...chapters: object[]): Promise<string> {
  const { host, files } = hostWith(...chapters)
  expect(await run(["report", "--from", ...files, "--out", "page.html"], host)).toBe(0)
  return host.saved.get("page.html")!
}

function hostWith(...chapters: object[]): { host: FakeHost; files: string[] } {
  const names = chapters.map((_, i) => `${i}.json`)
  const texts = chapters.map((chapter, i) => [names[i]!, JSON.stringify(chapter)])
  const folder = folderOf(Object.fromEntries(texts))
  return { host: fakeHost(), files: names.map((name) => `${folder}/${name}`) }
}

function parsed(page: string): Part {
  return parseHTML(page).document as unknown as Part
}

interface Part {
  textContent: string
  querySelector(selector: string): Part | null
  querySelectorAll(selector: string): Part[]
  getAttribute(name: string): string | null
}

/** The section of that title. */
function sectionOf(page: Part, title: string): Part {
  return [...page.querySelectorAll("section")].find(
    (section) => section.querySelector("h2")!.textContent === title,
  )!
}

const texts = (part: Part, selector: string) =>
  [...part.querySelectorAll(selector)].map(({ textContent }) => textContent)

/** The cells of the rows, by name, of the first table whose caption begins so. */
function rowsOf(page: Part, caption: string): Map<string, string[]> {
  const table = [...page.querySelectorAll("table")].find((table) =>
    table.querySelector("caption")!.textContent.startsWith(caption),
  )!
  return new Map(
    [...table.querySelectorAll("tr")].map((row) => [
      row.querySelector("th")!.textContent,
      texts(row, "td"),
    ]),
  )
}

const row = (page: Part, caption: string, name: string) => rowsOf(page, caption).get(name)!

describe("the page", () => {
  it("has a section for each report, always in the same order, and links to them", () => {
    const titles = [
      "Fibonacci",
      "Speed",
      "Speed with features",
      "Memory",
      "Memoized calls",
      "Memoized promises",
      "Hit ratio",
      "Miss-ratio curves",
    ]
    expect(texts(page, "h2")).toEqual(titles)
    const links = [...page.querySelectorAll("nav a")].map((link) => link.getAttribute("href"))
    const sections = [...page.querySelectorAll("section")].map(
      (each) => `#${each.getAttribute("aria-labelledby")}`,
    )
    expect([...page.querySelectorAll("h2")].map((each) => `#${each.getAttribute("id")}`)).toEqual(
      sections,
    )
    expect(links).toEqual(sections)
    expect(new Set(links).size).toBe(8)
  })

  it("needs nothing else: it runs no script and loads nothing", async () => {
    expect(whole).not.toMatch(/https?:|<script|<link|<img|\bsrc=|@import|url\(/)
  })

  it("is the same when it is parsed and written again", async () => {
    const again = `<!doctype html>\n${page.querySelector("html")}\n`
    expect(again === whole).toBe(true)
  })

  it("has a rule for the dark, for paper, and for little room", async () => {
    expect(whole).toMatch(/@media screen and \(prefers-color-scheme: dark\)/)
    expect(whole).toMatch(/@media print/)
    expect(whole).toMatch(/name="viewport"/)
  })

  it("says on what machine and when it was measured, and what does so again", async () => {
    const page = parsed(await pageOf(fib, hits))
    const [first, second] = [...page.querySelectorAll("section")]
    expect(texts(first!, ".origin")[0]).toBe(
      `Made on ${fib.machine} on 2026-01-02. The same again:`,
    )
    expect(texts(first!, "code")).toEqual(["npx -y pnpm@10.34.9 bench fib --n 10"])
    expect(texts(second!, "code")).toEqual(["npx -y pnpm@10.34.9 bench hits --requests 1000"])
  })

  it("describes every plot to those who cannot see it, and draws it of numbers", async () => {
    const plots = [...page.querySelectorAll("svg")]
    expect(plots.length).toBeGreaterThan(20)
    for (const plot of plots) {
      expect(plot.getAttribute("role")).toBe("img")
      expect(plot.querySelector("title")!.textContent).not.toBe("")
      expect(plot.querySelector("desc")!.textContent).not.toMatch(/^$|undefined|NaN/)
      expect(`${plot}`).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it("takes names for text, whatever is in them", async () => {
    const evil = `<img src=x onerror=alert(1)></style></svg>&amp;"'`
    const renamed = (report: object) =>
      JSON.parse(
        JSON.stringify(report, (_, value) =>
          Array.isArray(value) && value.includes("fib") ? ["fib", evil] : value,
        )
          .replaceAll('"lru"', JSON.stringify(evil))
          .replaceAll('"lru(128)"', JSON.stringify(evil))
          .replaceAll('"zipf"', JSON.stringify(evil))
          .replaceAll(JSON.stringify(fib.machine), JSON.stringify(evil)),
      ) as object
    const workloadsKept = {
      ...(renamed(speed) as SpeedReport),
      workloads: speed.workloads,
      rows: speed.rows,
    }
    const little = [hits, curves].map((each) => ({ ...each, traffics: each.traffics.slice(0, 2) }))
    const page = parsed(await pageOf(...[fib, memory, ...little].map(renamed), workloadsKept))
    expect(page.querySelectorAll("img, script")).toHaveLength(0)
    expect(page.querySelectorAll("style")).toHaveLength(1)
    expect(texts(page, "section")).toHaveLength(5)
    for (const selector of ["figcaption", "svg text", "th", "h3", "code", ".origin"]) {
      expect(texts(page, selector).some((text) => text.includes(evil.slice(0, 28)))).toBe(true)
    }
  })
})

describe("the tables", () => {
  it("of fib have a row for everybody, with its counts", async () => {
    const lru = fib.rows.find(({ name }) => name === "lru(128)")!
    expect(row(page, "fib(10)", "lru(128)").slice(3)).toEqual(
      [lru.calls, lru.hits, lru.misses, lru.evictions].map(String).concat("42.1%"),
    )
    expect(row(page, "fib(10)", "lru_cache(128), Python")).toHaveLength(8)
    const { calls } = fib.sweep.rows.find(({ strategy }) => strategy === "lru")!
    expect(row(page, "Body calls", "lru")).toEqual(calls.map(String))
  })

  it("of speed have the time and the ratio of each workload, and say what was wrong", async () => {
    const own = speed.rows.filter((row) => row.implementation === "sieve" && row.keys === "string")
    const cells = row(
      page,
      "Nanoseconds per operation, half the interquartile range, and times as fast as lru-cache: string",
      "sieve",
    )
    expect(cells).toEqual([
      ...own.flatMap(({ time }) => [nanoseconds(time.median), "±0.0%", "1.00×"]),
      "77.7%",
    ])
    const objects = parsed(await pageOf(await saved("speed --keys object --rivals tiny-lru")))
    expect(row(objects, "Nanoseconds", "tiny-lru [abcdefghi]").filter(Boolean)).toEqual([
      ...Array(5).fill("wrong"),
      "–",
    ])
  })

  it("of features have a row for everybody, and say where ours are at their worst", () => {
    const section = sectionOf(page, "Speed with features")
    const [ttl] = features.parts
    const own = ttl!.rows.filter((row) => row.implementation === "quick-lru")
    const cells = row(section, "Nanoseconds per operation", "quick-lru")
    expect(cells.slice(0, 3)).toEqual([nanoseconds(own[0]!.time.median), "±0.0%", "1.00×"])
    expect(row(section, "Ours at their worst", "ttl")).toEqual([
      "10 of 10",
      "int32 hit, 1000",
      "lru-cache",
      "1.00×",
    ])
    expect(texts(section, "h3")).toEqual(["With ttl", "With listener"])
  })

  it("of memoized calls have every time", () => {
    expect(row(page, "Nanoseconds per call of f(int)", "memoize")).toEqual(
      Array(4).fill(["2,161", "1.00×"]).flat(),
    )
    expect(
      row(page, 'Nanoseconds per call, and times the time of "ours, lru"', "cachified"),
    ).toEqual(["12,161", "1.00×", "–", "", "12,161", "1.00×"])
  })

  it("of memory have the bytes of every implementation", async () => {
    expect(row(page, "Bytes of an empty cache", "lru")).toEqual([
      "123 MB",
      ...Array(6).fill("123.4"),
    ])
  })

  it("of hits have every count", async () => {
    const section = sectionOf(page, "Hit ratio")
    for (const { traffic, rows, requests } of hits.traffics) {
      const shown = rowsOf(section, `${traffic}: hits in`)
      for (const { strategy, hits } of rows) {
        expect(shown.get(strategy)).toEqual(
          hits.flatMap((hit) => [hit.toLocaleString("en-US"), ((100 * hit) / requests).toFixed(1)]),
        )
      }
    }
  })

  it("of curves have every ratio", async () => {
    const section = sectionOf(page, "Miss-ratio curves")
    for (const { traffic, curves: own } of curves.traffics) {
      const shown = rowsOf(section, `${traffic}: misses in`)
      for (const { strategy, missRatios } of own) {
        expect(shown.get(strategy)).toEqual(missRatios.map((ratio) => (100 * ratio).toFixed(1)))
      }
    }
  })

  it("show every hit count that differs from that of others", async () => {
    const golden = {
      rows: 2,
      compared: 2,
      left: {},
      different: [
        {
          trace: "a",
          strategy: "lru",
          capacity: 7,
          requests: 90,
          hits: 50,
          ours: { requests: 90, hits: 49 },
        },
      ],
    }
    const page = parsed(await pageOf({ ...hits, golden }))
    expect(row(page, "Hit counts of independent", "a")).toEqual([
      "lru",
      "7",
      "50",
      "90",
      "49",
      "90",
    ])
    expect(texts(page, ".lead")[0]).toContain("2 were compared: 1 are equal")
  })
})

describe("bench report", () => {
  it("measures everything in turn, and each section says how", async () => {
    const some = strategies.filter(({ strategyName }) => SOME.includes(strategyName))
    const host = fakeHost({ ask: quickly, findStrategies: async () => some })
    expect(await run(["report", "--quick"], host)).toBe(0)
    expect(host.printed).toBe("Wrote report.html\n")
    const page = parsed(host.saved.get("report.html")!)
    expect(texts(page, "code")).toEqual(plan({ quick: true }).map(commandLine))
    expect(host.steps.taken).toHaveLength(host.steps.announced)
  })

  it("hands the folder of traces on to what replays them", () => {
    const lines = plan({ traces: "my traces" }).map(commandLine)
    expect(lines).toEqual([
      "npx -y pnpm@10.34.9 bench fib",
      "npx -y pnpm@10.34.9 bench speed",
      "npx -y pnpm@10.34.9 bench speed --with --capacity 1000 --keys int32,string",
      "npx -y pnpm@10.34.9 bench memory",
      "npx -y pnpm@10.34.9 bench memoize",
      "npx -y pnpm@10.34.9 bench memoize --async",
      "npx -y pnpm@10.34.9 bench hits --traces 'my traces'",
      "npx -y pnpm@10.34.9 bench curves --traces 'my traces'",
    ])
  })

  it("fails when hit counts are wrong, and writes the page all the same", async () => {
    const folder = folderOf({
      "traces/a.txt": TRACE,
      "golden/hits.csv": "trace,strategy,capacity,requests,hits\na,lru,2,12,99\n",
    })
    const host = fakeHost({ ask: quickly })
    expect(await run(["report", "--quick", "--traces", `${folder}/traces`], host)).toBe(1)
    expect(host.complaints).toBe(
      "error: 1 of 1 rows of golden/hits.csv differ\nerror: hits failed\n",
    )
    expect(texts(parsed(host.saved.get("report.html")!), "h3")).toContain("Different from others")
  })

  it("with --json prints its chapters, from which the same page can be made", async () => {
    const { host, files } = hostWith(hits, fib)
    await run(["report", "--json", "--from", ...files], host)
    expect(host.saved.size).toBe(0)
    const printed = JSON.parse(host.printed) as WholeReport
    expect(printed.chapters).toEqual([fib, hits])
    expect(await pageOf(printed)).toBe(await pageOf(fib, hits))
  })

  it("draws the run that is stored for the site", async () => {
    const stored = join(import.meta.dirname, "../../site/stored/report.json")
    const host = fakeHost()
    expect(await run(["report", "--from", stored, "--out", "page.html"], host)).toBe(0)
    const page = parsed(host.saved.get("page.html")!)
    // Words of the notes are such, too.
    for (const plot of page.querySelectorAll("svg")) {
      expect(`${plot}`).not.toMatch(/NaN|undefined|Infinity/)
    }
    const { chapters } = JSON.parse(readFileSync(stored, "utf8")) as WholeReport
    expect(texts(page, "section pre")).toEqual(chapters.map(({ words }) => commandLine(words)))
  })

  it.each([
    ["no JSON", "{", "Expected property name"],
    ["something else", '{"command":"tree"}', "it holds something else"],
    ["an old document", '{"command":"fib","rows":[]}', "it holds something else"],
  ])("refuses a file that is %s in one line", async (_, text, because) => {
    const folder = folderOf({ "a.json": text })
    const host = fakeHost()
    expect(await run(["report", "--from", `${folder}/a.json`], host)).toBe(2)
    expect(host.complaints).toMatch(/^error: --from must be files that fib, .*a\.json.*\n$/)
    expect(host.complaints).toContain(because)
    expect(host.saved.size).toBe(0)
  })
})

it("every strategy has a curve, in the order of their misses", () => {
  const evicting = strategies.filter(({ neverEvicts }) => !neverEvicts)
  const names = texts(sectionOf(page, "Miss-ratio curves").querySelector(".panels")!, "figcaption")
  expect([...names].sort()).toEqual(evicting.map(({ strategyName }) => strategyName).sort())
  const sums = new Map(
    curves.traffics[0]!.curves.map(({ strategy, missRatios }) => [
      strategy,
      missRatios.reduce((sum, ratio) => sum + ratio, 0),
    ]),
  )
  const inOrder = names.map((name) => sums.get(name)!)
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b))
})
