import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { fakeHost, strategies } from "./host.ts"

const lru = strategies.filter(({ strategyName }) => strategyName === "lru")

const soak = ["soak", "--seed", "7"]

it("every law is checked on as many examples as asked, and the operations are counted", async () => {
  const host = fakeHost({ findStrategies: async () => lru })
  expect(await run([...soak, "--runs", "3", "--law", "capacity", "--json"], host)).toBe(0)
  const report = JSON.parse(host.printed)
  expect(report).toMatchObject({ command: "soak", runs: 3, seed: 7 })
  expect(report.rows).toMatchObject([{ strategy: "lru", broken: [] }])
  expect(report.rows[0].operations).toBeGreaterThan(100)
  expect(report.rows[0].laws).toBeGreaterThan(5)
  expect(host.steps.taken).toHaveLength(report.rows[0].laws)
  for (const step of host.steps.taken) expect(step).toMatch(/^lru: .*capacity/)
  expect(host.steps.stopped).toBe(true)
})

it("passes with other examples begin for as long as asked, and the last line has the counts", async () => {
  let minute = 0
  const now = () => new Date(minute++ * 60_000)
  const host = fakeHost({ findStrategies: async () => lru, now })
  expect(await run([...soak, "--runs", "1", "--minutes", "2", "--law", "capacity"], host)).toBe(0)
  const laws = host.steps.taken.length / 2
  expect(host.steps.announced).toBe(2 * laws)
  expect(host.printed).toMatch(
    new RegExp(
      `\\npasses 2, strategies 1, examples ${2 * laws}, operations \\S+, broken laws 0\\n+$`,
    ),
  )
})

it("a broken law is shown with what to paste, and the status says so", async () => {
  const module = new URL("broken-strategy.ts", import.meta.url).href
  const broken = { strategyName: "broken", neverEvicts: false, module, exportName: "broken" }
  const host = fakeHost({ findStrategies: async () => [broken] })
  expect(await run([...soak, "--runs", "20", "--strategy", "broken", "--law", "hits"], host)).toBe(
    1,
  )
  expect(host.complaints).toBe("error: laws are broken by broken\n")
  expect(host.printed).toMatch(/broken +\d+ +\d+ /)
  expect(host.printed).toContain('broken breaks the law "hits change who leaves"')
  expect(host.printed).toContain(
    "soak --runs 20 --seed 7 --strategy broken --law 'hits change who leaves'",
  )
  expect(host.printed).toMatch(/, broken laws [1-9]\d*\n+$/)
})

it("words that no law says are refused", async () => {
  const host = fakeHost({ findStrategies: async () => lru })
  expect(await run([...soak, "--law", "gremlins"], host)).toBe(1)
  expect(host.complaints).toBe('error: no law says "gremlins"\n')
})
