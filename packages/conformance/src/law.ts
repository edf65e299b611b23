import fc from "fast-check"
import { takeMisuse } from "./checked/watch.ts"
import { Endless, within } from "./guard.ts"
import type { AnyStrategy } from "./subject.ts"

/** Something that every cache must do, whatever its strategy. */
export interface Law {
  /** The heading it stands under. */
  readonly chapter: string
  /** A sentence that says what must be. */
  readonly title: string
  /**
   * Throws if caches of the strategy do not keep the law; `again` finds what was found before.
   */
  check(strategy: AnyStrategy, again?: Replay): void
  /**
   * Examples that find what it is for, where there is little time: 20 unless it says so. Where there
   * is more, it is tried on 200.
   */
  readonly examples?: number
  /** The policies that it sees have the parts of the engine, and nothing looks at how they use them. */
  readonly isUnchecked?: boolean
  /** Milliseconds after which it has no end, if it looks at no examples, and takes long. */
  readonly slow?: number
}

/** Where fast-check found a counterexample. */
export interface Replay {
  readonly seed: number
  readonly path: string
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

/** Where there is time. */
export const deep: boolean = Boolean(process?.env.EVICTIONARY_DEEP)

/** How many examples a law is tried on. */
export function examplesOf({ examples = 20 }: Law): number {
  const { numRuns = deep ? 200 : examples } = fc.readConfigureGlobal()
  return numRuns
}

/** Milliseconds that a counterexample is made shorter for. */
const SHRINKING = deep ? 30_000 : 6_000

/** Milliseconds after which an example is tried again, and those after which it has no end then. */
const FIRST = 1_000
const SECOND = 2_500
/** Those that it has while one that has no end is made shorter. */
const SHORTER = 500

/** How the examples of a law are tried at the moment. */
export interface Trial {
  /** How many there are to be. */
  readonly numRuns: number
  /** Where they begin. */
  readonly seed?: number | undefined
  /** Which is the only one. */
  readonly path?: string | undefined
  /** Whether each is ended that does not end by itself. */
  readonly isCareful: boolean
  /** How many have been tried. */
  examples: number
}

let trial: Trial = { numRuns: 20, isCareful: false, examples: 0 }
let examples = 0

/** How many examples have been tried since the program began. */
export function tried(): number {
  return examples
}

/** Checks a law in its own way; returns what became of the trial. */
export function trying(next: Trial, check: () => void): Trial {
  const before = trial
  trial = next
  takeMisuse()
  try {
    check()
  } catch (error) {
    throw takeMisuse() ?? error
  } finally {
    trial = before
  }
  const misuse = takeMisuse()
  if (misuse !== undefined) throw misuse
  return next
}

/**
 * Looks for a counterexample: `holds` throws on one. Tries as many examples as the law asks for, 200
 * where the environment has `EVICTIONARY_DEEP`, or as many as `fc.configureGlobal` says. What a
 * policy did that it must not do is a failure, though somebody may have caught it.
 */
export function forAll<T>(arbitrary: fc.Arbitrary<T>, holds: (example: T) => void): void {
  const current = trial
  const { numRuns, seed, path } = current
  let end = Infinity
  let limit = FIRST
  const again = path === undefined ? {} : { path, endOnFailure: true }
  const property = fc.property(arbitrary, (example) => {
    // There has been enough time to find shorter ones: those to come are passed over.
    if (Date.now() > end) return
    current.examples++
    examples++
    takeMisuse()
    try {
      if (current.isCareful) limit = endingIn(limit, () => holds(example))
      else holds(example)
    } catch (error) {
      if (end === Infinity) end = Date.now() + SHRINKING
      if (error instanceof Endless) limit = SHORTER
      throw takeMisuse() ?? error
    }
    const misuse = takeMisuse()
    if (misuse !== undefined) throw misuse
  })
  const details = fc.check(property, { numRuns, ...(seed !== undefined && { seed }), ...again })
  if (details.failed) throw new Counterexample(details)
}

/** Throws unless some example of 300 does it; always tries the same ones. */
export function forSome<T>(
  arbitrary: fc.Arbitrary<T>,
  does: (example: T) => boolean,
  what: string,
): void {
  let found = false
  const property = fc.property(arbitrary, (example) => {
    found = does(example)
    return !found
  })
  const details = fc.check(property, { numRuns: 300, seed: 1, endOnFailure: true })
  if (details.failed && !found) throw details.errorInstance
  ensure(found, what)
}

/** How deep listeners use the cache that tells them: not so deep that the stack would be full. */
const DEEPEST = 50

/** Makes a function that does what it is given, unless it is called from within that too deep. */
export function unlessDeep(): (act: () => void) => void {
  let depth = 0
  return (act) => {
    if (depth === DEEPEST) return
    depth++
    try {
      act()
    } finally {
      depth--
    }
  }
}

/** Does it in so many milliseconds, or, if the machine may have been busy, in a few more. */
function endingIn(limit: number, act: () => void): number {
  try {
    within(limit, act)
  } catch (error) {
    if (limit !== FIRST || !(error instanceof Endless)) throw error
    within(SECOND, act)
  }
  return limit
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
