import { stripVTControlCharacters } from "node:util"
import picocolors from "picocolors"
import { expect, it } from "vitest"
import { FAULTS } from "../../../scripts/tier-faults.ts"
import { contenders } from "../src/tiered/contenders.ts"
import { costPage, failuresPage, tieredSoakPage } from "../src/tiered/pages.ts"
import { PHASES } from "../src/tiered/time.ts"

const colors = picocolors.createColors(true)
const machine = "Node 20.20.2, a processor with a name as long as some of them have"

/** The lines of a page, which must fit into 80 columns. */
function shown(page: string): string[] {
  const lines = stripVTControlCharacters(page).split("\n")
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  return lines
}

it("the cost of a call is a table for each phase and number of processes", () => {
  const times = { cpu: 123.4, wall: 98_765.4, median: 12.3, p99: 123_456, server: 0 }
  const rows = [1, 2].flatMap((processes) =>
    PHASES.flatMap((phase) =>
      Object.keys(contenders).map((contender) => ({ ...times, contender, phase, processes })),
    ),
  )
  const lines = shown(costPage({ command: "tiered cost", machine, rounds: 3, rows }, colors))
  for (const contender of Object.keys(contenders)) {
    expect(lines.filter((line) => line.startsWith(`  ${contender} `))).toHaveLength(rows.length / 7)
  }
  for (const phase of PHASES) expect(lines).toContain(`${phase}, one process`)
})

it("each failure is a row, with what it did to callers", () => {
  const rows = FAULTS.map(({ title }) => {
    return { title, calls: 123_456, loads: 12_345, faults: 1, p99: 63.5, max: 1_450, healed: 1_350 }
  })
  const lines = shown(failuresPage({ command: "tiered faults", machine, rows }, colors))
  for (const { title } of FAULTS) expect(lines.join("\n")).toContain(`\n${title} `)
})

it("a soak says what was done, and shows each promise that was broken", () => {
  const counts = {
    reads: 2_637_500,
    changes: 227_761,
    late: 3,
    loads: 4,
    hits: { linked: 5, cut: 6 },
    violations: ["a value older than a delete that the same thread had made"],
  }
  const faults = Object.fromEntries(FAULTS.map(({ title }) => [title, 12]))
  const lines = shown(
    tieredSoakPage(
      { command: "tiered soak", machine, minutes: 30, threads: 4, faults, counts },
      colors,
    ),
  )
  expect(lines.some((line) => /^promises broken +1$/.test(line))).toBe(true)
  expect(lines).toContain(counts.violations[0])
})
