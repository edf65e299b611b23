import { entries } from "./laws/entries.ts"
import { fences } from "./laws/fences.ts"
import type { TierLaw, TierSubject } from "./laws/law.ts"
import { messages } from "./laws/messages.ts"
import { sessions } from "./laws/sessions.ts"
import type { Tier } from "./tier.ts"

export type { TierLaw, TierSubject } from "./laws/law.ts"

/** What vitest, jest, mocha and `node:test` have in common. */
export interface TierRunner {
  describe(title: string, body: () => void): unknown
  it(title: string, body: () => Promise<void>): unknown
}

/** What every second tier must do, as {@link Tier} says it. */
export const tierLaws: readonly TierLaw[] = [...entries, ...fences, ...messages, ...sessions]

/**
 * Registers every law as a test.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest"
 *
 * tierConformance("mine", { tier: myTier(), wait: (ms) => clock.advance(ms) }, { describe, it })
 * ```
 */
export function tierConformance(
  name: string,
  subject: TierSubject,
  { describe, it }: TierRunner,
): void {
  for (const chapter of new Set(tierLaws.map((law) => law.chapter))) {
    describe(`${name}: ${chapter}`, () => {
      for (const law of tierLaws) {
        if (law.chapter === chapter) it(law.title, () => law.check(subject))
      }
    })
  }
}
