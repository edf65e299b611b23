import { quantileSorted } from "simple-statistics"
import type { Progress } from "./progress.ts"

/** Something to measure. */
export interface Case {
  /** What it is, for the progress line. */
  name: string
  /** Measures once, in a process of its own; in nanoseconds. */
  measure(): Promise<number>
  /** It takes so long that the first round has to do. */
  once?: boolean
}

/** What several rounds found, in nanoseconds. */
export interface Summary {
  median: number
  /** A quarter of the rounds took no longer than the lower, and a quarter no less than the upper. */
  quartiles: [lower: number, upper: number]
  /** In the order of measuring. */
  rounds: number[]
}

/**
 * Measures every case once a round, in turn: what else the machine does in the meantime then meets
 * all of them, not one. Returns their summaries in the order of the cases.
 */
export async function inTurn(
  cases: readonly Case[],
  rounds: number,
  progress: Progress,
): Promise<Summary[]> {
  const found = cases.map((): number[] => [])
  for (let round = 1; round <= rounds; round++) {
    for (const [i, each] of cases.entries()) {
      if (each.once && round > 1) continue
      progress.step(`${each.name}, round ${round} of ${rounds}`)
      found[i]!.push(await each.measure())
    }
  }
  return found.map(summarise)
}

/** How many measurements {@link inTurn} will make. */
export function measurements(cases: readonly Case[], rounds: number): number {
  return cases.reduce((sum, { once }) => sum + (once ? 1 : rounds), 0)
}

function summarise(rounds: number[]): Summary {
  const sorted = rounds.toSorted((a, b) => a - b)
  return {
    median: quantileSorted(sorted, 0.5),
    quartiles: [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)],
    rounds,
  }
}

/** Half the distance between the quartiles, as a share of the median. */
export function spread({ median, quartiles: [lower, upper] }: Summary): number {
  return (upper - lower) / 2 / median
}
