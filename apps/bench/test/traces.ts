import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { onTestFinished } from "vitest"

/** A folder for the time of a test, with files in it; those that end in `.gz` are compressed. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true })
    writeFileSync(join(folder, path), path.endsWith(".gz") ? gzipSync(text) : text)
  }
  return folder
}

/** Of five keys, two come again and again. */
export const KEYS = [1, 2, 1, 3, 2, 1, 4, 2, 1, 5, 1, 2]

export const TRACE = KEYS.map((key) => `${key}\n`).join("")
