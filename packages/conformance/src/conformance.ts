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
  for (const chapter of new Set(laws.map((law) => law.chapter))) {
    describe(`${strategy.strategyName}: ${chapter}`, () => {
      for (const law of laws) {
        if (law.chapter === chapter) it(law.title, () => law.check(strategy))
      }
    })
  }
}
