import {
  type BadLine,
  type CacheMaker,
  type Candidate,
  type ReadTraceOptions,
  type Recommendation,
  type RecommendProgress,
  readTrace,
  recommend,
  simulate,
  type TraceFile,
} from "@evictionary/simulator"
import { registry } from "evictionary"

/** What is asked of the adviser: plain data but for the file. */
export interface Question {
  readonly file: TraceFile
  readonly options: Pick<ReadTraceOptions, "column" | "format" | "sizeColumn">
  /** As the command has it: bad lines are skipped and told, or the first one ends it. */
  readonly badLines: "refuse" | "skip"
  readonly target: number | undefined
}

/** What comes of it: plain data. */
export interface Answer extends Recommendation {
  readonly format: string
  readonly skipped: { readonly count: number; readonly first: readonly BadLine[] }
}

export interface AnswerProgress extends Omit<RecommendProgress, "stage"> {
  readonly stage: RecommendProgress["stage"] | "min"
}

/** So many bad lines are told, the first ones. */
const TOLD = 3

/** All strategies with a bound, by name. */
export function contenders(): Record<string, CacheMaker> {
  return Object.fromEntries(
    registry.names.flatMap((name) => {
      const strategy = registry.get(name)
      return strategy.neverEvicts ? [] : [[name, strategy as CacheMaker]]
    }),
  )
}

/** Advice for the traffic in a file, as the command `advise` has it. */
export async function answer(
  { file, options, badLines, target }: Question,
  onProgress: (progress: AnswerProgress) => void,
  signal?: AbortSignal,
): Promise<Answer> {
  const skipped = { count: 0, first: [] as BadLine[] }
  let readings = 0
  const counted: TraceFile = {
    ...(file.name !== undefined && { name: file.name }),
    stream() {
      readings++
      return file.stream()
    },
  }
  // Each reading meets them anew: those of the first one are told.
  const onBadLine = (bad: BadLine) => {
    if (readings > 1) return
    skipped.count++
    if (skipped.first.length < TOLD) skipped.first.push(bad)
  }
  const trace = readTrace(counted, {
    ...options,
    onBadLine: badLines === "refuse" ? badLines : onBadLine,
  })
  const found = await recommend(trace, { strategies: contenders(), target, signal, onProgress })
  if (found.requests === 0) throw new Error(nothingIn(file, skipped.first[0]))
  return { ...found, format: trace.format, skipped }
}

/**
 * The miss ratios of the best possible at the capacities of an answer's curves: exact, so that it
 * takes a replay for each, longer than the answer itself where traces are long.
 */
export async function bestPossible(
  { file, options, badLines }: Question,
  { curves }: Answer,
  onProgress: (progress: AnswerProgress) => void,
): Promise<number[]> {
  const { results } = await simulate(readTrace(file, { ...options, onBadLine: badLines }), {
    strategies: [],
    capacities: curves[0]?.points.map(({ capacity }) => capacity) ?? [],
    onProgress: ({ requests, total }) =>
      onProgress({ stage: "min", requests, total, capacity: undefined }),
  })
  return results.filter(({ strategy }) => strategy === "min").map(({ hitRatio }) => 1 - hitRatio)
}

/** A row of the table: with the capacity that was found, or by the curve with another one. */
export function ratioAt(
  { capacity, strategies, curves }: Answer,
  { strategy }: Pick<Candidate, "strategy">,
  at: number,
): number | undefined {
  if (at === capacity) return strategies.find((each) => each.strategy === strategy)?.hitRatio
  const points = curves.find((curve) => curve.strategy === strategy)?.points ?? []
  const index = points.findIndex((point) => point.capacity >= at)
  const [before, point] = [points[index - 1], points[index]]
  if (point === undefined) return undefined
  if (before === undefined) return 1 - point.missRatio
  const share = (at - before.capacity) / (point.capacity - before.capacity)
  return 1 - (before.missRatio + share * (point.missRatio - before.missRatio))
}

function nothingIn({ name = "this" }: TraceFile, bad: BadLine | undefined): string {
  return `${name} has no request${bad === undefined ? "" : `: line ${bad.line} ${bad.reason}`}`
}
