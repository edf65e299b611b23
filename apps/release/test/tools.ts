import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./repository.ts"

/** Where they stay: they are large, and nobody but these tests needs them. */
const FOLDER = join(root, "node_modules/.cache/release")

/**
 * The folder in which packages of the registry are installed, on their own; their scripts do not
 * run. Throws if they cannot be had.
 */
export function tool(name: string, ...packages: string[]): string {
  const folder = join(FOLDER, name)
  const done = join(folder, "installed")
  if (existsSync(done)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }))
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder]
  const shell = process.platform === "win32"
  execFileSync("npm", ["install", ...options, ...packages], { stdio: "pipe", shell })
  writeFileSync(done, packages.join("\n"))
  return folder
}

/** A module of a tool. */
export async function imported(folder: string, name: string) {
  const path = createRequire(join(folder, "from.js")).resolve(name)
  return import(/* @vite-ignore */ pathToFileURL(path).href)
}
