import picocolors from "picocolors"
import type { FibCounts } from "../src/fib/count.ts"
import { plainCalls } from "../src/fib/functions.ts"
import type { Host } from "../src/host.ts"
import { type Answer, answer, type Job, type Question } from "../src/jobs.ts"
import { callKinds } from "../src/memoize/calls.ts"
import { type MemoizerFault, memoizerFaults } from "../src/memoize/faults.ts"
import { SLOW } from "../src/stores/examine.ts"
import { type FaultName, faults } from "../src/stores/faults.ts"
import { findStrategies } from "../src/strategies.ts"

const PACKAGES = new URL("../../../packages/", import.meta.url)

/** The strategies from their sources, because tests run before anything is built. */
export const strategies = await findStrategies(PACKAGES, "@evictionary/source")

/** What a process would find. Such figures make the widest cells that there are. */
const found: Partial<{ [J in Job]: (question: Question<J>) => Answer<J> }> = {
  // What is known of it need not be counted each time.
  countFib: (question) =>
    question.strategy === undefined
      ? { counts: [plainCounts(question.n)], littleRoom: [] }
      : (answer("countFib", question) as never),
  timeFib: () => ({ ns: 123_456_789, consumed: 0 }),
  timeStore: () => ({ ns: 123.456, hitRatio: 0.7772, consumed: 0 }),
  timeMemoized: () => ({ ns: 2161.3, consumed: 0 }),
  timeAsync: () => ({ ns: 12_161.3, consumed: 0 }),
  examineAsync: ({ memoizer: { name } }) =>
    name === "cachified" ? [{ kind: "join", because: "the function ran twice" }] : [],
  weighEntries: () => ({ full: 123.4, turned: 123.4, consumed: 0 }),
  weighEmpty: () => ({ bytes: 123_456_789, consumed: 0 }),
  examineStore: ({ implementation: { name, feature }, settings }) =>
    name === "tiny-lru"
      ? {
          faults: (Object.keys(faults) as FaultName[]).filter(
            (fault) => feature !== undefined || "shows" in faults[fault],
          ),
          wrong: settings
            .filter(({ keys }) => keys === "object")
            .map((setting) => ({ ...setting, because: "a key was there before it was set" })),
        }
      : { faults: [], wrong: [] },
  examineMemoizer: ({ memoizer: { name } }) =>
    name === "lodash.memoize"
      ? {
          faults: Object.keys(memoizerFaults) as MemoizerFault[],
          wrong: callKinds
            .filter(({ arity }) => arity === 2)
            .map((calls) => ({ calls, because: "a call got the result of another" })),
        }
      : { faults: [], wrong: [] },
}

/** What is counted of fib without a cache. */
function plainCounts(n: number): FibCounts {
  return { calls: plainCalls(n), hits: 0, misses: 0, evictions: 0, hitRatio: 0 }
}

export interface FakeHost extends Host {
  /** What was saved, by path. */
  readonly saved: Map<string, string>
  readonly printed: string
  readonly complaints: string
  readonly steps: {
    announced: number
    taken: string[]
    sketches: (() => string)[]
    stopped: boolean
  }
}

/** Counts in this process, makes up the times, and keeps what is printed. */
export function fakeHost(changes: Partial<Host> = {}): FakeHost {
  const pages: string[] = []
  const complaints: string[] = []
  const saved: FakeHost["saved"] = new Map()
  const steps: FakeHost["steps"] = { announced: 0, taken: [], sketches: [], stopped: false }
  const host: Host = {
    out: (text) => pages.push(`${text}\n`),
    err: (text) => complaints.push(`${text}\n`),
    colors: picocolors.createColors(false),
    startProgress(announced) {
      steps.announced += announced
      return {
        announce(more) {
          steps.announced += more
        },
        step: (what) => steps.taken.push(what),
        sketch: (text) => steps.sketches.push(text),
        stop() {
          steps.stopped = true
        },
      }
    },
    findStrategies: async () => strategies,
    ask: async (job, question) =>
      (found[job] ?? answer.bind(undefined, job))(question as never) as never,
    startThread: () => {
      throw new Error("no thread is to be started here")
    },
    python: {
      count: async () => ({ version: "CPython 3.13.11", hits: 34, misses: 37, evictions: 0 }),
      time: async (n, capacity) => (capacity === undefined ? 95 * plainCalls(n) : 6_666),
    },
    machine: "Node 20.20.2, a processor with a name as long as some of them have",
    now: () => new Date("2026-01-02T03:04:05Z"),
    save: (path, text) => void saved.set(path, text),
    ...changes,
  }
  return Object.defineProperties(host as FakeHost, {
    printed: { get: () => pages.join("") },
    complaints: { get: () => complaints.join("") },
    steps: { value: steps },
    saved: { value: saved },
  })
}

/** As the fake host, without counting what takes long to count. */
export const quickly = (async (job, question) => {
  if (job === "countFib") {
    const { capacities } = question as Question<"countFib">
    const counts = { calls: 31, hits: 28, misses: 31, evictions: 0, hitRatio: 0.4 }
    const littleRoom = [1e6, 31, 31, 31, 31, 31, 31, null]
    return { counts: Array(Math.max(1, capacities.length)).fill(counts), littleRoom }
  }
  return fakeHost().ask(job, question)
}) as Host["ask"]

/** One on which one of the implementations takes too long to be examined. */
export function hostWithSlow(name: string): FakeHost {
  const { ask } = fakeHost()
  return fakeHost({
    ask: (async (job, question) => {
      const answer = await ask(job, question)
      if (job !== "examineStore") return answer
      const { implementation, settings } = question as Parameters<typeof ask<"examineStore">>[1]
      const slow = implementation.name === name ? settings : []
      return { ...answer, wrong: slow.map((setting) => ({ ...setting, because: SLOW })) }
    }) as FakeHost["ask"],
  })
}
