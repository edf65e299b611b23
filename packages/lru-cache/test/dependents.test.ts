import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import Module, { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Cache } from "@evictionary/core"
import { sieve } from "@evictionary/sieve"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"

/** The part of Node.js that finds what is required. */
type Loader = typeof Module & { _resolveFilename(request: string, ...rest: unknown[]): string }

const loader = Module as Loader
const find = loader._resolveFilename
const require = createRequire(import.meta.url)
const folder = mkdtempSync(join(tmpdir(), "dependents-"))

/** The caches that programs have made, on a strategy that they do not know. */
const caches: Cache<unknown, unknown>[] = []

function hits(): number {
  return caches.reduce((sum, { stats }) => sum + stats.hits, 0)
}

beforeAll(async () => {
  const adapter = join(folder, "lru-cache.mjs")
  await build({
    entryPoints: [join(import.meta.dirname, "../src/module.ts")],
    outfile: adapter,
    bundle: true,
    format: "esm",
    conditions: ["@evictionary/source"],
  })
  loader._resolveFilename = (request, ...rest) =>
    request === "lru-cache" ? adapter : find(request, ...rest)
  const { LRUCache } = require("lru-cache")
  LRUCache.strategy = (options: { capacity: number }) => {
    const cache = sieve(options)
    caches.push(cache)
    return cache
  }
})

afterAll(() => {
  loader._resolveFilename = find
  rmSync(folder, { recursive: true })
})

it("is required as lru-cache 11, as 7 to 9 and as 5 were", () => {
  const LRUCache = require("lru-cache")
  expect(new LRUCache({ max: 1 }).set("a", 1).get("a")).toBe(1)
  expect(LRUCache.LRUCache).toBe(LRUCache)
  expect(LRUCache.default).toBe(LRUCache)
})

it("serves Babel's targets, which were written for lru-cache 5", () => {
  const { default: targetsOf } = require("@babel/helper-compilation-targets")
  const before = hits()
  const first = targetsOf({ browsers: "chrome 100, safari 15" })
  expect(first).toEqual({ chrome: "100.0.0", safari: "15.0.0" })
  expect(targetsOf({ browsers: "chrome 100, safari 15" })).toEqual(first)
  expect(hits()).toBeGreaterThan(before)
})

it("serves glob, whose caches are classes that extend it", () => {
  // What is published as `glob` brings its own copies of what it needs.
  const { Glob } = require("glob/raw")
  mkdirSync(join(folder, "deep/er"), { recursive: true })
  for (const name of ["a.txt", "deep/b.txt", "deep/er/c.txt", "deep/d.js"]) {
    writeFileSync(join(folder, name), "")
  }
  const before = caches.length
  const glob = new Glob("**/*.txt", { cwd: folder, posix: true })
  expect(glob.walkSync().sort()).toEqual(["a.txt", "deep/b.txt", "deep/er/c.txt"])
  expect(new Glob("deep/**", glob).walkSync()).toContain(join("deep", "d.js"))
  expect(caches.length).toBeGreaterThan(before)
})

it("serves hosted-git-info", () => {
  const hosted = require("hosted-git-info")
  const before = hits()
  const first = hosted.fromUrl("github:npm/cli")
  expect(first.https()).toBe("git+https://github.com/npm/cli.git")
  expect(hosted.fromUrl("github:npm/cli")).toBe(first)
  expect(hits()).toBeGreaterThan(before)
})

it("serves cacache, which keeps by size and time", async () => {
  const cacache = require("cacache")
  const store = join(folder, "cacache")
  await cacache.put(store, "key", "content", { memoize: true })
  rmSync(store, { recursive: true })
  const { data } = await cacache.get(store, "key", { memoize: true })
  expect(data.toString()).toBe("content")
  cacache.clearMemoized()
  await expect(cacache.get(store, "key", { memoize: true })).rejects.toThrow()
})
