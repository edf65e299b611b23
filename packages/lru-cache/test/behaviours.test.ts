import { readFileSync } from "node:fs"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { behaviours, implementations } from "./behaviours.ts"
import "./equal.ts"
import "./different.ts"

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_001, toFake: ["Date", "setTimeout", "clearTimeout"] })
  // From 1 on: theirs takes a beginning at 0 for none.
  vi.spyOn(performance, "now").mockImplementation(() => Date.now() - 1_000_000)
  // What listeners throw is reported.
  vi.spyOn(process, "emitWarning").mockImplementation(() => {})
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe.each(["ours", "theirs"] as const)("%s", (name) => {
  it.each(behaviours.map((behaviour) => [behaviour.area, behaviour.title, behaviour] as const))(
    "%s: %s",
    async (_area, _title, { run, gives }) => {
      expect(await run(implementations[name])).toEqual(gives[name])
    },
  )
})

describe("the README", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
  const different = behaviours.filter(({ words }) => words !== undefined)

  it.each(["different by decision", "missing"])("lists all that is %s", (area) => {
    const rows = different
      .filter((behaviour) => behaviour.area === area)
      .map(({ title, words }) => `| ${title} | ${words!.theirs} | ${words!.ours} |\n`)
    expect(readme).toContain(rows.join(""))
  })

  it("lists what is the same", () => {
    const areas = new Map<string, string[]>()
    for (const { area, title, words } of behaviours) {
      if (words === undefined) areas.set(area, [...(areas.get(area) ?? []), title])
    }
    const rows = [...areas].map(([area, titles]) => `| ${area} | ${titles.join("; ")} |\n`)
    expect(readme).toContain(rows.join(""))
    expect(readme).toContain(`${behaviours.length - different.length} behaviours`)
  })
})
