import { existsSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import type { Saved } from "../invocation.ts"
import { UsageError } from "../options.ts"
import type { Chapter } from "./page.ts"

export interface ReportOptions {
  /** A folder of traces, for hit ratios and curves. */
  traces?: string
  quick?: boolean
}

/** The reports of which a page is made. */
export interface WholeReport {
  command: "report"
  chapters: Saved<Chapter>[]
}

/** What there is a chapter for, in the order of the page: the words, and those of a quick one. */
const CHAPTERS: readonly { words: string; quick: string }[] = [
  { words: "fib", quick: "fib --n 30 --rounds 3" },
  { words: "speed", quick: "speed --workloads hit,evict,zipf --rounds 1" },
  {
    words: "speed --with --capacity 1000 --keys int32,string",
    quick: "speed --with ttl,listener --capacity 1000 --keys int32 --workloads hit --rounds 1",
  },
  { words: "memory", quick: "memory --entries 20000" },
  { words: "memoize", quick: "memoize --strategies lru --rounds 1" },
  { words: "memoize --async", quick: "memoize --async --strategies lru --rounds 1" },
  { words: "hits", quick: "hits --requests 20000" },
  { words: "curves", quick: "curves --requests 10000" },
]

const COMMANDS = [...new Set(CHAPTERS.map(({ words }) => words.split(" ")[0]!))]

/** The chapters of a command that has several follow its first. */
function rank(chapter: Chapter): number {
  return 2 * COMMANDS.indexOf(chapter.command) + ("with" in chapter || "async" in chapter ? 1 : 0)
}

/** Throws if a page cannot be written there, before minutes have gone into it. */
export function checkOut(path: string): void {
  if (existsSync(dirname(path))) return
  throw new UsageError(
    `--out must be a file in a folder that there is, received ${JSON.stringify(path)}`,
  )
}

/** The command lines whose reports make the page. */
export function plan({ traces, quick = false }: ReportOptions): string[][] {
  return CHAPTERS.map((chapter) => {
    const { words } = chapter
    const replays = words === "hits" || words === "curves"
    if (replays && traces !== undefined) return [words, "--traces", traces]
    return (quick ? chapter.quick : words).split(" ")
  })
}

/** Reads JSON documents that commands have printed, and puts them in the order of the page. */
export function readChapters(paths: readonly string[]): Saved<Chapter>[] {
  const chapters = paths.flatMap((path) => chaptersIn(path))
  return chapters.sort((a, b) => rank(a) - rank(b))
}

function chaptersIn(path: string): Saved<Chapter>[] {
  const found = parsed(path)
  const all = isWhole(found) ? found.chapters : [found]
  for (const each of all) {
    if (!isChapter(each)) throw unreadable(path, "it holds something else")
  }
  return all as Saved<Chapter>[]
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw unreadable(path, (error as Error).message)
  }
}

function unreadable(path: string, because: string): UsageError {
  return new UsageError(
    `--from must be files that ${COMMANDS.join(", ")} or report have printed with --json, received ${JSON.stringify(path)}: ${because}`,
  )
}

function isWhole(found: unknown): found is { chapters: unknown[] } {
  const { command, chapters } = (found ?? {}) as Partial<WholeReport>
  return command === "report" && Array.isArray(chapters)
}

function isChapter(found: unknown): boolean {
  const { command, date, words, polymorphic } = (found ?? {}) as Record<string, unknown>
  return (
    COMMANDS.includes(command as string) &&
    polymorphic === undefined &&
    typeof date === "string" &&
    Array.isArray(words)
  )
}
