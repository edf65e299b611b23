import { readFileSync } from "node:fs"
import { defineConfig } from "tsup"

type Manifest = { exports?: Record<string, Record<string, string>> }

// tsup runs in the folder of the package that it builds.
const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest
const sources = Object.values(exports ?? {}).flatMap((entry) => entry["@evictionary/source"] ?? [])

export default defineConfig({
  entry: exports ? sources : ["src/main.ts"],
  tsconfig: "../../tsconfig.src.json",
  format: "esm",
  target: "es2022",
  // tsup's declaration bundler sets `baseUrl`, which TypeScript 6 deprecates (TS5101).
  dts: exports ? { compilerOptions: { ignoreDeprecations: "6.0" } } : false,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
})
