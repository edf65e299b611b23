import { checkDuration, type EntryView, type Signal } from "@evictionary/core"
import type { AsyncSettings } from "./async-options.ts"
import type { Batch } from "./batch.ts"
import { type CacheAccess, NOTHING } from "./cache-access.ts"
import { CachedError } from "./cached-error.ts"
import type { CallIndex } from "./call-index.ts"
import { context } from "./current-load.ts"
import { refuseIterator } from "./iterator.ts"
import { Run } from "./run.ts"
import { orNone } from "./settings.ts"
import { onAbort } from "./signal.ts"
import { askThrough, type Through } from "./through.ts"
import { apply, type Callable } from "./wrapper.ts"

/** What stands behind a function that `memoizeAsync` has made. */
export interface AsyncMemo extends AsyncSettings {
  readonly fn: Callable
  readonly access: CacheAccess
  readonly calls: CallIndex
  /** The runs that calls may join. */
  readonly runs: Map<unknown, Run>
  hits: number
  misses: number
  joins: number
  loading: number
  failures: number
  /** How many runs have ended, and how long they took together. */
  loads: number
  loadTime: number
}

/** How calls get their results. */
export interface Loader {
  /** The key of a call; if that is in the index of calls, `index` is how it gets it from there. */
  keyOf(index: Callable, self: unknown, args: unknown[]): unknown
  /** Takes a call; `batch` is where it runs if it has to. */
  call(self: unknown, args: unknown[], signal?: Signal, batch?: Batch): Promise<unknown>
  /** Takes a call that runs whatever there is. */
  refresh(self: unknown, args: unknown[]): Promise<unknown>
  /** Stores a result. */
  store(key: unknown, value: unknown): unknown
}

type Entry = EntryView<unknown, unknown> | undefined

/** How many loads are on the stack, each begun by the one before. */
let nested = 0

/** The load that would be one more begins on a stack of its own: so recursion has no depth. */
const DEEPEST = 50

