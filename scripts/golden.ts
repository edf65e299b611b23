import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { type AnyStrategy, cacheOf, hitsOf, replay } from "@evictionary/conformance"
import { describe, expect, it } from "vitest"

export interface Sequence {
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

/**
 * The hit ratios in a README: a line for each recorded trace, which stands in brackets, and its
 * capacity, with the ratios of the strategy, of the one that the head has beside it, and the best
 * possible.
 */
export function goldenReadme(strategy: AnyStrategy, readme: URL): void {
  const text = readFileSync(readme, "utf8")
  const [, other = ""] =
    /^\| trace \| capacity \| .* \| `(.*)` \| best possible \|$/m.exec(text) ?? []
  const lines = text.matchAll(/^\| .*\((.+)\) \| ([\d,]+) \| (.* %) \|$/gm)
  const tests = [...lines].map(([, trace = "", entries = "", ratios = ""]) => ({
    trace,
    entries,
    ratios: ratios.split(" | "),
  }))
  describe(`${strategy.strategyName}: the README`, () => {
    it("says how it fares on recorded traces", () => expect(tests.length).toBeGreaterThan(3))

    it.runIf(hasTraces).each(tests)("$ratios on $trace with $entries", (each) => {
      const capacity = Number(each.entries.replace(",", ""))
      const [best] = recordedHits("belady").filter(({ trace }) => isCalled(trace, each.trace))
      const recorded = (name: string) =>
        recordedHits(name).find((row) => row.trace === best?.trace && row.capacity === capacity)
      const { trace = "", requests = 0, hits = 0 } = recorded("belady") ?? {}
      const counts = [
        hitsOf(cacheOf(strategy, capacity), traceOf(trace)),
        recorded(other)?.hits ?? 0,
        hits,
      ]
      expect(counts.map((count) => ratio(count, requests))).toEqual(each.ratios)
    })
  })
}

/**
 * The hit ratios of caches bounded by weight in a README: a line for each recorded trace, which
 * stands in brackets, and the room in percent of what all its keys weigh; a column for each strategy,
 * with the share of requests that hit, and of bytes. Those of this strategy are worked out anew.
 */
export function goldenBytes(strategy: AnyStrategy, readme: URL): void {
  const text = readFileSync(readme, "utf8")
  const [, head = ""] = /^\| trace \| room \| (.*) \|$/m.exec(text) ?? []
  const column = head.split(" | ").indexOf(`\`${strategy.strategyName}\``)
  const lines = text.matchAll(/^\| .*\((.+)\) \| (\d+) % \| (.* %) \|$/gm)
  const tests = [...lines].map(([, trace = "", room = "", ratios = ""]) => ({
    trace,
    room: Number(room) / 100,
    ratios: ratios.split(" | ")[column],
  }))
  describe(`${strategy.strategyName}: the README, by bytes`, () => {
    it("says how it fares on recorded traces", () => expect(tests.length).toBeGreaterThan(3))

    it.runIf(hasTraces).each(tests)("$ratios of $trace with room for $room", (each) => {
      const requests = sizedTraceOf(each.trace)
      const sizes = new Map([...requests].reverse())
      const all = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      const weigher = (size: unknown) => size as number
      const cache = cacheOf(strategy, Infinity, { weigher })
      cache.resize(Infinity, Math.round(all * each.room))
      let [bytes, hitBytes] = [0, 0]
      for (const [key, size] of requests) {
        bytes += size
        if (cache.get(key) === undefined) cache.set(key, size)
        else hitBytes += size
      }
      const ratios = [ratio(cache.stats.hits, requests.length), ratio(hitBytes, bytes)]
      expect(ratios.join(", ")).toBe(each.ratios)
    })
  })
}

/** As it stands in a README: `58.3 %`. */
export function ratio(hits: number, requests: number): string {
  return `${((100 * hits) / requests).toFixed(1)} %`
}

/** Whether that is what a README calls the trace. */
function isCalled(trace: string, name: string): boolean {
  return trace.endsWith(`-${name}`) || trace.startsWith(`${name}-`)
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

/** The keys that a recorded trace asks for, each with its size. */
function sizedTraceOf(name: string): [key: number, size: number][] {
  const lines = linesIn(join(folder, `traces/${name}.txt.gz`))
  return lines.map((line) => line.split(" ").map(Number) as [number, number])
}

/** The blocks of `golden-sequences.txt`: a line of keys, then a line for each strategy. */
export function sequencesOf(strategyName: string): Sequence[] {
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
  return Int32Array.from(linesIn(path), (line) => Number.parseInt(line, 10))
}

function linesIn(path: string): string[] {
  return gunzipSync(readFileSync(path)).toString("latin1").trimEnd().split("\n")
}
