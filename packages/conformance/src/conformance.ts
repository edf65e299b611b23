import { lawsOf } from "./laws.ts"
import type { AnyStrategy } from "./subject.ts"

/** What vitest, jest, mocha and `node:test` have in common. */
export interface ConformanceRunner {
  describe(title: string, body: () => void): unknown
  it(title: string, body: () => void): unknown
}

/**
 * Registers every law as a test.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest"
 * conformance(myStrategy, { describe, it })
 * ```
 */
export function conformance(strategy: AnyStrategy, { describe, it }: ConformanceRunner): void {
  const laws = lawsOf(strategy)
  const { strategyName } = strategy
  const chapters = [...new Set(laws.map(({ chapter }) => chapter))]
  for (const chapter of chapters) {
    describe(`${strategyName}: ${chapter}`, () => {
      for (const law of laws) {
        if (law.chapter === chapter) it(law.title, () => law.check(strategy))
      }
    })
  }
  it(`${strategyName} is held to ${laws.length} laws`, () => {
    const counts = chapters.map((chapter) => {
      return `${chapter} ${laws.filter((law) => law.chapter === chapter).length}`
    })
    const { console } = globalThis as unknown as { console: { info(text: string): void } }
    console.info(`${strategyName}: ${says(strategy)}; ${laws.length} laws: ${counts.join(", ")}`)
  })
}

/** What a strategy says of itself, which decides between opposite laws. */
function says(strategy: AnyStrategy): string {
  const { neverEvicts, promotes, remembers, scanResistant, rearranges } = strategy
  if (neverEvicts) return "never evicts"
  const parts = [
    promotes ? "promotes" : "does not promote",
    remembers ? "remembers" : "forgets",
    scanResistant ? "resists scans" : "is flushed by scans",
    rearranges ? "rearranges" : "keeps the order",
  ]
  return parts.join(", ")
}
