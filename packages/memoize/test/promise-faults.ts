import type { Faults } from "./faults.ts"
import type { AsyncFn, AsyncMemoizer } from "./memoizers.ts"

/** A load that the test ends. */
function loading() {
  const { promise, resolve } = withResolvers()
  let runs = 0
  return {
    fn: (..._args: unknown[]) => {
      runs++
      return promise
    },
    runs: () => runs,
    resolve,
  }
}

function withResolvers(): { promise: Promise<unknown>; resolve(value: unknown): void } {
  let resolve!: (value: unknown) => void
  const promise = new Promise((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}

/** Resolves when nothing can happen any more that does not wait for the outside. */
const idle = () => new Promise((resolve) => setImmediate(resolve))

export const asyncFaults: Faults<AsyncMemoizer> = {
  "a rejection is given to those who call later": async ({ memoize }) => {
    let fails = true
    const f = memoize(async (_x) => {
      if (fails) throw new Error("down")
    })
    await f(1).catch(() => {})
    await idle()
    fails = false
    return await f(1).then(
      () => false,
      () => true,
    )
  },
  "`f(1, 2)` gets the result of `f(1, 1)`": async ({ memoize }) => {
    const f = memoize(async (a, b) => [a, b])
    return (await f(1, 1)) === (await f(1, 2))
  },
  "a result that is removed while it loads comes back": async ({ memoize, remove }) => {
    const { fn, runs, resolve } = loading()
    const f = memoize((x) => fn(x))
    const first = f(1)
    await idle()
    await remove(f)
    resolve(1)
    await first
    await idle()
    await f(1)
    return runs() < 2
  },
  "a call that waits for itself never ends": async ({ memoize }) => {
    const f: AsyncFn = memoize(async (x) => {
      await null
      const result = await f(x)
      return result
    })
    let ended = false
    const end = () => {
      ended = true
    }
    f(1).then(end, end)
    for (let turn = 0; turn < 10; turn++) await idle()
    return !ended
  },
  "callers who can abort share no run, or its abort": async (memoizer) => {
    const aborts = [new AbortController(), new AbortController()]
    let runs = 0
    const f = memoizer.memoize(async (_x, signal) => {
      runs++
      await idle()
      await idle()
      return (signal as AbortSignal | undefined)?.throwIfAborted()
    })
    const call = memoizer.callWith ?? ((f, signal) => f(1, signal))
    const [first, second] = aborts.map(({ signal }) => call(f, signal))
    aborts[0]!.abort()
    const [, other] = await Promise.allSettled([first, second])
    return runs > 1 || other.status === "rejected"
  },
}
