import { writeFileSync } from "node:fs"
import { zipf } from "@evictionary/simulator"
import { parseHTML } from "linkedom"
import { beforeAll, expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

inFolder()

beforeAll(() => {
  const keys = [...zipf({ requests: 4_000, keys: 300 })]
  writeFileSync("zipf.keys", keys.join("\n"))
  writeFileSync("sized.csv", `key,size\n${keys.map((key) => `${key},${(key % 7) + 1}`).join("\n")}`)
})

/** Runs a command with --report, and returns what it printed and the page. */
async function pageOf(line: string) {
  const saved = new Map<string, string>()
  const done = await evictionary(`${line} --report page.html`, {
    save: (path, text) => saved.set(path, text),
  })
  expect(done).toMatchObject({ status: 0, err: "" })
  const text = saved.get("page.html") ?? ""
  return { printed: done.out, text, document: parseHTML(text).document }
}

/** What stands in the cells of the first table. */
function cellsOf(document: ReturnType<typeof parseHTML>["document"]): string[][] {
  const rows = document.querySelector("table")!.querySelectorAll("tbody tr")
  return [...rows].map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent))
}

it.each([
  ["advise zipf.keys --strategy lru,sieve,fifo", 3],
  ["curve zipf.keys --strategy lru,sieve", 2],
  ["curve sized.csv --by bytes --size-column size --strategy lru,sieve", 4],
  ["simulate zipf.keys --capacity 10,100 --strategy lru,sieve", 2],
])("%s writes one page that needs nothing else, with %d plots", async (line, plots) => {
  const { text, document } = await pageOf(line)
  expect(text).toMatch(/^<!doctype html>/)
  expect(document.querySelectorAll("svg[role=img]")).toHaveLength(plots)
  expect(text).not.toMatch(/<script|<link|\b(src|href)="(?!#)|url\(|@import|NaN|undefined/)
  expect(document.querySelector("pre:last-of-type")?.textContent).toBeDefined()
  expect(text).toContain(`evictionary ${line} --report page.html`)
})

it("what is printed is printed all the same, and the page has the same numbers", async () => {
  const line = "advise zipf.keys --strategy lru,sieve,fifo"
  const { printed, document } = await pageOf(line)
  expect(printed).toBe((await evictionary(line)).out)
  const sentence = document.querySelector(".lead")!.textContent
  expect(printed.replaceAll(/\s+/g, " ")).toContain(sentence)
  for (const [name = "", ...cells] of cellsOf(document)) {
    expect(printed).toMatch(new RegExp(`^${[name, ...cells].join(" +")}$`, "m"))
  }
  const [configuration] = [...document.querySelectorAll("pre")].map((pre) => pre.textContent)
  const capacity = JSON.parse((await evictionary(`${line} --json`)).out).capacity
  expect(configuration).toMatch(new RegExp(`^(lru|sieve|fifo), capacity=${capacity}$`))
})

it("names of traces and strategies are text, whatever they are", async () => {
  writeFileSync("<img src=x>.keys", "a\nb\na\n")
  const saved: string[] = []
  const args = ["simulate", "<img src=x>.keys", "--capacity", "1", "--report", "a.html"]
  await evictionary(args, { save: (_path, text) => saved.push(text) })
  expect(saved[0]).toContain("&lt;img src=x&gt;")
  expect(saved[0]).not.toContain("<img")
})

it("a page is not written where there is no folder, and nothing is replayed first", async () => {
  const { status, err } = await evictionary("simulate nowhere.keys --report no/such/page.html")
  expect({ status, err }).toEqual({
    status: 1,
    err: 'error: --report must be a file in a folder that there is, received "no/such/page.html"\n',
  })
})

it("a page that cannot be written is an error", async () => {
  const { status, err } = await evictionary("simulate zipf.keys --capacity 10 --report page.html", {
    save() {
      throw new Error("no space left")
    },
  })
  expect({ status, err }).toEqual({ status: 1, err: "error: page.html: no space left\n" })
})
