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

/** Hits and misses request by request, as independent implementations have them. */
export function goldenSequences(strategy: AnyStrategy): void {
  describe(`${strategy.strategyName}: golden sequences`, () => {
    for (const { name, keys, capacity, outcome } of sequencesOf(strategy.strategyName)) {
      it(`hits and misses on "${name}" at capacity ${capacity} are those of the literature`, () => {
        expect(replay(cacheOf(strategy, capacity), keys)).toBe(outcome)
      })
    }
  })
}

/**
 * Hit counts on recorded traces, to the last hit. The traces are not part of the repository: the
 * variable EVICTIONARY_TRACES names a folder that holds `golden/hits.csv` and `traces/`.
 */
export function goldenTraces(strategy: AnyStrategy): void {
  const folder = process.env.EVICTIONARY_TRACES
  if (folder === undefined) return
  const traces = new Map<string, Int32Array>()
  describe(`${strategy.strategyName}: recorded traces`, () => {
    for (const line of readFileSync(join(folder, "golden/hits.csv"), "utf8").trim().split("\n")) {
      const [trace = "", name, capacity, requests, hits] = line.split(",")
      if (name !== strategy.strategyName) continue
      it(`${hits} of ${requests} requests of ${trace} hit at capacity ${capacity}`, () => {
        const keys = traces.get(trace) ?? readTrace(join(folder, `traces/${trace}.txt.gz`))
        traces.set(trace, keys)
        expect(keys.length).toBe(Number(requests))
        expect(hitsOf(cacheOf(strategy, Number(capacity)), keys)).toBe(Number(hits))
      })
    }
  })
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
