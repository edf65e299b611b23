import { readFileSync } from "node:fs"
import { cacheOf, hitsOf } from "@evictionary/conformance"
import { registry } from "evictionary"
import { expect, test } from "vitest"
import { hasTraces, ratio, traceOf } from "../../../scripts/golden.ts"

/** What the notes under the table of strategies mean. */
const POINTS: Record<string, readonly [trace: string, capacity: number]> = {
  "memory of a program¹": ["addr-twolf", 100],
  "loop²": ["lirs-loop", 1_000],
  "file server³": ["lirs-sprite", 100],
  "database⁴": ["arc-OLTP", 1_000],
  "web shop⁵": ["cache2k-web12", 600],
  "Zipf⁶": ["zipf-1.0-300k", 100],
  "ledger⁷": ["corda-vaultservice", 512],
  "text search⁸": ["lirs-gli", 1_000],
  "sweeps⁸": ["lirs-zigzag", 1_000],
  "code browser⁸": ["lirs-cs", 1_000],
  "joins⁹": ["lirs-ps", 308],
  "two pools¹⁰": ["lirs-2_pools", 100],
  "text search¹¹": ["lirs-gli", 500],
  "file server¹²": ["lirs-sprite", 708],
}

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const rows = [...readme.matchAll(/^\| \[`([\w-]+)`\]\(.*$/gm)].flatMap(([row, name = ""]) =>
  Array.from(
    row.matchAll(/([\w ]+[⁰¹²³⁴-⁹]+), (\d+\.\d %)(?: \((\d+\.\d %)\))?/g),
    ([, point = "", own, lru]) => ({ name, point: point.trim(), own, lru }),
  ),
)

test("the table of strategies has hit ratios on known traces", () => {
  const evicting = registry.names.filter((name) => !registry.get(name).neverEvicts)
  expect(rows.map(({ name }) => name).sort()).toEqual([...evicting, ...evicting].sort())
  expect(Object.keys(POINTS)).toEqual(expect.arrayContaining(rows.map(({ point }) => point)))
})

test.runIf(hasTraces).each(rows)("$name: $own on $point", ({ name, point, own, lru }) => {
  const [trace, usual] = POINTS[point]!
  const capacity = name === "slru" && point === "ledger⁷" ? 100 : usual
  const keys = traceOf(trace)
  const ratioOf = (name: string) =>
    ratio(hitsOf(cacheOf(registry.get(name), capacity), keys), keys.length)
  expect(ratioOf(name)).toBe(own)
  if (lru !== undefined) expect(ratioOf("lru")).toBe(lru)
})
