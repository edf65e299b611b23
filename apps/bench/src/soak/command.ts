import { setImmediate } from "node:timers/promises"
import { lawsOf, performed } from "@evictionary/conformance"
import fc from "fast-check"
import type { Host } from "../host.ts"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"

export interface SoakOptions {
  /** Examples for each law. */
  runs: number
  seed: number
  strategies: FoundStrategy[]
}

export interface SoakRow {
  strategy: string
  laws: number
  /** What was done to caches, altogether. */
  operations: number
  seconds: number
  broken: { law: string; message: string }[]
}

export interface SoakReport {
  command: "soak"
  runs: number
  seed: number
  rows: SoakRow[]
}

/** So many examples are tried before the progress line may move. */
const AT_A_TIME = 500

/** Checks every law on every strategy, on as many examples as asked. */
export async function soak(options: SoakOptions, host: Host): Promise<SoakReport> {
  const { runs, seed, strategies } = options
  const subjects = await Promise.all(strategies.map(loadStrategy))
  const steps = subjects.reduce((sum, subject) => sum + lawsOf(subject).length, 0)
  const progress = host.startProgress(steps)
  const before = fc.readConfigureGlobal()
  const rows: SoakRow[] = []
  try {
    for (const subject of subjects) {
      const laws = lawsOf(subject)
      const { strategyName } = subject
      const start = { operations: performed(), time: performance.now() }
      const broken: SoakRow["broken"] = []
      for (const law of laws) {
        progress.step(`${strategyName}: ${law.title}`)
        for (let done = 0; done < runs; done += AT_A_TIME) {
          await setImmediate()
          fc.configureGlobal({ numRuns: Math.min(AT_A_TIME, runs - done), seed: seed + done })
          try {
            law.check(subject)
          } catch (error) {
            broken.push({ law: law.title, message: (error as Error).message })
            break
          }
        }
      }
      rows.push({
        strategy: strategyName,
        laws: laws.length,
        operations: performed() - start.operations,
        seconds: (performance.now() - start.time) / 1_000,
        broken,
      })
    }
  } finally {
    fc.configureGlobal(before)
    progress.stop()
  }
  return { command: "soak", runs, seed, rows }
}
