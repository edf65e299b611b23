import * as core from "@evictionary/core"
import * as tags from "@evictionary/core/tags"
import * as lru from "@evictionary/lru"
import * as memoize from "@evictionary/memoize"
import * as unbounded from "@evictionary/unbounded"
import * as dataloader from "dataloader"
import * as keyv from "keyv"
import * as keyv6 from "keyv-6"
import * as theirs from "lru-cache"
import * as pMemoize from "p-memoize"
import * as reselect from "reselect"
import { afterEach, beforeEach, test, vi } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

const users: Record<string, unknown> = { 7: { id: 7, name: "Ada" }, 8: { id: 8, name: "Bob" } }

// Examples that fetch do not leave the machine.
beforeEach(() => {
  const { fetch } = globalThis
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    const [, id] = /^https:\/\/api\.example\.org\/users\/(\d+)$/.exec(url) ?? []
    if (id === undefined) return fetch(url, init)
    return id in users ? Response.json(users[id]) : new Response(null, { status: 404 })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ["this package", "../README.md", keyv],
  ["this package with Keyv 6", "../README.md", keyv6],
  ["the repository", "../../../README.md", keyv],
])("every example in the README of %s gives what it says", async (_, path, keyv) => {
  await runReadme(new URL(path, import.meta.url), {
    "@evictionary/core": core,
    "@evictionary/core/tags": tags,
    "@evictionary/lru": lru,
    "@evictionary/memoize": memoize,
    "@evictionary/unbounded": unbounded,
    dataloader,
    keyv,
    "lru-cache": theirs,
    "p-memoize": pMemoize,
    reselect,
  })
})
