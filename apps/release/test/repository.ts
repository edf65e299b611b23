import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

export const root: string = join(import.meta.dirname, "../../..")

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8")
}

/** The files under version control, by their paths from the root. */
export function files(...patterns: string[]): string[] {
  const options = { cwd: root, encoding: "utf8" } as const
  return execFileSync("git", ["ls-files", "-z", ...patterns], options)
    .split("\0")
    .filter(Boolean)
}

/** The folders of the packages that are published. */
export function packages(): string[] {
  return files("packages/*/package.json").map((path) => path.slice(0, -"/package.json".length))
}
