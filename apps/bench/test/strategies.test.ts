import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterEach, beforeEach, expect, it } from "vitest"
import { cacheMaker, findStrategies } from "../src/strategies.ts"
import { strategies } from "./host.ts"

let folder: string
let packages: URL

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"))
  packages = pathToFileURL(`${folder}/`)
})

afterEach(() => rmSync(folder, { recursive: true }))

function addPackage(name: string, source: string | undefined, keywords = ["evictionary-strategy"]) {
  mkdirSync(join(folder, name))
  const manifest = { name, type: "module", keywords, exports: { ".": { default: "./index.js" } } }
  writeFileSync(join(folder, name, "package.json"), JSON.stringify(manifest))
  if (source !== undefined) writeFileSync(join(folder, name, "index.js"), source)
}

const strategy = (name: string, neverEvicts = false) =>
  `Object.assign(() => {}, { strategyName: ${JSON.stringify(name)}, neverEvicts: ${neverEvicts} })`

it("finds the strategies of this repository, those that never evict first", () => {
  expect(strategies.slice(0, 2)).toMatchObject([
    { strategyName: "unbounded", neverEvicts: true },
    { strategyName: "lru", neverEvicts: false },
  ])
})

it("makes caches of what it found, with the capacity where there is one", async () => {
  const capacities: number[] = []
  for (const each of strategies) capacities.push((await cacheMaker(each))(5).capacity)
  expect(capacities).toEqual(strategies.map(({ neverEvicts }) => (neverEvicts ? Infinity : 5)))
})

it("finds a strategy that comes later, by the keyword of its package", async () => {
  addPackage("zebra", `export const zebra = ${strategy("zebra")}`)
  addPackage("lru", `export const lru = ${strategy("lru")}`)
  addPackage("apes", `export const ape = ${strategy("ape")}, all = ${strategy("all", true)}`)
  addPackage("other", `export const other = ${strategy("other")}`, ["cache"])
  const names = (await findStrategies(packages)).map(({ strategyName }) => strategyName)
  expect(names).toEqual(["all", "lru", "ape", "zebra"])
})

it("counts only what is a strategy among the exports of a package", async () => {
  addPackage("mixed", `export const s = ${strategy("s")}, f = () => {}, o = { strategyName: "o" }`)
  expect(await findStrategies(packages)).toMatchObject([{ strategyName: "s", exportName: "s" }])
})

it("a strategy that two packages export is found once", async () => {
  addPackage("a", `export const one = ${strategy("one")}`)
  addPackage("b", `export * from "../a/index.js"`)
  expect(await findStrategies(packages)).toHaveLength(1)
})

it("says which package is not built", async () => {
  addPackage("absent", undefined)
  await expect(findStrategies(packages)).rejects.toThrow("absent is not built")
})
