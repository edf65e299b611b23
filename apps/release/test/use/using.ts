import { lru } from "@evictionary/lru"
import { currentLoad, memoizeAsync } from "@evictionary/memoize"
import { readTrace, simulate } from "@evictionary/simulator"
import { readTraceFile } from "@evictionary/simulator/node"

// Compiled, never run, with the types of Node.js, of the DOM, and of the newest language.

using users = lru<string, number>({ capacity: 10 })
users.set("a", 1)

export const page = memoizeAsync(
  (url: string) => fetch(url, { signal: currentLoad().signal }),
  lru({ capacity: 100 }),
)
page.with({ signal: AbortSignal.timeout(100) })("https://example.org")

export const simulated = simulate(readTraceFile(new URL("file:///trace.csv")), {
  strategies: [lru],
  capacities: [10],
  signal: new AbortController().signal,
})

export const dropped = readTrace(new File(["a"], "dropped.keys"))
export const fetched = readTrace(new Blob(["a"]).stream(), { format: "keys" })
