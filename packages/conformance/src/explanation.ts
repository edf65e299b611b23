import fc from "fast-check"
import { watching } from "./checked/door.ts"
import { Endless, within } from "./guard.ts"
import { Counterexample, examplesOf, type Law, type Replay, type Trial, trying } from "./law.ts"
import { codeNameOf, recording } from "./recording.ts"
import { restoreNatives } from "./steps.ts"
import type { AnyStrategy } from "./subject.ts"

/** Nobody reads a longer script, in lines. */
const LONGEST = 200

/**
 * Milliseconds that a law may take for each of its examples before these are looked at one by one,
 * to find one that has no end; and those that it may take then if it has none.
 */
const QUICK = 50
const SLOW = 4_000

/** Strategies of which some operation has no end: nobody waits for that again and again. */
const endless = new WeakSet<AnyStrategy>()
const SHORT = 1_000

/** The same law, whose error shows what to do to see it broken. */
export function explained(law: Law): Law {
  return {
    ...law,
    check(strategy, again) {
      try {
        judge(law, strategy, again)
      } catch (error) {
        throw new Error(explanation(law, strategy, error), { cause: error })
      }
    },
  }
}

/** Checks the law, whatever the strategy does: policies are watched, and what has no end is ended. */
function judge(law: Law, strategy: AnyStrategy, again: Replay | undefined): void {
  const numRuns = examplesOf(law)
  const { seed: asked } = fc.readConfigureGlobal()
  const seed = again?.seed ?? asked ?? Math.floor(Math.random() * 2 ** 31)
  const trial = { numRuns, seed, path: again?.path || undefined, isCareful: false, examples: 0 }
  const isKnown = endless.has(strategy)
  const limit = isKnown ? SHORT : (law.slow ?? Math.max(QUICK * numRuns, SLOW))
  seen(law, () => {
    try {
      trying(trial, () => within(limit, () => law.check(strategy)))
    } catch (error) {
      if (!(error instanceof Endless)) throw error
      // What was ended has not put back what it had exchanged.
      restoreNatives()
      if (isKnown) throw new Endless(`${error.message}, as another law has shown`)
      if (law.slow !== undefined) {
        endless.add(strategy)
        throw error
      }
      try {
        const where = trial.examples > 0 ? { seed, path: trial.path } : undefined
        checkPatiently(law, strategy, where, SLOW)
      } catch (second) {
        if (isEndless(second)) endless.add(strategy)
        throw second
      }
    }
  })
}

/** Checks the law when something in it may have no end: each of its examples, or all at once. */
function checkPatiently(
  law: Law,
  strategy: AnyStrategy,
  where: Where | undefined,
  limit: number,
): void {
  trying({ ...where, numRuns: examplesOf(law), isCareful: true, examples: 0 }, () => {
    if (where === undefined) within(limit, () => law.check(strategy))
    else law.check(strategy)
  })
}

type Where = Pick<Trial, "path" | "seed">

function isEndless(error: unknown): boolean {
  return error instanceof Endless || (error as Error | undefined)?.cause instanceof Endless
}

function seen(law: Law, act: () => void): void {
  if (law.isUnchecked) act()
  else watching(act)
}

function explanation(law: Law, strategy: AnyStrategy, error: unknown): string {
  const what = error instanceof Error ? error.message : String(error)
  const after = error instanceof Counterexample ? `, example ${error.runs}` : ""
  const parts = [`${strategy.strategyName} breaks the law "${law.title}"${after}: ${what}`]
  const where = error instanceof Counterexample ? { seed: error.seed, path: error.path } : undefined
  const script = scriptOf(law, strategy, where, error)
  if (script !== undefined) parts.push(`These operations show it:\n\n${script}`)
  if (error instanceof Counterexample) {
    const options = `{ only: ${JSON.stringify(law.title)}, seed: ${error.seed}, path: "${error.path}" }`
    const again = `conformance(${codeNameOf(strategy)}, { describe, it }, ${options})`
    parts.push(`To find it again: ${again}`)
  }
  return parts.join("\n\n")
}

/** What is done to the caches when the law is broken again; undefined if that is nothing to read. */
function scriptOf(
  law: Law,
  strategy: AnyStrategy,
  where: Where | undefined,
  error: unknown,
): string | undefined {
  if (endless.has(strategy) && !isEndless(error)) return undefined
  // Nor would anybody read what takes so long.
  if (law.slow !== undefined) return undefined
  const tape = recording(strategy)
  try {
    seen(law, () => checkPatiently(law, tape.strategy, where, isEndless(error) ? SHORT : SLOW))
  } catch {
    const script = tape.script()
    // What was not found by chance is not made shorter; its law says enough.
    return script === "" || script.split("\n").length > LONGEST ? undefined : script
  }
  return undefined
}
