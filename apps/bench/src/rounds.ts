import { quantileSorted } from "simple-statistics"
import type { Progress } from "./progress.ts"

/** Something to measure. */
export interface Case {
  /** What it is, for the progress line. */
  name: string
  /** Measures once, in a process of its own; in nanoseconds. */
  measure(): Promise<number>
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
 * all of them, not one. Returns their summaries in the order of the cases; `sketch` gets what there
 * is of them as it becomes known, if its text is to be shown.
 */
export async function inTurn(
  cases: readonly Case[],
  rounds: number,
  progress: Progress,
  sketch?: (found: readonly (Summary | undefined)[]) => string,
): Promise<Summary[]> {
  const found = cases.map((): number[] => [])
  for (let round = 1; round <= rounds; round++) {
    for (const [i, each] of cases.entries()) {
      progress.step(`${each.name}, round ${round} of ${rounds}`)
      found[i]!.push(await each.measure())
      if (sketch) {
        const known = found.map(summaryOf)
        progress.sketch(() => sketch(known))
      }
    }
  }
  return found.map(summarise)
}

function summaryOf(rounds: number[]): Summary | undefined {
  return rounds.length > 0 ? summarise(rounds) : undefined
}

function summarise(rounds: number[]): Summary {
  const sorted = rounds.toSorted((a, b) => a - b)
  return {
    median: quantileSorted(sorted, 0.5),
    quartiles: [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)],
    rounds: [...rounds],
  }
}

/** Half the distance between the quartiles, as a share of the median. */
export function spread({ median, quartiles: [lower, upper] }: Summary): number {
  return (upper - lower) / 2 / median
}

/** From here on, a cell is marked as not to be relied upon. */
export const WIDE = 0.1
