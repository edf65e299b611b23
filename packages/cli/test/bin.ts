import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const PACKAGE = new URL("../", import.meta.url)

/**
 * The program as users run it, but from the sources, because tests run before anything is built.
 * It stands in this package's folder, since it imports what the package depends on.
 */
export async function buildBin(): Promise<string> {
  const manifest = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"))
  const installed = Object.keys(manifest.dependencies).filter((name) => !/evictionary/.test(name))
  const outdir = fileURLToPath(new URL(".reports", PACKAGE))
  await build({
    entryPoints: [fileURLToPath(new URL("src/main.ts", PACKAGE))],
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    conditions: ["@evictionary/source"],
    external: installed,
    logLevel: "error",
  })
  return join(outdir, "main.mjs")
}
