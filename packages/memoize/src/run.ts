import { CacheError } from "@evictionary/core"
import { context, type Load } from "./current-load.ts"
import { Abandonment, onAbort, type Signal } from "./signal.ts"

/** Somebody who waits for the end of a run. */
interface Waiter {
  readonly run: Run
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  /** Waits no longer. */
  leave(): void
}

/**
 * One run of a memoized function, shared by all who wait for it.
 *
 * A run *stands* as long as it is what `standing` has for its key: calls join it then, and its
 * result will be stored. It does so when it begins, and not before, since nobody may wait for one
 * that never does for want of room on the stack. It falls when it ends, when the last who waited has
 * left, and when something newer is said about its key; those who wait get its result all the same.
 *
 * Each run knows as whom it waits for others. A call that would close a circle of them is refused,
 * so there never is one.
 *
 * What was begun in a run and outlives it, a timer say, keeps the run in memory. It then waits for
 * nobody and nobody for it, and it never held the result.
 */
export interface Run extends Load {
  /** Whether it replaces a result that calls may get meanwhile; it goes on though nobody waits. */
  readonly renews: boolean
  /** Who waits for it. */
  readonly waiters: Set<Waiter>
  /** As whom it waits for others. */
  readonly waits: Set<Waiter>
  /** Whether the last who waited has left. */
  readonly abandonment: Abandonment
  /** Its result, for one caller, who leaves when `signal` is aborted; `by` is the run he is in. */
  join(signal?: Abandonment | Signal, by?: Run): Promise<unknown>
  /** It begins: from now on others may join. */
  stand(): void
  /** From now on nobody joins. Returns whether it stood until now. */
  fall(): boolean
  /** Gives its result to all who wait. */
  end(how: "resolve" | "reject", result: unknown): void
  toString(): string
}

/** Makes a run; `args` are what to show of its call. */
export function createRun(
  standing: Map<unknown, Run>,
  key: unknown,
  name: string,
  args: readonly unknown[],
  renews = false,
): Run {
  const abandonment = new Abandonment()
  const waiters = new Set<Waiter>()
  const run: Run = {
    key,
    get signal() {
      return abandonment.signal
    },
    abandonment,
    renews,
    waiters,
    waits: new Set(),
    join: (signal, by = context.get()) =>
      new Promise((resolve, reject) => {
        const way = by ? wayBetween(run, by) : []
        if (way.length > 0) {
          const names = [...way, run].join(" → ")
          throw new CacheError("CYCLE", `these loads would wait for each other for ever: ${names}`)
        }
        const leave = () => {
          waiters.delete(waiter)
          by?.waits.delete(waiter)
          hearNoMore?.()
        }
        const quit = (reason: unknown) => {
          leave()
          reject(reason)
          if (waiters.size > 0 || renews) return
          run.fall()
          abandonment.abort(reason)
        }
        const waiter = { run, resolve, reject, leave }
        const hearNoMore = signal && onAbort(signal, quit)
        waiters.add(waiter)
        by?.waits.add(waiter)
      }),
    stand: () => standing.set(key, run),
    fall: () => standing.get(key) === run && standing.delete(key),
    end(how, result) {
      for (const waiter of waiters) {
        waiter.leave()
        waiter[how](result)
      }
    },
    toString: () => `${name || "anonymous"}(${args.map(show).join(", ")})`,
  }
  return run
}

/** The runs from one to the other, each of which waits for the next; none if it does not wait. */
function wayBetween(from: Run, to: Run): Run[] {
  const before = new Map<Run, Run | undefined>([[from, undefined]])
  // It grows as it is read.
  for (const run of before.keys()) {
    for (const waiter of run.waits) before.set(waiter.run, run)
  }
  const way: Run[] = []
  if (before.has(to)) {
    for (let run: Run | undefined = to; run; run = before.get(run)) way.unshift(run)
  }
  return way
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value)
  return Object(value) === value ? "…" : String(value)
}
