import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { defineConfig, type Options } from "tsup"
import ts from "typescript"

type Manifest = {
  exports?: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
}

const folders = ["packages", "apps"]
  .flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(`${folder}/src`))

/** The sources of what a package exports, and of its programs; a private one is a program. */
function entriesOf({ exports = {}, bin }: Manifest): string[] {
  const modules = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : (entry["@evictionary/source"] ?? []),
  )
  const programs = Object.values(bin ?? {}).map((path) => path.replace(/dist(.*)js$/, "src$1ts"))
  return modules.length + programs.length > 0 ? [...modules, ...programs] : ["src/main.ts"]
}

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ".",
  getNewLine: () => "\n",
}

/**
 * Declarations, a file each: since sources declare the types of all they export, no file has to be
 * read for that of another.
 */
function declare(folder: string): void {
  const { config } = ts.readConfigFile("tsconfig.src.json", (path) => readFileSync(path, "utf8"))
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ".")
  for (const path of readdirSync(`${folder}/src`, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue
    const source = readFileSync(join(folder, "src", path), "utf8")
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
      compilerOptions: options,
      fileName: join(folder, "src", path),
      reportDiagnostics: true,
    })
    if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST))
    const target = join(folder, "dist", path.replace(/\.ts$/, ".d.ts"))
    mkdirSync(join(target, ".."), { recursive: true })
    writeFileSync(target, outputText.replace(/(["']\.{1,2}\/[^"'\n]*)\.ts(["'])/g, "$1.js$2"))
  }
}

/** One process builds all; `--no-dts` spares the declarations. */
export default defineConfig(({ dts }) =>
  folders.flatMap((folder): Options[] => {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Manifest
    const entries = entriesOf(manifest)
    const library = manifest.exports !== undefined
    return [
      {
        name: basename(folder),
        entry: entries.map((entry) => join(folder, entry)),
        outDir: `${folder}/dist`,
        tsconfig: "tsconfig.src.json",
        format: "esm",
        target: "es2022",
        skipNodeModulesBundle: true,
        dts: false,
        sourcemap: true,
        clean: dts === false ? ["!**/*.d.ts"] : true,
        removeNodeProtocol: false,
        ...(library && dts !== false && { onSuccess: async () => declare(folder) }),
      },
    ]
  }),
)
