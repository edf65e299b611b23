import { readdirSync, readFileSync } from "node:fs"

/** Every package with the keyword by which strategies are found. */
const strategies = readdirSync("packages").filter((folder) => {
  const { keywords } = JSON.parse(readFileSync(`packages/${folder}/package.json`, "utf8"))
  return keywords?.includes("evictionary-strategy")
})

const CORE = ["@evictionary/core"]

export default [
  { name: "lru, with the engine", path: "packages/lru/dist/index.js", limit: "8.2 kB" },
  {
    name: "memoize",
    path: "packages/memoize/dist/index.js",
    ignore: CORE,
    limit: "1.5 kB",
  },
  ...strategies.map((folder) => ({
    name: `${folder}, beside the engine`,
    path: `packages/${folder}/dist/index.js`,
    ignore: CORE,
    limit: "0.6 kB",
  })),
].map((entry) => ({
  ...entry,
  gzip: true,
  modifyEsbuildConfig: (config) => ({ ...config, format: "esm" }),
}))
