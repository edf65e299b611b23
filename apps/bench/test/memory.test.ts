import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, it } from "vitest"
import type { MemoryReport } from "../src/memory/command.ts"
import { weighEmpty, weighEntries } from "../src/memory/weigh.ts"
import { run } from "../src/program.ts"
import { implementations } from "../src/stores/implementations.ts"
import { fakeHost, hostWithSlow } from "./host.ts"

setFlagsFromString("--expose-gc")
globalThis.gc ??= runInNewContext("gc") as NodeJS.GCFunction

const [sieve, map] = implementations([], ["@neophi/sieve-cache", "Map"])

it("the entries of a Map weigh what its table does, and never go", async () => {
  // Room for 262,144, at 3 words each, and a word for every other one: 28 bytes for each.
  const weight = await weighEntries({ implementation: map!, keys: "int32", entries: 262_144 })
  expect(weight.full).toBeGreaterThan(26)
  expect(weight.full).toBeLessThan(30)
  expect(weight).not.toHaveProperty("turned")
})

it("typed arrays and what is allocated at the start are counted, and counted once", async () => {
  const { bytes } = await weighEmpty({ implementation: sieve!, capacity: 1_000_000 })
  // Two arrays of 8 bytes, two of 4, and one of 1.
  expect(bytes / 1e6).toBeCloseTo(25, 0)
})

it("what a cache weighs when keys have gone through it is weighed, too", async () => {
  const { turned } = await weighEntries({ implementation: sieve!, keys: "string", entries: 1_000 })
  expect(turned).toBeGreaterThan(25)
})

it("a report has every implementation, empty and with each kind of keys", async () => {
  const host = fakeHost()
  await run(["memory", "--rivals", "Map", "--strategies", "lru", "--json"], host)
  const { rows, entries } = JSON.parse(host.printed) as MemoryReport
  expect(entries).toBe(200_000)
  expect(rows.map(({ implementation }) => implementation)).toEqual(["lru", "Map"])
  for (const row of rows) {
    expect(row.empty).toBe(123_456_789)
    expect(row.entries).toEqual(
      ["int32", "string", "object"].map((keys) => ({ keys, full: 123.4, turned: 123.4 })),
    )
  }
})

it("keys that come out wrong are not weighed, and the page says so", async () => {
  const host = fakeHost()
  await run(["memory", "--rivals", "tiny-lru", "--keys", "int32,object"], host)
  expect(host.printed).toMatch(/^tiny-lru \w+ +123 MB +123\.4 +123\.4 +wrong$/m)
})

it("what is too slow to be examined is not weighed, and is not called wrong", async () => {
  const host = hostWithSlow("quick-lru")
  await run(["memory", "--rivals", "quick-lru", "--keys", "int32"], host)
  expect(host.printed).toMatch(/^quick-lru.* +123 MB +slow$/m)
  expect(host.printed).toMatch(/^slow +half a minute passes/m)
  expect(host.printed).not.toMatch(/^wrong/m)
})
