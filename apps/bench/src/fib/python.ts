import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { USUAL } from "../sampling.ts"
import { expectedFib } from "./functions.ts"

/** What there is to know of Python without timing it. */
export interface PythonCounts {
  /** `CPython 3.11.7`. */
  version: string
  /** Of its cache, in one computation. */
  hits: number
  misses: number
  evictions: number
}

/** Computes fib in Python with `functools.lru_cache`; it may fail with {@link NoPython}. */
export interface Python {
  count(n: number, capacity: number): Promise<PythonCounts>
  /** Nanoseconds for one computation, without a cache where there is no capacity. */
  time(n: number, capacity?: number): Promise<number>
}

/** There is no Python to compare with. */
export class NoPython extends Error {}

/** Checks its result; then counts, or takes the same samples as ours . */
const SCRIPT = `
import functools, json, platform, statistics, sys, time

job, n, capacity, expected, warm_up, sample, samples, budget = sys.argv[1], *map(int, sys.argv[2:])
now = time.perf_counter_ns

def plain(n):
    return n if n < 2 else plain(n - 1) + plain(n - 2)

@functools.lru_cache(maxsize=capacity)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def uncached(times):
    start = now()
    for _ in range(times):
        plain(n)
    return now() - start

def cached(times):
    start = now()
    for _ in range(times):
        fib.cache_clear()
        fib(n)
    return now() - start

def timed(batch):
    times, warm = 1, now() + warm_up
    while (took := batch(times)) < sample or now() < warm:
        if took < sample:
            times *= 2
    found, end = [], now() + budget
    while len(found) < samples and (len(found) < 3 or now() < end):
        found.append(batch(times) / times)
    return statistics.median(found)

assert (fib if capacity else plain)(n) == expected
if job == "time":
    print(json.dumps(timed(cached if capacity else uncached)))
else:
    info = fib.cache_info()
    print(json.dumps({
        "version": platform.python_implementation() + " " + platform.python_version(),
        "hits": info.hits,
        "misses": info.misses,
        "evictions": info.misses - info.currsize,
    }))
`

async function run<Answer>(job: "count" | "time", n: number, capacity: number): Promise<Answer> {
  const { warmUp, sample, samples, budget } = USUAL
  const numbers = [n, capacity, expectedFib(n), 1e6 * warmUp, 1e6 * sample, samples, 1e6 * budget]
  try {
    const script = ["-c", SCRIPT, job, ...numbers.map(String)]
    const { stdout } = await promisify(execFile)("python3", script)
    return JSON.parse(stdout) as Answer
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string }
    if (code === "ENOENT") throw new NoPython("there is no python3 on the PATH")
    throw new NoPython(`python3 failed: ${stderr.trim().split("\n").at(-1)}`)
  }
}

/** The `python3` on the `PATH`. */
export const python: Python = {
  count: (n, capacity) => run("count", n, capacity),
  time: (n, capacity = 0) => run("time", n, capacity),
}
