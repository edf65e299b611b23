import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, posix } from "node:path"
import { type Page, SECTIONS, type Section } from "./sections.ts"

const ROOT = join(import.meta.dirname, "../../../..")

/** Where the pages are written from which the site is made. */
export const PAGES = join(import.meta.dirname, "../.pages")

/** What there is a source for. */
export const sections: readonly Section[] = SECTIONS.map(({ title, pages }) => ({
  title,
  pages: pages.filter(({ source }) => existsSync(join(ROOT, source))),
}))

const { repository } = JSON.parse(
  readFileSync(join(ROOT, "packages/core/package.json"), "utf8"),
) as {
  repository: { url: string }
}

/** Where the repository is seen. */
export const ADDRESS: string = repository.url.replace(/^git\+/, "").replace(/\.git$/, "")

const pathBySource = new Map(
  sections.flatMap(({ pages }) => pages.map(({ source, path }) => [source, path] as const)),
)

/** Writes every page, each of them from its one source. */
export function writePages(): void {
  for (const { pages } of sections) for (const page of pages) write(page.path, textOf(page))
}

/** Takes away what was written before. */
export function clearPages(): void {
  rmSync(PAGES, { recursive: true, force: true })
}

function write(path: string, text: string): void {
  const file = join(PAGES, `${path}.md`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function textOf({ path, source }: Page): string {
  // Badges are pictures from elsewhere, and nothing is asked from elsewhere.
  const text = readFileSync(join(ROOT, source), "utf8").replaceAll(/^\[!\[.*\n+/gm, "")
  const strategy = /^strategies\/(.+)$/.exec(path)?.[1]
  const shown = outsideCode(text, (part) => escaped(linked(part, source)))
  const edit = `---\neditLink: true\nsource: ${source}\n---\n\n`
  if (path === "performance") return edit + shown.replace(/^(?=## Commands$)/m, run)
  if (strategy === undefined || strategy === "unbounded") return edit + shown
  // At the end of the chapter that says what it evicts.
  const links = `<StrategyLinks strategy="${strategy}" />\n\n`
  return edit + shown.replace(/^(?=## Options$)/m, links)
}

/** The plots of a run, which are drawn before the pages are written. */
function run(): string {
  const drawn = readFileSync(join(PAGES, "run.html"), "utf8")
  return `## A stored run\n\nWhat \`bench report\` has made of one run. Each part says when, by which command, and, where times are measured, on what machine.\n\n${drawn}\n`
}

/** Changes what is in no block of code. */
function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join("")
}

/** What Vue would take for a tag or an expression, outside of code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`\n]*`)/)
    .map((part, i) => (i % 2 === 1 ? part.replaceAll("{{", "{<!-- -->{") : part))
    .join("")
}

/** With links that lead to pages of the site, where there are such, and else to the repository. */
function linked(text: string, source: string): string {
  return text.replaceAll(/\]\(([^)\s]+)\)/g, (whole, target: string) => {
    const [address = "", hash = ""] = target.split("#")
    if (address === "") return whole
    const path = pathIn(address, source)
    if (path === undefined) return whole
    const page = pathBySource.get(path) ?? pathBySource.get(`${path}/README.md`)
    if (page === undefined) return `](${ADDRESS}/blob/main/${path}${hash && `#${hash}`})`
    return `](/${page}${hash === "" || hash === "readme" ? "" : `#${hash}`})`
  })
}

/** The path in the repository that an address means; `undefined` if it is elsewhere. */
function pathIn(address: string, source: string): string | undefined {
  const ours = new RegExp(`^${ADDRESS}/(?:tree|blob)/main/(.*)$`).exec(address)
  if (ours !== null) return ours[1]!.replace(/\/$/, "")
  if (/^[a-z]+:/.test(address)) return undefined
  return posix.join(posix.dirname(source), address).replace(/\/$/, "")
}
