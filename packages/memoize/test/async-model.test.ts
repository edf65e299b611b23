import { lru } from "@evictionary/lru"
import { type Call, currentLoad, type Load, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { describe, test } from "vitest"
import { alike, same } from "../../../scripts/same.ts"

/** Milliseconds; `ahead` is a share. */
interface Times {
  ttl: number
  whileRevalidate: number
  ifError: number
  ahead: number
  errors: number
}

interface ModelRun {
  readonly key: number
  readonly renews: boolean
  readonly waiters: Set<ModelCaller>
  aborted: boolean
}

interface ModelCaller {
  readonly run: ModelRun | undefined
  /** What the caller must have received by now. */
  due: Outcome | undefined
}

type Outcome = { value: unknown } | { error: unknown }
type ModelEntry = { outcome: Outcome; stored: number }

/** What every caller must receive and what must be stored, by looking at everything. */
class Model {
  now = 0
  entries = new Map<number, ModelEntry>()
  standing = new Map<number, ModelRun>()
  info = { hits: 0, misses: 0, joins: 0, loading: 0, failures: 0 }
  reported: unknown[] = []

  readonly times: Times
  /** Whether the cache has not lost an entry to its bound. */
  readonly isThere: (key: number) => boolean

  constructor(times: Times, isThere: (key: number) => boolean) {
    this.times = times
    this.isThere = isThere
  }

  live(key: number): ModelEntry | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined) return undefined
    const { ttl, whileRevalidate, ifError, errors } = this.times
    const end = "error" in entry.outcome ? errors : ttl + Math.max(whileRevalidate, ifError)
    return this.now - entry.stored < end ? entry : undefined
  }

  call(key: number, begin: (key: number, renews: boolean) => ModelRun): ModelCaller {
    const { ttl, whileRevalidate, ahead } = this.times
    const standing = this.standing.get(key)
    if (!standing || standing.renews) {
      const entry = this.isThere(key) ? this.live(key) : undefined
      if (entry && "error" in entry.outcome) {
        this.info.hits++
        return { run: undefined, due: entry.outcome }
      }
      if (entry && this.now - entry.stored < ttl + whileRevalidate) {
        this.info.hits++
        if (!standing && this.now - entry.stored >= ahead * ttl) begin(key, true)
        return { run: undefined, due: entry.outcome }
      }
    }
    if (standing) this.info.joins++
    else this.info.misses++
    return this.wait(standing ?? begin(key, false))
  }

  wait(run: ModelRun): ModelCaller {
    const caller: ModelCaller = { run, due: undefined }
    run.waiters.add(caller)
    return caller
  }

  /** The function is running for `key`. */
  begin(key: number, renews: boolean): ModelRun {
    const run = { key, renews, waiters: new Set<ModelCaller>(), aborted: false }
    this.standing.set(key, run)
    this.info.loading++
    return run
  }

  settle(run: ModelRun, outcome: Outcome): void {
    this.info.loading--
    if (run.aborted) return
    const { key, waiters } = run
    const stood = this.standing.get(key) === run && this.standing.delete(key)
    if ("value" in outcome) {
      if (stood) this.entries.set(key, { outcome, stored: this.now })
      for (const waiter of waiters) waiter.due = outcome
      return
    }
    this.info.failures++
    const { ttl, ifError, errors } = this.times
    const old = this.isThere(key) ? this.live(key) : undefined
    let received: Outcome = outcome
    if (stood && ifError > 0 && old && "value" in old.outcome) {
      if (this.now - old.stored < ttl + ifError) received = old.outcome
    }
    if (stood && received === outcome && errors > 0 && !old) {
      this.entries.set(key, { outcome, stored: this.now })
    }
    if (received !== outcome || waiters.size === 0) this.reported.push(outcome.error)
    for (const waiter of waiters) waiter.due = received
  }

  abort(caller: ModelCaller, reason: unknown): void {
    const { run } = caller
    if (!run || caller.due) return
    caller.due = { error: reason }
    run.waiters.delete(caller)
    if (run.waiters.size > 0 || run.renews) return
    run.aborted = true
    if (this.standing.get(run.key) === run) this.standing.delete(run.key)
  }

  clear(): void {
    this.entries.clear()
    this.standing.clear()
    this.info = { hits: 0, misses: 0, joins: 0, loading: this.info.loading, failures: 0 }
  }
}

const key = fc.integer({ min: 0, max: 2 })
const operation = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant("call" as const), key, leaves: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant("settle" as const), fails: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("abort" as const), who: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("tick" as const),
      ms: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom("delete", "prime", "refresh"), key }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("clear" as const) }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

const times = fc.record<Times>({
  ttl: fc.constantFrom(0, 5, 10),
  whileRevalidate: fc.constantFrom(0, 5, 10),
  ifError: fc.constantFrom(0, 5, 10),
  ahead: fc.constantFrom(1, 0.5, 0),
  errors: fc.constantFrom(0, 4),
})

/** What happens in the platform between two operations. */
const rest = () => new Promise<void>((resolve) => setImmediate(resolve))

