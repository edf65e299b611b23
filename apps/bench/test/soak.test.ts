import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

const lru = strategies.filter(({ strategyName }) => strategyName === "lru")

it("every law is checked on as many examples as asked, and the operations are counted", async () => {
  const host = fakeHost({ findStrategies: async () => lru })
  expect(await run(["soak", "--runs", "3", "--seed", "7", "--json"], host)).toBe(0)
  const report = JSON.parse(host.printed)
  expect(report).toMatchObject({ command: "soak", runs: 3, seed: 7 })
  expect(report.rows).toMatchObject([{ strategy: "lru", broken: [] }])
  expect(report.rows[0].operations).toBeGreaterThan(1_000)
  expect(host.steps.taken).toHaveLength(report.rows[0].laws)
  expect(host.steps.stopped).toBe(true)
})

it("a broken law is shown with what to paste, and the status says so", async () => {
  const module = new URL("broken-strategy.ts", import.meta.url).href
  const broken = { strategyName: "broken", neverEvicts: false, module, exportName: "broken" }
  const host = fakeHost({ findStrategies: async () => [broken] })
  expect(await run(["soak", "--runs", "20", "--seed", "7", "--strategy", "broken"], host)).toBe(1)
  expect(host.complaints).toBe("error: laws are broken by broken\n")
  expect(host.printed).toMatch(/broken +\d+ +\d+ /)
  expect(host.printed).toContain('broken breaks the law "hits change who leaves"')
  expect(host.printed).toContain("soak --runs 20 --seed 7 --strategy broken")
})
