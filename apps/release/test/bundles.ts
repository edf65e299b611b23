import { readFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"
import { imported, tool } from "./tools.ts"

/** Makes one file of a program of a project, for browsers. */
type Bundler = (folder: string, program: string, file: string) => Promise<unknown>

export const bundlers = {
  esbuild: (folder, program, file) =>
    build({
      entryPoints: [join(folder, program)],
      outfile: join(folder, file),
      bundle: true,
      format: "esm",
    }),

  async rollup(folder, program, file) {
    const home = tool("rollup", "rollup", "@rollup/plugin-node-resolve", "@rollup/plugin-commonjs")
    const { rollup } = await imported(home, "rollup")
    const { default: resolve } = await imported(home, "@rollup/plugin-node-resolve")
    const { default: commonjs } = await imported(home, "@rollup/plugin-commonjs")
    const input = join(folder, program)
    const bundle = await rollup({ input, plugins: [resolve({ browser: true }), commonjs()] })
    await bundle.write({ file: join(folder, file), inlineDynamicImports: true })
  },

  async vite(folder, program, file) {
    const { build } = await imported(tool("vite", "vite"), "vite")
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: {
        outDir: folder,
        emptyOutDir: false,
        lib: { entry: join(folder, program), formats: ["es"], fileName: () => file },
      },
    })
  },

  async webpack(folder, program, file) {
    const { default: webpack } = await imported(tool("webpack", "webpack"), "webpack")
    const config = {
      mode: "production",
      context: folder,
      entry: `./${program}`,
      output: { path: folder, filename: file },
    }
    await new Promise<void>((resolve, reject) => {
      webpack(
        config,
        (error: Error | null, stats: { hasErrors(): boolean; toString(): string }) => {
          if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString()))
          else resolve()
        },
      )
    })
  },
} satisfies Record<string, Bundler>

interface Manifest {
  readonly main?: string
  readonly module?: string
  readonly exports?: Exports
}

type Exports = string | { readonly [condition: string]: Exports }

/** Where a browser that bundles nothing finds what is installed in a project. */
export function importMap(folder: string, names: readonly string[]): object {
  const imports = names.map((name) => {
    const path = join(folder, "node_modules", name, "package.json")
    const { exports, module, main } = JSON.parse(readFileSync(path, "utf8")) as Manifest
    const file = (exports && target(exports)) ?? module ?? main ?? "index.js"
    return [name, `/node_modules/${name}/${file.replace(/^\.\//, "")}`]
  })
  return { imports: Object.fromEntries(imports) }
}

/** What the conditions of a browser lead to. */
function target(exports: Exports): string | undefined {
  if (typeof exports === "string") return exports
  for (const condition of [".", "browser", "import", "default"]) {
    const found = exports[condition]
    if (found !== undefined) return target(found)
  }
  return undefined
}
