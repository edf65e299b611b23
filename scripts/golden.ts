import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { type AnyStrategy, cacheOf, hitsOf, replay } from "@evictionary/conformance"
import { describe, expect, it } from "vitest"

interface Sequence {
  readonly name: string
  readonly keys: readonly number[]
  readonly capacity: number
  /** `H` or `M` for each request. */
  readonly outcome: string
}

/** What a strategy does with a recorded trace. */
interface RecordedHits {
  readonly trace: string
  readonly capacity: number
  readonly requests: number
  readonly hits: number
}

/**
 * The traces are not part of the repository: the variable EVICTIONARY_TRACES names a folder that
 * holds `traces/` and, of strategies on them, `golden/`.
 */
const folder = process.env.EVICTIONARY_TRACES ?? ""

export const hasTraces: boolean = folder !== ""

const traces = new Map<string, Int32Array>()

/** Hits and misses request by request, as independent implementations have them. */
export function goldenSequences(strategy: AnyStrategy): void {
  const sequences = sequencesOf(strategy.strategyName)
  describe(`${strategy.strategyName}: golden sequences`, () => {
    if (sequences.length === 0) it.todo("none is known")
    for (const { name, keys, capacity, outcome } of sequences) {
      it(`hits and misses on "${name}" at capacity ${capacity} are those of the literature`, () => {
        expect(replay(cacheOf(strategy, capacity), keys)).toBe(outcome)
      })
    }
  })
}

/**
 * Hit counts on recorded traces, to the last hit, of caches with the strategy's `own` options.
 */
export function goldenTraces(strategy: AnyStrategy, own: object = {}): void {
  describe.runIf(hasTraces)(`${strategy.strategyName}: recorded traces`, () => {
    for (const { trace, capacity, requests, hits } of recordedHits(strategy.strategyName)) {
      it(`${hits} of ${requests} requests of ${trace} hit at capacity ${capacity}`, () => {
        const keys = traceOf(trace)
        expect(keys.length).toBe(requests)
        expect(hitsOf(cacheOf(strategy, capacity, { ...own }), keys)).toBe(hits)
      })
    }
  })
}

/** What independent implementations do; nothing if there are no traces. */
export function recordedHits(strategyName: string): RecordedHits[] {
  return recordedRows("hits")
    .filter(([, name]) => name === strategyName)
    .map(([trace = "", , capacity, requests, hits]) => ({
      trace,
      capacity: Number(capacity),
      requests: Number(requests),
      hits: Number(hits),
    }))
}

/** The rows of a table in `golden/`, without its head; none if there are no traces. */
export function recordedRows(table: string): string[][] {
  if (!hasTraces) return []
  const lines = readFileSync(join(folder, `golden/${table}.csv`), "utf8")
    .trim()
    .split("\n")
  return lines.slice(1).map((line) => line.split(","))
}

/** The keys that a recorded trace asks for. */
export function traceOf(name: string): Int32Array {
  const keys = traces.get(name) ?? readTrace(join(folder, `traces/${name}.txt.gz`))
  traces.set(name, keys)
  return keys
}

/** The blocks of `golden-sequences.txt`: a line of keys, then a line for each strategy. */
function sequencesOf(strategyName: string): Sequence[] {
  const text = readFileSync(new URL("golden-sequences.txt", import.meta.url), "utf8")
  return text.split("\nSEQ ").flatMap((block) => {
    const [head = "", ...lines] = block.split("\n")
    const [name = "", ...keys] = head.split(" ")
    return lines
      .map((line) => line.split(" "))
      .filter(([strategy]) => strategy === strategyName)
      .map(([, capacity, , outcome = ""]) => ({
        name,
        keys: keys.map(Number),
        capacity: Number(capacity),
        outcome,
      }))
  })
}

/** One key a line; what follows a blank is of no interest here. */
function readTrace(path: string): Int32Array {
  const lines = gunzipSync(readFileSync(path)).toString("latin1").trimEnd().split("\n")
  return Int32Array.from(lines, (line) => Number.parseInt(line, 10))
}
