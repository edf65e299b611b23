import { setImmediate } from "node:timers/promises"
import { lawsOf, performed } from "@evictionary/conformance"
import fc from "fast-check"
import type { Host } from "../host.ts"
import { Failure } from "../invocation.ts"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"

export interface SoakOptions {
  /** Examples for each law in each pass. */
  runs: number
  /** Passes begin until so many have gone by; 0 for one. */
  minutes: number
  seed: number
  /** Laws that have these words in their titles are checked, and no others. */
  law?: string
  strategies: FoundStrategy[]
}

/** A law that does not hold, and the seed of the pass that has shown it. */
export interface BrokenLaw {
  law: string
  message: string
  seed: number
}

export interface SoakRow {
  strategy: string
  laws: number
  /** Of all laws together. */
  examples: number
  /** What was done to caches, altogether. */
  operations: number
  seconds: number
  broken: BrokenLaw[]
}

export interface SoakReport {
  command: "soak"
  runs: number
  seed: number
  passes: number
  rows: SoakRow[]
}

/** So many examples are tried before the progress line may move. */
const AT_A_TIME = 500

/** Between the seeds of two passes; no pass takes as many. */
const NEXT_PASS = 10_000_019

/** Checks every law on every strategy, on as many examples as asked, for as long as asked. */
export async function soak(options: SoakOptions, host: Host): Promise<SoakReport> {
  const { runs, minutes, seed, law: words = "", strategies } = options
  const subjects = await Promise.all(strategies.map(loadStrategy))
  const checks = subjects.map((subject) => {
    return { subject, laws: lawsOf(subject).filter(({ title }) => title.includes(words)) }
  })
  const steps = checks.reduce((sum, { laws }) => sum + laws.length, 0)
  if (steps === 0) throw new Failure(`no law says ${JSON.stringify(words)}`)
  const rows = checks.map(({ subject, laws }): SoakRow => {
    const nothing = { examples: 0, operations: 0, seconds: 0, broken: [] }
    return { strategy: subject.strategyName, laws: laws.length, ...nothing }
  })
  const progress = host.startProgress(steps)
  const before = fc.readConfigureGlobal()
  const end = host.now().getTime() + minutes * 60_000
  let passes = 0
  try {
    do {
      if (passes > 0) progress.announce(steps)
      const seedOfPass = (seed + passes++ * NEXT_PASS) | 0
      for (const [i, { subject, laws }] of checks.entries()) {
        const row = rows[i]!
        const start = { operations: performed(), time: performance.now() }
        for (const law of laws) {
          progress.step(`${row.strategy}: ${law.title}`)
          if (row.broken.some((each) => each.law === law.title)) continue
          for (let done = 0; done < runs; done += AT_A_TIME) {
            await setImmediate()
            const numRuns = Math.min(AT_A_TIME, runs - done)
            fc.configureGlobal({ numRuns, seed: (seedOfPass + done) | 0 })
            try {
              law.check(subject)
              row.examples += numRuns
            } catch (error) {
              const { message } = error as Error
              row.broken.push({ law: law.title, message, seed: seedOfPass })
              break
            }
          }
        }
        row.operations += performed() - start.operations
        row.seconds += (performance.now() - start.time) / 1_000
      }
    } while (host.now().getTime() < end)
  } finally {
    fc.configureGlobal(before)
    progress.stop()
  }
  return { command: "soak", runs, seed, passes, rows }
}
