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

/** What there is a chapter for, in the order of the page. */
const CHAPTERS: readonly string[] = [
  "fib",
  "speed",
  "memory",
  "hits",
  "curves",
] satisfies Chapter["command"][]

const QUICK: Readonly<Record<string, string>> = {
  fib: "--n 30 --rounds 3",
  speed: "--workloads hit,evict,zipf --rounds 1",
  memory: "--entries 20000",
  hits: "--requests 20000",
  curves: "--requests 10000",
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
  return CHAPTERS.map((command) => {
    const replays = command === "hits" || command === "curves"
    if (replays && traces !== undefined) return [command, "--traces", traces]
    return [command, ...(quick ? QUICK[command]!.split(" ") : [])]
  })
}

/** Reads JSON documents that commands have printed, and puts them in the order of the page. */
export function readChapters(paths: readonly string[]): Saved<Chapter>[] {
  const chapters = paths.flatMap((path) => chaptersIn(path))
  return chapters.sort((a, b) => CHAPTERS.indexOf(a.command) - CHAPTERS.indexOf(b.command))
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
    `--from must be files that ${CHAPTERS.join(", ")} or report have printed with --json, received ${JSON.stringify(path)}: ${because}`,
  )
}

function isWhole(found: unknown): found is { chapters: unknown[] } {
  const { command, chapters } = (found ?? {}) as Partial<WholeReport>
  return command === "report" && Array.isArray(chapters)
}

function isChapter(found: unknown): boolean {
  const { command, date, words, polymorphic } = (found ?? {}) as Record<string, unknown>
  return (
    CHAPTERS.includes(command as string) &&
    polymorphic === undefined &&
    typeof date === "string" &&
    Array.isArray(words)
  )
}
