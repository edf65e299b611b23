import { spawn } from "node:child_process"
import { once } from "node:events"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { strategyPackages } from "../../../scripts/generate-strategies.ts"
import { PNPM } from "./next-release.ts"
import { packages, read } from "./repository.ts"

/** How a package manager installs what the manifest of a project names. */
const INSTALL = {
  npm: ["npm", "install", "--no-audit", "--no-fund"],
  pnpm: [...PNPM, "install"],
}

/** Somebody's project outside of this repository. */
export class Project {
  readonly folder: string
  private readonly env: NodeJS.ProcessEnv

  constructor(folder: string) {
    this.folder = folder
    const others = Object.entries(process.env).filter(
      ([name]) => !/^(npm_|pnpm_|NODE_)/i.test(name),
    )
    this.env = {
      ...Object.fromEntries(others),
      npm_config_cache: join(folder, ".cache"),
      npm_config_store_dir: join(folder, ".store"),
      npm_config_userconfig: join(folder, ".npmrc"),
      npm_config_update_notifier: "false",
    }
  }

  /** Makes one in which packages of a registry are installed, and the programs of `use/`. */
  static async with(
    names: readonly string[],
    registry: string,
    manager: keyof typeof INSTALL = "npm",
  ): Promise<Project> {
    const project = new Project(mkdtempSync(join(tmpdir(), "project-")))
    const dependencies = Object.fromEntries(names.map((name) => [name, "latest"]))
    project.write("package.json", JSON.stringify({ private: true, type: "module", dependencies }))
    const [command = "", ...args] = INSTALL[manager]
    await project.run(command, ...args, "--registry", registry)
    cpSync(join(import.meta.dirname, "use"), project.folder, { recursive: true })
    const strategies = strategyPackages().map(
      ({ strategy, npmName }) => `export { ${strategy} } from "${npmName}"\n`,
    )
    for (const file of ["strategies.js", "strategies.d.ts"])
      project.write(file, strategies.join(""))
    const entries = packages().flatMap(entriesOf)
    project.write("entries.ts", imports(entries))
    const others = entries.filter((entry) => !entry.startsWith("@evictionary/conformance"))
    project.write("entries-without-conformance.ts", imports(others))
    return project
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8")
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  /** What a command prints; it has to succeed. */
  async run(command: string, ...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.try(command, ...args)
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`)
    return stdout
  }

  async try(command: string, ...args: string[]) {
    const shell = process.platform === "win32"
    const options = { cwd: this.folder, env: this.env, shell }
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ])
    return { status: status as number | null, stdout, stderr }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function imports(entries: readonly string[]): string {
  return entries.map((entry) => `export type {} from "${entry}"\n`).join("")
}

/** What can be imported of a package and has types. */
function entriesOf(folder: string): string[] {
  const { name, exports = {} } = JSON.parse(read(`${folder}/package.json`)) as {
    readonly name: string
    readonly exports?: Readonly<Record<string, string | object>>
  }
  return Object.entries(exports).flatMap(([path, entry]) =>
    typeof entry === "string" ? [] : [path.replace(".", name)],
  )
}
