import { readdirSync, readFileSync } from "node:fs"

/** Every package with the keyword by which strategies are found. */
const strategies = readdirSync("packages").filter((folder) => {
  const { keywords } = JSON.parse(readFileSync(`packages/${folder}/package.json`, "utf8"))
  return keywords?.includes("evictionary-strategy")
})

/** A strategy is a page; these remember more, and say what they do with it. */
const LONGER = { arc: 0.7, lirs: 1, "s3-fifo": 0.85, "two-queue": 0.7, "w-tinylfu": 1.35 }

const CORE = ["@evictionary/core"]

export default [
  { name: "lru, with the engine", path: "packages/lru/dist/index.js", limit: "8.6 kB" },
  {
    name: "memoize",
    path: "packages/memoize/dist/index.js",
    ignore: CORE,
    limit: "1.5 kB",
  },
  {
    name: "evictionary, one strategy",
    path: "packages/evictionary/dist/index.js",
    import: "{ lru }",
    limit: "8.6 kB",
  },
  {
    name: "evictionary, by name",
    path: "packages/evictionary/dist/index.js",
    import: "{ createCache }",
    limit: "18.5 kB",
  },
  ...strategies.map((folder) => ({
    name: `${folder}, beside the engine`,
    path: `packages/${folder}/dist/index.js`,
    ignore: CORE,
    limit: `${LONGER[folder] ?? 0.6} kB`,
  })),
].map((entry) => ({
  ...entry,
  gzip: true,
  modifyEsbuildConfig: (config) => ({ ...config, format: "esm" }),
}))
