import { readFileSync } from "node:fs"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { faults, faultTable } from "./faults.ts"
import { asyncMemoizers, memoizers } from "./memoizers.ts"
import { asyncFaults } from "./promise-faults.ts"

// Reselect warns of one of the faults.
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

const README = "../README.md"

/** The README with the tables that hold now; `vitest -u` writes it. */
async function currentReadme(): Promise<string> {
  const tables: Record<string, string> = {
    functions: await faultTable(faults, memoizers),
    promises: await faultTable(asyncFaults, asyncMemoizers),
  }
  const readme = readFileSync(new URL(README, import.meta.url), "utf8")
  return readme.replace(
    /(<!-- faults of (\w+),.*?-->\n).*?(?=\n<!-- end -->)/gs,
    (_, begin: string, kind: string) => `${begin}\n${tables[kind]}\n`,
  )
}

test("the README says of each memoizer what is wrong with it today", async () => {
  const readme = await currentReadme()
  expect(readme.match(/^\| .*\| ours \|/gm)).toHaveLength(2)
  await expect(readme).toMatchFileSnapshot(README)
})

test.each(Object.entries(faults))("ours has no fault, but for -0: %s", async (name, shows) => {
  expect(await shows(memoizers[0]!)).toBe(name.includes("-0"))
})

test.each(Object.entries(asyncFaults))("ours has no fault: %s", async (_, shows) => {
  expect(await shows(asyncMemoizers[0]!)).toBe(false)
})

test("each fault is found in somebody", async () => {
  for (const table of [
    await faultTable(faults, memoizers),
    await faultTable(asyncFaults, asyncMemoizers),
  ]) {
    for (const row of table.split("\n").slice(2)) expect(row).toContain("✗")
  }
})
