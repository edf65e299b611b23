import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { shiftingHotSet, zipf } from "@evictionary/simulator"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { evictionary } from "../../../packages/cli/test/host.ts"
import { deep } from "../../../scripts/deep.ts"
import { chromiumPath, reasonToSkip } from "./chromium.ts"
import type { Browser, Locator, Page } from "./playwright.ts"
import { recordedTrace } from "./recorded.ts"
import { buildSite, DIST, fromPress, PRESS, STORED, serveSite } from "./served.ts"

let browser: Browser
let served: Awaited<ReturnType<typeof serveSite>>
const folder = mkdtempSync(join(tmpdir(), "site-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** The pages of the built site. */
function paths(): string[] {
  return readdirSync(DIST, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".html") && path !== "404.html")
    .map((path) => path.replaceAll("\\", "/").replace(/(^|\/)index\.html$|\.html$/, "$1"))
}

/** Some of each kind: the others have the same parts. */
const KINDS = [
  "",
  "start",
  "choose",
  "strategies/arc",
  "performance",
  "play",
  "advise",
  "api/",
  "write",
  "memoize",
]

interface Opened {
  readonly page: Page
  /** Paths of scripts that have been loaded by then; what is fetched in advance is none of them. */
  readonly scripts: string[]
  /** Errors in the console, and requests to elsewhere. */
  readonly faults: string[]
}

/** Opens a page of the site in a window of its own. */
async function open(path: string, options: object = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const faults: string[] = []
  const scripts: string[] = []
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text())
  })
  page.on("pageerror", (error) => faults.push(String(error)))
  page.on("request", (request) => {
    const url = request.url()
    if (request.resourceType() === "script") scripts.push(url.slice(served.address.length))
    if (!url.startsWith(served.address) && !/^(data|blob):/.test(url)) faults.push(url)
  })
  await go(page, path)
  return { page, faults, scripts }
}

/** What comes in a chunk of its own, by the page that it is on. */
const LATER: Record<string, string> = { "": ".trees", play: ".lanes", advise: ".drop" }

/** Goes to another page of the site, and waits until all of it is there. */
async function go(page: Page, path: string): Promise<void> {
  await page.goto(served.address + path, { waitUntil: "load" })
  await page.waitForFunction('document.querySelector("#app").__vue_app__ !== undefined')
  const later = LATER[path.split("?")[0]!]
  if (later !== undefined) await page.waitForSelector(later)
}

/** Goes through pages, in one window, without anything that moves, or is fetched in advance. */
async function visit(
  paths: readonly string[],
  look: (opened: Opened, path: string) => Promise<void>,
): Promise<void> {
  const opened = await open("", { reducedMotion: "reduce" })
  await opened.page.addInitScript(
    'Object.defineProperty(navigator, "connection", { value: { saveData: true } })',
  )
  for (const path of paths) {
    await go(opened.page, path)
    await look(opened, path)
  }
  await opened.page.context().close()
}

/** The page as it is shown by night, or by day. */
async function inScheme(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.waitForFunction(
    `document.documentElement.classList.contains("dark") === ${colorScheme === "dark"}`,
  )
}

/** What scripts take, compressed. */
function sizeOf(paths: readonly string[]): number {
  const sizes = paths.map((path) => gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").trim()
}

/** Writes keys to a file, compressed in two members. */
function packed(name: string, keys: Iterable<number>): string {
  const path = join(folder, name)
  const text = [...keys].join("\n")
  const half = text.length >> 1
  writeFileSync(
    path,
    Buffer.concat([text.slice(0, half), text.slice(half)].map((part) => gzipSync(part))),
  )
  return path
}

/** Drops a file, and waits for the advice. */
async function advised(page: Page, file: string): Promise<void> {
  await page.setInputFiles(".drop input", file)
  await page.waitForSelector(".advice table, .error", { timeout: 300_000 })
}

describe.skipIf(!deep)("the site", () => {
  beforeAll(buildSite)

  it("an export without a docstring is not built", () => {
    const program = `
      import { writeApi } from "./api.mjs"
      await writeApi(process.argv[1], [process.argv[2]])
    `
    const fixture = join(import.meta.dirname, "fixtures/undocumented.ts")
    const args = ["--input-type=module", "--eval", program, "--", join(folder, "api"), fixture]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: PRESS,
      encoding: "utf8",
    })
    expect(status).toBe(1)
    expect(stdout + stderr).toMatch(/undocumented.*does not have any documentation/)
  })

  it("has the plots of the stored run, with the command for each", () => {
    const page = readFileSync(join(DIST, "performance.html"), "utf8")
    const { chapters } = JSON.parse(readFileSync(STORED, "utf8")) as { chapters: object[] }
    expect(page.match(/The same again:/g)).toHaveLength(chapters.length)
    expect(page.match(/<svg [^>]*role="img"/g)!.length).toBeGreaterThan(10)
  })
})