export function createLoader(memo: AsyncMemo): Loader {
  const { fn, cache, key: makeKey, freshness, cacheErrors, clock, access, calls, runs } = memo

  const keyOf = (index: Callable, self: unknown, args: unknown[]): unknown =>
    !makeKey && args.length === 1 ? args[0] : apply(makeKey ?? index, self, args)

  const entryOf = (key: unknown) => access.use("get", key, () => cache.entry?.(key)) as Entry

  const store = (key: unknown, value: unknown): unknown =>
    access.use("set", key, () =>
      freshness ? cache.set(key, value, freshness.terms(value, key)) : cache.set(key, value),
    )

  const runOf = (key: unknown, args: unknown[], renews?: boolean): Run => {
    const indexed = makeKey || args.length === 1 ? key : apply(calls.add, undefined, args)
    return new Run(runs, indexed, fn.name, makeKey ? [key] : args, renews)
  }

  /** Whether no code of the user's runs before the function does, nor is a result looked at. */
  const isPlain = !makeKey && !freshness && !cache.getOrLoad

  function call(self: unknown, args: unknown[], signal?: Signal, batch?: Batch): Promise<unknown> {
    if (!isPlain || signal || batch) return callOnTerms(self, args, signal, batch)
    // An async function would make a promise more.
    const key = args.length === 1 ? args[0] : apply(calls.find, undefined, args)
    const run = runs.size > 0 ? runs.get(key) : undefined
    if (run && !run.renews) return join(run)
    const found = access.find(key)
    if (found === NOTHING && !run) {
      const begun = runOf(key, args)
      const result = begun.join()
      load(begun, () => apply(fn, self, args))
      return result
    }
    if (found === NOTHING || found instanceof Promise || found instanceof CachedError) {
      return callOnTerms(self, args, signal, batch, found)
    }
    memo.hits++
    return Promise.resolve(found)
  }

  /** Takes a call of which there is more to know, or to say; `looked` is what was found already. */
  async function callOnTerms(
    self: unknown,
    args: unknown[],
    signal: Signal | undefined,
    batch: Batch | undefined,
    looked?: unknown,
  ): Promise<unknown> {
    if (signal?.aborted) throw signal.reason
    const key = keyOf(calls.find, self, args)
    if (cache.getOrLoad) {
      const standing = runs.get(key)
      if (standing && !standing.renews) return join(standing, signal)
      let through: Through | undefined
      try {
        through = throughTo(key, self, args)
        const { found } = through
        if (found instanceof Promise || found === NOTHING) {
          return loadThrough(through, key, self, args, signal, batch)
        }
        memo.hits++
        return found
      } catch (error) {
        // The stack may be too full to say so to the cache.
        await undefined
        through?.end(error)
        throw error
      }
    }
    const begin = (run: Run, lookup?: Promise<unknown>) =>
      load(run, batch ? () => batch.load(run, args[0]) : () => apply(fn, self, args), lookup)
    const run = runs.get(key)
    let found = looked ?? (run && !run.renews ? NOTHING : access.find(key))
    let lookup: Promise<unknown> | undefined
    if (found instanceof Promise) {
      batch?.lookups.push(found)
      // A run that renews leaves it to each call to look for the old result.
      if (!run) lookup = found
      found = run ? await found : NOTHING
      if (signal?.aborted) throw signal.reason
    }
    if (found instanceof CachedError) {
      memo.hits++
      throw found.error
    }
    if (found !== NOTHING) {
      const entry = freshness && entryOf(key)
      if (!freshness || freshness.serves(entry)) {
        memo.hits++
        if (freshness?.isDue(entry) && !run) begin(runOf(key, args, true))
        return found
      }
    }
    const standing = runs.get(key)
    if (standing) return join(standing, signal)
    const begun = runOf(key, args)
    const result = begun.join(signal)
    try {
      begin(begun, lookup)
    } catch (error) {
      // Nobody else would tell who waits, and there is no room on the stack to do so now.
      await undefined
      begun.end("reject", error)
    }
    return result
  }

  function join(run: Run, signal?: Signal): Promise<unknown> {
    memo.joins++
    return run.join(signal)
  }

  async function checked(self: unknown, args: unknown[]): Promise<unknown> {
    const result = await apply(fn, self, args)
    refuseIterator(result)
    return result
  }

  /** Asks the cache to have a call loaded, or renewed. */
  function throughTo(key: unknown, self: unknown, args: unknown[]): Through {
    const ask = (load: () => Promise<never>) => cache.getOrLoad?.(key, load)
    return askThrough(ask, access, key, (renew) =>
      load(runOf(key, args, true), () => renew(() => checked(self, args)), undefined, true),
    )
  }

  /** Loads for the cache, unless that finds something after all. */
  async function loadThrough(
    through: Through,
    key: unknown,
    self: unknown,
    args: unknown[],
    signal: Signal | undefined,
    batch: Batch | undefined,
  ): Promise<unknown> {
    const { found } = through
    const run = runOf(key, args)
    const result = run.join(signal)
    try {
      onAbort(run.abandonment, through.end)
      if (found instanceof Promise) batch?.lookups.push(found)
      const own = batch ? () => batch.load(run, args[0]) : () => checked(self, args)
      const onOld = (error: unknown) => {
        memo.failures++
        access.report(error, "refresh", key)
      }
      load(run, () => through.load(own, onOld), Promise.resolve(found), true)
    } catch (error) {
      // As above.
      await undefined
      through.end(error)
      run.end("reject", error)
    }
    return result
  }

  async function refresh(self: unknown, args: unknown[]): Promise<unknown> {
    const run = runOf(keyOf(calls.find, self, args), args, true)
    const result = run.join()
    load(run, () => apply(fn, self, args))
    return result
  }

  /**
   * Does the work of a run, unless `lookup` finds that it is not needed. The result is stored, unless
   * the work has seen to that.
   *
   * The stack may be too full for any call. Then either this has not begun, and the run never stood;
   * or it ends with that error, as soon as there is room.
   */
  async function load(
    run: Run,
    work: () => unknown,
    lookup?: Promise<unknown>,
    isStored = false,
  ): Promise<void> {
    try {
      run.stand()
      if (lookup || nested === DEEPEST) {
        const found = await (lookup ?? NOTHING)
        if (run.abandonment.aborted) return calls.release(run.key)
        if (found !== NOTHING) {
          memo.hits++
          run.fall()
          return run.end("resolve", found)
        }
      }
      if (!run.renews) memo.misses++
      const start = now()
      let result: unknown
      memo.loading++
      try {
        result = await onTop(run, work)
      } finally {
        memo.loading--
        took(run, start)
      }
      refuseIterator(result)
      if (run.fall() && !isStored) store(run.key, result)
      run.end("resolve", result)
    } catch (error) {
      await undefined
      fail(run, error)
    }
    calls.release(run.key)
  }

  function took(run: Run, start: number): void {
    const duration = Math.max(now() - start, 0)
    if (run.abandonment.aborted || Number.isNaN(duration)) return
    memo.loadTime += duration
    memo.loads++
  }

  /** The time, or `NaN` if the clock fails, which is no reason for a run to do so. */
  function now(): number {
    try {
      return +clock.now()
    } catch {
      return Number.NaN
    }
  }

  function fail(run: Run, error: unknown): void {
    const { key } = run
    if (run.abandonment.aborted) return
    memo.failures++
    const stood = run.fall()
    const entry = entryOf(key)
    const isError = entry?.value instanceof CachedError
    if (stood && freshness?.standsIn(entry) && !isError) {
      access.report(error, "refresh", key)
      run.end("resolve", entry?.value)
      return
    }
    if (stood && cacheErrors && !entry) {
      access.use("set", key, () => {
        const ttl = orNone(cacheErrors(error))
        checkDuration("INVALID_ARGUMENT", "cacheErrors(error)", ttl)
        cache.set(key, new CachedError(error), { ttl, weight: 1 })
      })
    }
    if (run.waiters.size === 0) access.report(error, "refresh", key)
    run.end("reject", error)
  }

  return { keyOf, call, refresh, store }
}

/** Begins the work of a run on the stack as it is. */
function onTop(run: Run, work: () => unknown): unknown {
  nested++
  try {
    return context.run(run, work)
  } finally {
    nested--
  }
}
