import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { defineConfig, type Options } from "tsup"
import type ts from "typescript"

type Manifest = {
  private?: boolean
  exports?: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
  /** What is in a package that others here depend on is linked when it is installed elsewhere. */
  publishConfig?: { bin?: Record<string, string> }
}

/** What is in the bundles of those that use it. */
const PARTS = ["@evictionary/report"]

const folders = ["packages", "apps"]
  .flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(`${folder}/src`) && !isPart(manifestOf(folder)))

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(`${folder}/package.json`, "utf8"))
}

/** Whether it is in the bundles of those that use it, and nowhere else. */
function isPart({ private: hidden = false, exports }: Manifest): boolean {
  return hidden && exports !== undefined
}

/** The sources of what a package exports, and of its programs; a private one is a program. */
function entriesOf({ exports = {}, bin, publishConfig }: Manifest): string[] {
  const modules = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : (entry["@evictionary/source"] ?? []),
  )
  const programs = Object.values(publishConfig?.bin ?? bin ?? {}).map((path) =>
    path.replace(/dist(.*)js$/, "src$1ts"),
  )
  return modules.length + programs.length > 0 ? [...modules, ...programs] : ["src/main.ts"]
}

/** Loaded for declarations alone: it takes longer to load than all JavaScript takes to build. */
const loaded = () => import("./scripts/typescript.ts").then(({ ts }) => ts)

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ".",
  getNewLine: () => "\n",
}

let libraries: Promise<ts.Program> | undefined

/**
 * All libraries, as one program. Nothing in it is checked, or looked for elsewhere: sources declare
 * the types of all that they export.
 */
async function librariesOf(folders: readonly string[]): Promise<ts.Program> {
  const ts = await loaded()
  const { config } = ts.readConfigFile("tsconfig.src.json", (path) => readFileSync(path, "utf8"))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".", {
    noEmit: false,
    emitDeclarationOnly: true,
    noCheck: true,
    noResolve: true,
  })
  const files = folders.flatMap((folder) =>
    readdirSync(`${folder}/src`, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(folder, "src", path)),
  )
  return ts.createProgram(files, options)
}

/** Writes the declarations of a library, a file each. */
async function declare(folder: string): Promise<void> {
  libraries ??= librariesOf(folders.filter((each) => manifestOf(each).exports !== undefined))
  const [ts, program] = [await loaded(), await libraries]
  const sources = join(folder, "src")
  for (const file of program.getSourceFiles()) {
    if (relative(sources, file.fileName).startsWith("..")) continue
    const { diagnostics } = program.emit(file, write, undefined, true)
    if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST))
  }
  function write(path: string, text: string): void {
    const target = join(folder, "dist", relative(sources, path))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text.replace(/(["']\.{1,2}\/[^"'\n]*)\.ts(["'])/g, "$1.js$2"))
  }
}

/** One process builds all; `--no-dts` spares the declarations. */
export default defineConfig(({ dts }) =>
  folders.flatMap((folder): Options[] => {
    const manifest = manifestOf(folder)
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
        noExternal: PARTS,
        dts: false,
        sourcemap: true,
        clean: dts === false ? ["!**/*.d.ts"] : true,
        removeNodeProtocol: false,
        ...(library && dts !== false && { onSuccess: () => declare(folder) }),
      },
    ]
  }),
)
