import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { expectedFib } from "./functions.ts"

/** What Python needed for one computation of fib. */
export interface PythonTime {
  /** `CPython 3.11.7`. */
  version: string
  ns: number
  /** Of its cache. */
  hits: number
  misses: number
  evictions: number
}

/** Times fib in Python with `functools.lru_cache`, or, without `capacity`, once without a cache. */
export type TimePython = (n: number, capacity?: number) => Promise<PythonTime>

/** There is no Python to compare with. */
export class NoPython extends Error {}

/** The same samples as ours: warm, in calibrated batches of at least 5 ms, the median of 15. */
const SCRIPT = `
import functools, json, platform, statistics, sys, time

n, capacity, expected = map(int, sys.argv[1:])

def plain(n):
    return n if n < 2 else plain(n - 1) + plain(n - 2)

@functools.lru_cache(maxsize=capacity)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def batch(times):
    start = time.perf_counter_ns()
    for _ in range(times):
        fib.cache_clear()
        fib(n)
    return time.perf_counter_ns() - start

def cached():
    times, end = 1, time.perf_counter_ns() + 100_000_000
    while True:
        took = batch(times)
        if took < 5_000_000:
            times *= 2
        elif time.perf_counter_ns() > end:
            return statistics.median(batch(times) / times for _ in range(15))

def uncached():
    start = time.perf_counter_ns()
    assert plain(n) == expected
    return time.perf_counter_ns() - start

assert fib(n) == expected
info = fib.cache_info()
print(json.dumps({
    "version": platform.python_implementation() + " " + platform.python_version(),
    "ns": cached() if capacity else uncached(),
    "hits": info.hits,
    "misses": info.misses,
    "evictions": info.misses - info.currsize,
}))
`

export const timePython: TimePython = async (n, capacity) => {
  const script = ["-c", SCRIPT, n, capacity ?? 0, expectedFib(n)].map(String)
  try {
    const { stdout } = await promisify(execFile)("python3", script)
    return JSON.parse(stdout) as PythonTime
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string }
    if (code === "ENOENT") throw new NoPython("there is no python3 on the PATH")
    throw new NoPython(`python3 failed: ${stderr.trim().split("\n").at(-1)}`)
  }
}
