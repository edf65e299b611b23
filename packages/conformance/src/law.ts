import fc from "fast-check"
import type { AnyStrategy } from "./subject.ts"

/** Something that every cache must do, whatever its strategy. */
export interface Law {
  /** The heading it stands under. */
  readonly chapter: string
  /** A sentence that says what must be. */
  readonly title: string
  /** Throws if caches of the strategy do not keep the law. */
  check(strategy: AnyStrategy): void
}

/** A property does not hold; with this seed and path, fast-check finds the counterexample again. */
export class Counterexample extends Error {
  readonly seed: number
  readonly path: string
  /** How many examples were tried until one was found. */
  readonly runs: number

  constructor(details: {
    seed: number
    counterexamplePath: string | null
    numRuns: number
    errorInstance: unknown
  }) {
    const { errorInstance: cause } = details
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.seed = details.seed
    this.path = details.counterexamplePath ?? ""
    this.runs = details.numRuns
  }
}

const { process } = globalThis as unknown as {
  process?: { env: Readonly<Record<string, string | undefined>> }
}

/** A few dozen find nearly everything; where there is time, more are tried. */
const EXAMPLES = process?.env.EVICTIONARY_DEEP ? 200 : 40

/**
 * Looks for a counterexample: `holds` throws on one. Tries 40 examples, 200 where the environment
 * has `EVICTIONARY_DEEP`, or as many as `fc.configureGlobal` says.
 */
export function forAll<T>(arbitrary: fc.Arbitrary<T>, holds: (example: T) => void): void {
  const { numRuns = EXAMPLES } = fc.readConfigureGlobal()
  const details = fc.check(fc.property(arbitrary, holds), { numRuns })
  if (details.failed) throw new Counterexample(details)
}

/** Throws unless some example does it; always tries the same ones. */
export function forSome<T>(
  arbitrary: fc.Arbitrary<T>,
  does: (example: T) => boolean,
  what: string,
): void {
  const examples = fc.sample(arbitrary, { numRuns: 300, seed: 1 })
  ensure(examples.some(does), what)
}

/** Throws, with both in the message, unless they are the same as `Object.is` or by content. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (!equal(actual, expected)) {
    throw new Error(`${what}: expected ${fc.stringify(expected)}, got ${fc.stringify(actual)}`)
  }
}

/** Throws unless it is so. */
export function ensure(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((element, index) => equal(element, b[index]))
  )
}
