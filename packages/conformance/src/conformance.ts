import { deep, type Law, type Replay, tried } from "./law.ts"
import { type Expectations, lawsOf } from "./laws.ts"
import type { AnyStrategy } from "./subject.ts"

/** What vitest, jest, mocha and `node:test` have in common. */
export interface ConformanceRunner {
  describe(title: string, body: () => void): unknown
  it(title: string, body: () => void, timeout?: number): unknown
}

/** What {@link conformance} can be told. */
export interface ConformanceOptions<Own extends object = object> extends Expectations<Own> {
  /** Checks only the laws in whose title this is. */
  only?: string
  /** Begins with these examples. A failure prints the seed and the path, which go together. */
  seed?: number
  /** Tries that example alone. */
  path?: string
  /** Milliseconds after which a runner may give a law up. Ten minutes by default. */
  timeout?: number
}

/** What a law took. */
interface Taken {
  readonly title: string
  readonly examples: number
  readonly duration: number
}

/**
 * Registers every law as a test. If the first one is broken, which says only that there is a policy,
 * no other is checked.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest"
 * conformance(myStrategy, { describe, it })
 * ```
 */
export function conformance<Own extends object>(
  strategy: AnyStrategy,
  runner: ConformanceRunner,
  options: ConformanceOptions<Own> = {},
): void {
  const { only = "", seed, path = "", timeout = 600_000 } = options
  const laws = lawsOf(strategy, options).filter(({ title }) => title.includes(only))
  const again: Replay | undefined = seed === undefined ? undefined : { seed, path }
  const { strategyName } = strategy
  const taken: Taken[] = []
  let missing: unknown
  function it(title: string, body: () => void): void {
    const test = runner.it(title, body, timeout) as { timeout?(limit: number): void } | undefined
    // As mocha has it.
    if (typeof test?.timeout === "function") test.timeout(timeout)
  }
  function check(law: Law): void {
    const begin = [tried(), Date.now()] as const
    try {
      law.check(strategy, again)
    } catch (error) {
      if (law === laws[0] && only === "") missing = error
      throw error
    } finally {
      const [examples, duration] = [tried() - begin[0], Date.now() - begin[1]]
      taken.push({ title: law.title, examples, duration })
    }
  }
  for (const chapter of chaptersOf(laws)) {
    runner.describe(`${strategyName}: ${chapter}`, () => {
      for (const law of laws) {
        if (law.chapter !== chapter) continue
        it(law.title, (...given: unknown[]) => {
          if (missing === undefined) check(law)
          else skip(given)
        })
      }
    })
  }
  it(`${strategyName} is held to ${laws.length} laws`, () => {
    const { console } = globalThis as unknown as { console: { info(text: string): void } }
    console.info(`${strategyName}: ${says(strategy)}; ${summary(laws, taken)}`)
  })
}

function chaptersOf(laws: readonly Law[]): string[] {
  return [...new Set(laws.map(({ chapter }) => chapter))]
}

/** Leaves a test out, in the way of vitest and `node:test`; jest has none. */
function skip([context]: unknown[]): void {
  const { skip } = (context ?? {}) as { skip?(why: string): void }
  const why = "the first law is broken, so this one was not looked at"
  if (typeof skip !== "function") throw new Error(why)
  skip.call(context, why)
}

/** How many laws there are, and what they took. */
function summary(laws: readonly Law[], taken: readonly Taken[]): string {
  const counts = chaptersOf(laws).map((chapter) => {
    return `${chapter} ${laws.filter((law) => law.chapter === chapter).length}`
  })
  const sum = (of: "duration" | "examples") => taken.reduce((total, law) => total + law[of], 0)
  const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`
  const [slowest] = [...taken].sort((a, b) => b.duration - a.duration)
  const longest = slowest ? `, the longest ${seconds(slowest.duration)}: ${slowest.title}` : ""
  const time = `${sum("examples")} examples in ${seconds(sum("duration"))}${longest}`
  const depth = deep ? "" : " (EVICTIONARY_DEEP tries more of them)"
  return `${laws.length} laws: ${counts.join(", ")}; ${time}${depth}`
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