describe.each([
  ["unbounded", Infinity],
  ["lru of capacity 0", 0],
  ["lru of capacity 2", 2],
])("on %s", (_, capacity) => {
  test.each([
    ["one argument", (key: number) => [key]],
    ["two arguments", (key: number) => [key, "and another"]],
  ])(
    "with %s, whatever happens while calls wait, each gets what it must, and no other result is kept",
    async (_, argsOf) => {
      const runs = fc.asyncProperty(
        fc.scheduler(),
        times,
        fc.array(operation, { maxLength: 40 }),
        (scheduler, times, operations) => follow(scheduler, times, operations, capacity, argsOf),
      )
      await fc.assert(runs, { numRuns: 200 })
    },
  )
})

interface Caller {
  readonly model: ModelCaller
  readonly controller: AbortController | undefined
  /** What he has received. */
  is: Outcome | undefined
}

async function follow(
  scheduler: fc.Scheduler,
  times: Times,
  operations: Operation[],
  capacity: number,
  argsOf: (key: number) => unknown[],
): Promise<void> {
  const loads = new Map<ModelRun, Load>()
  const callers: Caller[] = []
  const reported: unknown[] = []
  /** The run that the model has begun, and the function has not. */
  let expected: ModelRun | undefined
  let fails = false
  let results = 0

  async function fn(..._args: unknown[]): Promise<unknown> {
    const run = expected
    if (!run) throw new Error("a run that should not be")
    expected = undefined
    loads.set(run, currentLoad())
    await scheduler.schedule(Promise.resolve(), `run of ${run.key}`)
    const result = ++results
    model.settle(run, fails ? { error: result } : { value: result })
    if (fails) throw result
    return result
  }

  const { ttl, whileRevalidate, ifError, ahead, errors } = times
  const options = {
    clock: { now: () => model.now },
    ttl,
    ...((whileRevalidate > 0 || ifError > 0 || ahead < 1) && {
      staleWhileRevalidate: whileRevalidate,
      staleIfError: ifError,
      refreshAhead: ahead,
    }),
    ...(errors > 0 && { cacheErrors: () => errors }),
    onCacheError: (error: unknown) => reported.push(error),
  }
  const f =
    capacity < Infinity
      ? memoizeAsync(fn, { strategy: lru, capacity, ...options })
      : memoizeAsync(fn, { strategy: unbounded, ...options })
  const model = new Model(times, (key) => {
    const [first, ...more] = argsOf(key)
    const keys = [...f.cache.keys()]
    return keys.some((key) => (more.length > 0 ? (key as Call).args[0] : key) === first)
  })

  const begin = (key: number, renews: boolean): ModelRun => {
    expected = model.begin(key, renews)
    return expected
  }

  function note(model: ModelCaller, promise: Promise<unknown>, controller?: AbortController) {
    const caller: Caller = { model, controller, is: undefined }
    callers.push(caller)
    promise.then(
      (value) => {
        caller.is = { value }
      },
      (error) => {
        caller.is = { error }
      },
    )
  }

  function act(operation: Operation): unknown {
    switch (operation.what) {
      case "call": {
        const controller = operation.leaves ? new AbortController() : undefined
        const caller = model.call(operation.key, begin)
        const call = controller ? f.with({ signal: controller.signal }) : f
        return note(caller, call(...argsOf(operation.key)), controller)
      }
      case "refresh": {
        const caller = model.wait(begin(operation.key, true))
        return note(caller, f.refresh(...argsOf(operation.key)))
      }
      case "abort": {
        const { model: caller, controller } = callers[operation.who] ?? {}
        if (caller && controller) model.abort(caller, "has left")
        return controller?.abort("has left")
      }
      case "delete":
        model.standing.delete(operation.key)
        model.entries.delete(operation.key)
        return f.delete(...argsOf(operation.key))
      case "prime":
        model.standing.delete(operation.key)
        model.entries.set(operation.key, { outcome: { value: "primed" }, stored: model.now })
        return f.prime(argsOf(operation.key), "primed")
      case "clear":
        model.clear()
        return f.clear()
      case "tick":
        model.now += operation.ms
        return
      default:
        fails = operation.fails
        return scheduler.count() > 0 && scheduler.waitOne()
    }
  }

  async function check(): Promise<void> {
    same(expected, undefined, "a run that should have begun")
    const received = callers.map(({ is }) => is)
    const due = callers.map(({ model }) => model.due)
    alike(received, due, "what callers have received")
    alike(reported, model.reported, "what was reported")
    const { hits, misses, joins, loading, failures } = f.cacheInfo()
    alike({ hits, misses, joins, loading, failures }, model.info)
    for (const [run, { signal }] of loads) {
      same(signal.aborted, run.aborted, `a run of ${run.key} was aborted`)
    }
    for (const key of [0, 1, 2]) {
      const live = model.live(key)
      const isThere = model.isThere(key)
      // A bound may have cost an entry, but nothing may be there that should not.
      if (isThere || capacity === Infinity) same(isThere, live !== undefined, `${key} is there`)
      const value = isThere && live && "value" in live.outcome ? live.outcome.value : undefined
      same(await f.peek(...argsOf(key)), value, `peek of ${key}`)
      same(await f.has(...argsOf(key)), value !== undefined, `has of ${key}`)
    }
  }

  for (const operation of operations) {
    await act(operation)
    await rest()
    await check()
  }
  while (scheduler.count() > 0) await scheduler.waitOne()
  await rest()
  await check()
  alike(
    callers.filter(({ is }) => is === undefined),
    [],
    "callers who still wait",
  )
  same(f.cacheInfo().loading, 0, "runs that have not ended")
}
