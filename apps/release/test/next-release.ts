import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { packages, read, root } from "./repository.ts"

/** What every package is said to have changed, so that there is a release whatever else changed. */
export const CHANGE = "Rehearsed"

/** The command of pnpm: as it runs these tests, or else in the version that the workspace names. */
export const PNPM: [string, ...string[]] = /pnpm\.c?js$/.test(process.env.npm_execpath ?? "")
  ? [process.execPath, process.env.npm_execpath as string]
  : ["npx", "-y", "--prefer-offline", JSON.parse(read("package.json")).packageManager]

export interface Release {
  /** The path of each package's tarball, by the package's name. */
  readonly tarballs: Readonly<Record<string, string>>
  remove(): void
}

/** Makes the next release of all packages, which are built, in a copy of the workspace. */
export function nextRelease(): Release {
  const folder = mkdtempSync(join(tmpdir(), "release-"))
  const workspace = join(folder, "workspace")
  copyWorkspace(workspace)
  const changesets = join(root, "node_modules/@changesets/cli/bin.js")
  execFileSync(process.execPath, [changesets, "version"], { cwd: workspace, stdio: "pipe" })
  const packed = pnpm(
    workspace,
    ...["--recursive", "--filter", "./packages/*"],
    ...["pack", "--pack-destination", folder, "--json"],
  )
  const tarballs = (JSON.parse(packed) as Packed[]).map(({ name, filename }) => [name, filename])
  return {
    tarballs: Object.fromEntries(tarballs),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface Packed {
  readonly name: string
  readonly filename: string
}

export function pnpm(cwd: string, ...args: string[]): string {
  const [command, ...before] = PNPM
  const shell = process.platform === "win32"
  return execFileSync(command, [...before, ...args], { cwd, encoding: "utf8", shell })
}

/** Copies what a release is made from; packages are linked with each other as they are here. */
function copyWorkspace(to: string): void {
  const files = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "LICENSE", ".changeset"]
  for (const file of [...files, "packages"]) {
    cpSync(join(root, file), join(to, file), { recursive: true, verbatimSymlinks: true })
  }
  // The others there are for nobody else; of this one, packages have the code in their bundles.
  mkdirSync(join(to, "apps/report"), { recursive: true })
  cpSync(join(root, "apps/report/package.json"), join(to, "apps/report/package.json"))
  const names = packages().map((folder) => JSON.parse(read(`${folder}/package.json`)).name)
  const releases = names.map((name) => `"${name}": patch\n`).join("")
  writeFileSync(join(to, ".changeset/rehearsal.md"), `---\n${releases}---\n\n${CHANGE}\n`)
}
