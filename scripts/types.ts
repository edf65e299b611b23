import { spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"

/** Throws what TypeScript says of the types of one package, in a folder of the repository. */
export function checkTypes(root: string, folder: string): void {
  const reports = join(root, ".reports")
  mkdirSync(reports, { recursive: true })
  const config = join(reports, `tsconfig.${basename(folder)}.json`)
  const include = ["src", "test"].map((part) => join(root, folder, part))
  writeFileSync(config, JSON.stringify({ extends: "../tsconfig.json", include }))
  const tsc = join(root, "node_modules/typescript-7/bin/tsc")
  const args = [tsc, "-p", config, "--singleThreaded"]
  // It ends soon: to collect garbage takes a third of the time.
  const env = { ...process.env, GOGC: "400" }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env })
  if (status !== 0) throw new Error(`types are wrong\n${stdout}${stderr}`)
}
