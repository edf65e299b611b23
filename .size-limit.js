import { readdirSync, readFileSync } from "node:fs"

/** Every package with the keyword by which strategies are found. */
const strategies = readdirSync("packages").filter((folder) => {
  const { keywords } = JSON.parse(readFileSync(`packages/${folder}/package.json`, "utf8"))
  return keywords?.includes("evictionary-strategy")
})

/** A strategy is a page; these remember more, and say what they do with it. */
const LONGER = {
  arc: 0.75,
  car: 0.75,
  lfu: 0.65,
  lirs: 1.05,
  "s3-fifo": 0.9,
  "two-queue": 0.75,
  "w-tinylfu": 2.55,
}

const CORE = ["@evictionary/core"]

/** Leaves out what is ignored altogether: an import of it that nothing uses would count. */
const unused = {
  name: "unused",
  setup: (build) =>
    build.onResolve({ filter: /^@evictionary\/core$/ }, ({ path }) => ({
      path,
      external: true,
      sideEffects: false,
    })),
}

export default [
  { name: "lru, with the engine", path: "packages/lru/dist/index.js", limit: "12.65 kB" },
  {
    name: "CacheError, without the engine",
    path: "packages/core/dist/index.js",
    import: "{ CacheError }",
    limit: "0.3 kB",
  },
  {
    name: "memoize, without the engine",
    path: "packages/memoize/dist/index.js",
    import: "{ memoize }",
    limit: "3 kB",
  },
  {
    name: "memoizeAsync, without the engine",
    path: "packages/memoize/dist/index.js",
    import: "{ memoizeAsync }",
    limit: "7.1 kB",
  },
  {
    name: "memoize, beside the engine",
    path: "packages/memoize/dist/index.js",
    import: "{ memoize }",
    ignore: CORE,
    limit: "2.25 kB",
  },
  {
    name: "memoize, with its decorator and replayable, beside the engine",
    path: "packages/memoize/dist/index.js",
    import: "{ memoize, memoized, replayable }",
    ignore: CORE,
    limit: "2.95 kB",
  },
  {
    name: "memoizeAsync, beside the engine",
    path: "packages/memoize/dist/index.js",
    import: "{ memoizeAsync, currentLoad }",
    ignore: CORE,
    limit: "6.5 kB",
  },
  {
    name: "lru-cache, beside the engine and lru",
    path: "packages/lru-cache/dist/module.js",
    import: "{ LRUCache }",
    ignore: [...CORE, "@evictionary/lru"],
    limit: "4.9 kB",
  },
  {
    name: "evictionary, one strategy",
    path: "packages/evictionary/dist/index.js",
    import: "{ lru }",
    limit: "12.65 kB",
  },
  {
    name: "evictionary, by name",
    path: "packages/evictionary/dist/index.js",
    import: "{ createCache }",
    limit: "25.35 kB",
  },
  {
    name: "adapters, all of them, beside the engine",
    path: "packages/adapters/dist/index.js",
    ignore: CORE,
    limit: "0.9 kB",
  },
  {
    name: "opentelemetry, beside the engine",
    path: "packages/opentelemetry/dist/index.js",
    ignore: CORE,
    limit: "1.7 kB",
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
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: "esm",
    plugins: entry.ignore ? [unused] : [],
  }),
}))
