import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import { tally, traceFib } from "../src/tree/trace.ts"
import { fakeHost } from "./host.ts"

it("fib(6) is drawn without a cache, what is computed again marked, and with one", async () => {
  const host = fakeHost()
  await run(["tree", "6"], host)
  expect(host.printed).toBe(`
fib(6), no cache

fib(6) = 8
├─ fib(5) = 5
│  ├─ fib(4) = 3
│  │  ├─ fib(3) = 2
│  │  │  ├─ fib(2) = 1
│  │  │  │  ├─ fib(1) = 1
│  │  │  │  └─ fib(0) = 0
│  │  │  └─ fib(1) = 1  ↻ again
│  │  └─ fib(2) = 1  ↻ again
│  │     ├─ fib(1) = 1  ↻ again
│  │     └─ fib(0) = 0  ↻ again
│  └─ fib(3) = 2  ↻ again
│     ├─ fib(2) = 1  ↻ again
│     │  ├─ fib(1) = 1  ↻ again
│     │  └─ fib(0) = 0  ↻ again
│     └─ fib(1) = 1  ↻ again
└─ fib(4) = 3  ↻ again
   ├─ fib(3) = 2  ↻ again
   │  ├─ fib(2) = 1  ↻ again
   │  │  ├─ fib(1) = 1  ↻ again
   │  │  └─ fib(0) = 0  ↻ again
   │  └─ fib(1) = 1  ↻ again
   └─ fib(2) = 1  ↻ again
      ├─ fib(1) = 1  ↻ again
      └─ fib(0) = 0  ↻ again

25 calls: 7 computed, 18 computed again

fib(6), unbounded

fib(6) = 8
├─ fib(5) = 5
│  ├─ fib(4) = 3
│  │  ├─ fib(3) = 2
│  │  │  ├─ fib(2) = 1
│  │  │  │  ├─ fib(1) = 1
│  │  │  │  └─ fib(0) = 0
│  │  │  └─ fib(1) = 1  ← cache
│  │  └─ fib(2) = 1  ← cache
│  └─ fib(3) = 2  ← cache
└─ fib(4) = 3  ← cache

11 calls: 7 computed, 4 read from the cache

`)
})

it("a cache that is too small reads some values and computes others again", async () => {
  const host = fakeHost()
  await run(["tree", "6", "--strategies", "lru", "--capacity", "2"], host)
  expect(host.printed).toContain("fib(6), lru(2)")
  const [, small] = host.printed.split("fib(6), lru(2)")
  expect(small).toContain("↻ again")
  expect(small).toContain("← cache")
})

it.each([1, 2, 5, 8])("every call in the tree of fib(%i) is counted as one kind", (n) => {
  for (const cache of [undefined, new Map<number, number>()]) {
    const { calls, ...kinds } = tally(traceFib(n, cache))
    expect(Object.values(kinds).reduce((sum, kind) => sum + kind)).toBe(calls)
    expect(kinds.computed).toBe(n === 1 ? 1 : n + 1)
  }
})