describe.skipIf(reasonToSkip() !== undefined)("in a browser", () => {
  beforeAll(async () => {
    served = await serveSite()
    const { chromium } = fromPress("playwright-core") as typeof import("./playwright.ts")
    browser = await chromium.launch({
      executablePath: chromiumPath()!,
      args: ["--no-sandbox", "--enable-blink-features=ForceEagerMeasureMemory"],
    })
  })

  afterAll(async () => {
    await browser?.close()
    served?.close()
  })

  describe("every page", () => {
    const faults: string[] = []
    const wide: string[] = []

    beforeAll(async () => {
      await visit(paths(), async (opened, path) => {
        for (const width of [360, 1280]) {
          await opened.page.setViewportSize({ width, height: 800 })
          for (const colorScheme of ["light", "dark"] as const) {
            await inScheme(opened.page, colorScheme)
            const most = await opened.page.evaluate("document.documentElement.scrollWidth")
            if ((most as number) > width) wide.push(`/${path}, ${colorScheme}: ${most} of ${width}`)
          }
        }
        faults.push(...opened.faults.splice(0).map((fault) => `/${path}: ${fault}`))
      })
    })

    it("opens without an error, and asks nobody else for anything", () => {
      expect(faults).toEqual([])
    })

    it("does not scroll sideways at 360 and 1280 pixels, light or dark", () => {
      expect(wide).toEqual([])
    })
  })

  it("axe finds nothing to object to, light or dark", async () => {
    const axe = readFileSync(fromPress.resolve("axe-core/axe.min.js"), "utf8")
    const found: string[] = []
    await visit(KINDS, async ({ page }, path) => {
      await page.evaluate(axe)
      for (const colorScheme of ["light", "dark"] as const) {
        await inScheme(page, colorScheme)
        const violations = await page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)))',
        )
        found.push(...(violations as string[]).map((each) => `/${path}, ${colorScheme}: ${each}`))
      }
    })
    expect(found).toEqual([])
  })

  it("little script is loaded: on the first page, and to play; and for curves only where one is", async () => {
    const [first, play] = [await open(""), await open("play")]
    for (const { page } of [first, play]) await page.waitForLoadState("networkidle")
    const others = play.scripts.filter((path) => !first.scripts.includes(path))
    expect(first.scripts.length).toBeGreaterThan(2)
    expect(others.length).toBeGreaterThan(1)
    const [onFirst, more] = [sizeOf(first.scripts), sizeOf(others)]
    console.info(`scripts: ${onFirst} bytes on the first page, ${more} more to play`)
    expect(onFirst).toBeLessThan(150_000)
    expect(more).toBeLessThan(60_000)
    const { page, scripts } = await open("advise")
    await page.waitForLoadState("networkidle")
    expect(sizeOf(scripts)).toBeLessThan(150_000)
    await page.click(".samples button:last-child")
    await page.waitForSelector(".curves svg", { timeout: 300_000 })
    expect(scripts.some((path) => sizeOf([path]) > 60_000)).toBe(true)
    await Promise.all([first, play, { page }].map(({ page }) => page.context().close()))
  })

  it("strategies move by keyboard alone, and a step back is as if it had not been made", async () => {
    const { page } = await open("play?strategies=arc,lirs&capacity=3&keys=abcadaebfbcg&at=0")
    const clock = page.locator(".clock")
    const seen: string[] = []
    for (let at = 1; at <= 8; at++) {
      await page.keyboard.press("ArrowRight")
      await page.waitForFunction(`document.querySelector(".clock b").textContent === "${at}"`)
      seen.push(await textOf(page.locator(".lanes")))
    }
    for (let at = 7; at >= 1; at--) {
      await page.keyboard.press("ArrowLeft")
      await page.waitForFunction(`document.querySelector(".clock b").textContent === "${at}"`)
      expect(await textOf(page.locator(".lanes"))).toBe(seen[at - 1])
    }
    await page.keyboard.press("e")
    expect(await textOf(page.locator(".why").first())).toMatch(/leaves/)
    await page.keyboard.press("End")
    expect(await textOf(clock)).toMatch(/^12 of 12/)
    await page.keyboard.press("Home")
    expect(await textOf(clock)).toMatch(/^0 of 12/)
    expect(await textOf(page.locator("[aria-live=polite]"))).toMatch(/arc: .*lirs: /)
  })

  it("the address of a moment restores it", async () => {
    const { page } = await open("play")
    await page.keyboard.press("e")
    await page.keyboard.press("ArrowRight")
    await page.waitForFunction('document.querySelector("[data-best]").textContent !== "0"')
    const [lanes, clock] = [
      await textOf(page.locator(".lanes")),
      await textOf(page.locator(".clock")),
    ]
    const { page: other } = await open(page.url().slice(served.address.length))
    await other.waitForFunction('document.querySelector("[data-best]").textContent !== "0"')
    expect(await textOf(other.locator(".lanes"))).toBe(lanes)
    expect(await textOf(other.locator(".clock"))).toBe(clock)
  })

  it("nothing moves for who has asked for that", async () => {
    const { page } = await open("", { reducedMotion: "reduce" })
    const counters = page.locator(".trees figcaption b")
    expect([await textOf(counters.first()), await textOf(counters.nth(1))]).toEqual(["41", "8"])
  })

  const traces: [kind: string, path: () => string][] = [
    ["generated", () => packed("zipf.keys.gz", zipf({ requests: 40_000, keys: 4_000 }))],
  ]
  const recorded = recordedTrace("lirs-multi3")
  if (recorded !== undefined) traces.push(["recorded", () => recorded])

  it.each(traces)("a dropped trace has the numbers of the command: %s", async (_, pathOf) => {
    const path = pathOf()
    const { out } = await evictionary(["advise", path, "--json"])
    const { requests, uniqueKeys, strategies, capacity } = JSON.parse(out)
    const { page, faults } = await open("advise")
    await advised(page, path)
    expect(await textOf(page.locator("[data-requests]"))).toBe(requests.toLocaleString("en-US"))
    expect(await textOf(page.locator("[data-keys]"))).toBe(uniqueKeys.toLocaleString("en-US"))
    for (const { strategy, hitRatio } of strategies) {
      const cell = page.locator(`[data-strategy="${strategy}"] td`).first()
      expect(await textOf(cell)).toBe(`${(100 * hitRatio).toFixed(2)}%`)
    }
    expect(await textOf(page.locator(".copy code").first())).toMatch(`capacity=${capacity}`)
    await page.locator(".handle").press("ArrowRight")
    expect(await textOf(page.locator(".copy code").first())).not.toMatch(`capacity=${capacity}`)
    await page.waitForSelector('.curves [stroke-dasharray="1,3"]', { state: "attached" })
    expect(await textOf(page.locator("[data-bound]"))).toBe("Dotted: the best possible, by Bélády.")
    expect(faults).toEqual([])
  })

  it("who does not wait for the best possible has the advice, and is told what is missing", async () => {
    const { page } = await open("")
    await page.addInitScript(`globalThis.Worker = class extends Worker {
      set onmessage(hear) {
        super.onmessage = (event) => { if (event.data.kind !== "bound") hear(event) }
      }
    }`)
    await go(page, "advise")
    await advised(page, packed("short.keys.gz", zipf({ requests: 4_000, keys: 400 })))
    expect(await textOf(page.locator("[data-bound]"))).toMatch(/takes a while longer/)
    await page.click(".progress button")
    expect(await textOf(page.locator("[data-bound]"))).toBe(
      "The curve of the best possible is missing.",
    )
    await expect.poll(() => page.workers().length).toBe(0)
  })

  it("a file that is no trace is told by its line", async () => {
    const path = join(folder, "bad.lirs")
    writeFileSync(path, "1\n2\nx\n")
    const { page } = await open("advise")
    await page.selectOption(".settings label:last-child select", "refuse")
    await advised(page, path)
    expect(await textOf(page.locator(".error"))).toBe('line 3 is not a number: "x"')
  })

  it("what is cancelled stops", async () => {
    const path = join(folder, "long.keys")
    const keys = [...shiftingHotSet({ requests: 400_000, keys: 100_000, hot: 5_000, every: 9_000 })]
    writeFileSync(path, keys.join("\n"))
    const { page } = await open("advise")
    await page.setInputFiles(".drop input", path)
    await page.waitForSelector(".progress button")
    await expect.poll(() => page.workers().length).toBe(1)
    await page.click(".progress button")
    await expect.poll(() => page.workers().length).toBe(0)
    expect(await textOf(page.locator(".error"))).toBe("Cancelled.")
  })

  it("200 MB of keys stay under 300 MB of page memory", async () => {
    const path = join(folder, "large.keys")
    const keys = [...zipf({ requests: 500_000, keys: 50_000 })].map((key) => `/a/path/${key}\n`)
    const part = keys.join("")
    writeFileSync(path, part.repeat(Math.ceil(200e6 / part.length)))
    const { page } = await open("advise")
    await page.setInputFiles(".drop input", path)
    await page.waitForSelector(".progress progress")
    let most = 0
    let drawn = 0
    while (drawn < 8) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      // With that of the worker.
      const measured = "performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)"
      most = Math.max(most, (await page.evaluate(measured)) as number)
      if (!/^Counting/.test(await textOf(page.locator(".progress span")))) drawn++
    }
    console.info(`200 MB of keys: at most ${Math.round(most / 1e6)} MB of page memory`)
    expect(most).toBeGreaterThan(1e6)
    expect(most).toBeLessThan(300e6)
    await page.context().close()
  })
})
