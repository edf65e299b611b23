import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { packages, read, root } from "./repository.ts"

/** What every package is said to have changed, so that there is a release whatever else changed. */
export const CHANGE = "Rehearsed"

/** The command of pnpm: as it runs these tests, or else in the version that the workspace names. */
export const PNPM: [string, ...string[]] = /pnpm\.c?js$/.test(process.env.npm_execpath ?? "")
  ? [process.execPath, process.env.npm_execpath as string]
  : ["npx", "-y", "--prefer-offline", JSON.parse(read("package.json")).packageManager]

const run = promisify(execFile)

export interface Release {
  /** The path of each package's tarball, by the package's name. */
  readonly tarballs: Readonly<Record<string, string>>
  remove(): void
}

/** Makes the next release of all packages, which are built, in a copy of the workspace. */
export async function nextRelease(): Promise<Release> {
  const folder = mkdtempSync(join(tmpdir(), "release-"))
  const workspace = join(folder, "workspace")
  await copyWorkspace(workspace)
  const changesets = join(root, "node_modules/@changesets/cli/bin.js")
  await run(process.execPath, [changesets, "version"], { cwd: workspace })
  const packed = await pnpm(
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

export async function pnpm(cwd: string, ...args: string[]): Promise<string> {
  const [command, ...before] = PNPM
  const shell = process.platform === "win32"
  const { stdout } = await run(command, [...before, ...args], { cwd, shell })
  return stdout
}

/** Copies what a release is made from; packages are linked with each other as they are here. */
async function copyWorkspace(to: string): Promise<void> {
  const files = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "LICENSE", ".changeset"]
  for (const file of [...files, "packages"]) {
    await cp(join(root, file), join(to, file), { recursive: true, verbatimSymlinks: true })
  }
  // The others there are for nobody else; of this one, packages have the code in their bundles.
  mkdirSync(join(to, "apps/report"), { recursive: true })
  await cp(join(root, "apps/report/package.json"), join(to, "apps/report/package.json"))
  const names = packages().map((folder) => JSON.parse(read(`${folder}/package.json`)).name)
  const releases = names.map((name) => `"${name}": patch\n`).join("")
  writeFileSync(join(to, ".changeset/rehearsal.md"), `---\n${releases}---\n\n${CHANGE}\n`)
}
