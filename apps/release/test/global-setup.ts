import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** The path of each package's tarball, by the package's name. */
    tarballs: Readonly<Record<string, string>>
  }
}

interface Packed {
  readonly name: string
  readonly filename: string
}

const root = join(import.meta.dirname, "../../..")

const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

function pnpm(...args: string[]): string {
  const running = process.env.npm_execpath ?? ""
  const [command, first] = running.includes("pnpm")
    ? [process.execPath, [running]]
    : ["npx", ["-y", packageManager]]
  const shell = process.platform === "win32" && command === "npx"
  return execFileSync(command, [...first, ...args], { cwd: root, encoding: "utf8", shell })
}

/** Packs all packages, once for all tests. */
export function setup(project: TestProject): () => void {
  // As a task of turbo the tests come after the build.
  if (process.env.TURBO_HASH === undefined) pnpm("build", "--silent")
  const folder = mkdtempSync(join(tmpdir(), "packed-"))
  const list = pnpm(
    "--recursive",
    "--filter",
    "./packages/*",
    "pack",
    "--pack-destination",
    folder,
    "--json",
  )
  const packed = JSON.parse(list) as Packed[]
  project.provide(
    "tarballs",
    Object.fromEntries(packed.map(({ name, filename }) => [name, filename])),
  )
  return () => rmSync(folder, { recursive: true, force: true })
}
