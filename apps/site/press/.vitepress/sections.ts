import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A page that is a file of the repository, and where it stands on the site. */
export interface Page {
  readonly title: string
  /** Without its suffix. */
  readonly path: string
  /** From the root of the repository. */
  readonly source: string
}

export interface Section {
  readonly title: string
  readonly pages: readonly Page[]
}

const ROOT = join(import.meta.dirname, "../../../..")

/** Those that are named first; others follow. */
const STRATEGIES = ["lru", "sieve", "s3-fifo", "w-tinylfu", "arc", "car", "lirs", "two-queue"]

/** The packages that are strategies, and the others, by their folders. */
const [strategies, others] = packages()

function packages(): [strategies: string[], others: string[]] {
  const folders = readdirSync(join(ROOT, "packages")).filter((name) =>
    existsSync(join(ROOT, "packages", name, "README.md")),
  )
  const isStrategy = (name: string) => {
    const manifest = readFileSync(join(ROOT, "packages", name, "package.json"), "utf8")
    const { keywords = [] } = JSON.parse(manifest) as { keywords?: string[] }
    return keywords.includes("evictionary-strategy")
  }
  const found = folders.filter(isStrategy)
  return [[...new Set([...STRATEGIES, ...found])], folders.filter((name) => !isStrategy(name))]
}

/** What there is to read, in its order. What has no source yet is left out. */
const NAMED: readonly Section[] = [
  {
    title: "Begin",
    pages: [
      { title: "Start", path: "start", source: "README.md" },
      { title: "Choose a strategy", path: "choose", source: "docs/choosing-a-strategy.md" },
      { title: "From lru-cache and others", path: "migrate", source: "docs/from-lru-cache.md" },
    ],
  },
  {
    title: "Use",
    pages: [
      { title: "Memoize", path: "memoize", source: "packages/memoize/README.md" },
      { title: "Configuration", path: "configuration", source: "packages/evictionary/README.md" },
      { title: "Bounds, expiry, watching", path: "caches", source: "packages/core/README.md" },
      { title: "Many processes", path: "tiered", source: "packages/tiered/README.md" },
      { title: "How tiered works", path: "tiered-protocol", source: "docs/tiered.md" },
    ],
  },
  {
    title: "Measure",
    pages: [
      { title: "The command", path: "command", source: "packages/cli/README.md" },
      { title: "The simulator", path: "simulator", source: "packages/simulator/README.md" },
      { title: "Performance", path: "performance", source: "apps/bench/README.md" },
    ],
  },
  {
    title: "Strategies",
    pages: strategies.map((name) => ({
      title: name,
      path: `strategies/${name}`,
      source: `packages/${name}/README.md`,
    })),
  },
  {
    title: "Contribute",
    pages: [
      { title: "Write a strategy", path: "write", source: "docs/writing-a-strategy.md" },
      { title: "Conformance", path: "conformance", source: "packages/conformance/README.md" },
      { title: "Contributing", path: "contributing", source: "CONTRIBUTING.md" },
      { title: "Releasing", path: "releasing", source: "docs/releasing.md" },
    ],
  },
]

const named = new Set(NAMED.flatMap(({ pages }) => pages.map(({ source }) => source)))

/** Packages that nobody has given a place yet are among those to use. */
const unnamed: Page[] = others
  .map((name) => ({ title: name, path: `packages/${name}`, source: `packages/${name}/README.md` }))
  .filter(({ source }) => !named.has(source))

export const SECTIONS: readonly Section[] = NAMED.map((section) =>
  section.title === "Use" ? { ...section, pages: [...section.pages, ...unnamed] } : section,
)
