import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"
import { strategyPackages } from "../../../scripts/generate-strategies.ts"
import { PNPM } from "./next-release.ts"

/** How a package manager installs what the manifest of a project names. */
const INSTALL = {
  npm: ["npm", "install", "--no-audit", "--no-fund"],
  pnpm: [...PNPM, "install"],
}

/** Somebody's project outside of this repository, with packages of the next release installed. */
export class Project {
  readonly folder: string
  private readonly env: NodeJS.ProcessEnv

  constructor(names: readonly string[], manager: keyof typeof INSTALL = "npm") {
    this.folder = mkdtempSync(join(tmpdir(), "project-"))
    const others = Object.entries(process.env).filter(
      ([name]) => !/^(npm_|pnpm_|NODE_)/i.test(name),
    )
    this.env = {
      ...Object.fromEntries(others),
      npm_config_cache: join(this.folder, ".cache"),
      npm_config_store_dir: join(this.folder, ".store"),
      npm_config_userconfig: join(this.folder, ".npmrc"),
      npm_config_update_notifier: "false",
    }
    const dependencies = Object.fromEntries(names.map((name) => [name, "latest"]))
    this.write("package.json", JSON.stringify({ private: true, type: "module", dependencies }))
    const [command = "", ...args] = INSTALL[manager]
    this.run(command, ...args, "--registry", inject("registry"))
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8")
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  /** Copies the programs of `use/`, which import all strategies by their own packages. */
  use(): void {
    cpSync(join(import.meta.dirname, "use"), this.folder, { recursive: true })
    const exports = strategyPackages().map(
      ({ strategy, npmName }) => `export { ${strategy} } from "${npmName}"\n`,
    )
    this.write("strategies.js", exports.join(""))
  }

  /** What a command prints; it has to succeed. */
  run(command: string, ...args: string[]): string {
    const { status, stdout, stderr } = this.try(command, ...args)
    if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`)
    return stdout
  }

  try(command: string, ...args: string[]) {
    const shell = process.platform === "win32"
    const options = { cwd: this.folder, env: this.env, encoding: "utf8", shell } as const
    return spawnSync(command, args, options)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
