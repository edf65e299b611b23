import fc from "fast-check"
import { Counterexample, type Law } from "./law.ts"
import { recording } from "./recording.ts"
import type { AnyStrategy } from "./subject.ts"

/** Nobody reads a longer script, in lines. */
const LONGEST = 80

/** The same law, whose error shows what to do to see it broken. */
export function explained(law: Law): Law {
  return {
    ...law,
    check(strategy) {
      try {
        law.check(strategy)
      } catch (error) {
        throw new Error(explanation(law, strategy, error), { cause: error })
      }
    },
  }
}

function explanation(law: Law, strategy: AnyStrategy, error: unknown): string {
  const what = error instanceof Error ? error.message : String(error)
  const parts = [`${strategy.strategyName} breaks the law "${law.title}": ${what}`]
  const again =
    error instanceof Counterexample
      ? { seed: error.seed, path: error.path, endOnFailure: true }
      : undefined
  const script = scriptOf(law, strategy, again)
  if (script !== undefined) parts.push(`These operations show it:\n\n${script}`)
  if (again !== undefined) {
    parts.push(`To find it again: fc.configureGlobal(${fc.stringify(again)})`)
  }
  return parts.join("\n\n")
}

/** What is done to the caches when the law is broken again; undefined if that is nothing to read. */
function scriptOf(law: Law, strategy: AnyStrategy, parameters: object = {}): string | undefined {
  const tape = recording(strategy)
  const before = fc.readConfigureGlobal()
  fc.configureGlobal({ ...before, ...parameters })
  try {
    law.check(tape.strategy)
  } catch {
    const script = tape.script()
    // What was not found by chance is not made shorter; its law says enough.
    return script === "" || script.split("\n").length > LONGEST ? undefined : script
  } finally {
    fc.configureGlobal(before)
  }
  return undefined
}
