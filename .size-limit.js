const esm = (config) => ({ ...config, format: "esm" })

export default [
  { name: "lru, with the engine", path: "packages/lru/dist/index.js", limit: "4.3 kB" },
  { name: "unbounded, with the engine", path: "packages/unbounded/dist/index.js", limit: "4.3 kB" },
  {
    name: "memoize",
    path: "packages/memoize/dist/index.js",
    ignore: ["@evictionary/core"],
    limit: "1.5 kB",
  },
].map((entry) => ({ ...entry, gzip: true, modifyEsbuildConfig: esm }))
