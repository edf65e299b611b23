import { CacheError, type Signal } from "@evictionary/core"
import { context, type Load } from "./current-load.ts"
import { Abandonment, onAbort } from "./signal.ts"

/** Somebody who waits for the end of a run. */
interface Waiter {
  readonly run: Run
  /** The run he is in. */
  readonly by: Run | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  hearNoMore: (() => void) | undefined
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
export class Run implements Load {
  readonly key: unknown
  /** Whether it replaces a result that calls may get meanwhile; it goes on though nobody waits. */
  readonly renews: boolean
  /** Who waits for it. */
  readonly waiters: Set<Waiter>
  /** As whom it waits for others, if it does. */
  waits: Set<Waiter> | undefined
  /** Whether the last who waited has left. */
  readonly abandonment: Abandonment
  private readonly standing: Map<unknown, Run>
  private readonly name: string
  private readonly args: readonly unknown[]

  /** `args` are what to show of its call. */
  constructor(
    standing: Map<unknown, Run>,
    key: unknown,
    name: string,
    args: readonly unknown[],
    renews = false,
  ) {
    this.key = key
    this.renews = renews
    this.waiters = new Set()
    this.waits = undefined
    this.abandonment = new Abandonment()
    this.standing = standing
    this.name = name
    this.args = args
  }

  get signal(): Signal {
    return this.abandonment.signal
  }

  /** Its result, for one caller, who leaves when `signal` is aborted; `by` is the run he is in. */
  join(signal?: Abandonment | Signal, by: Run | undefined = context.get()): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const way = by ? wayBetween(this, by) : []
      if (way.length > 0) {
        const names = [...way, this].join(" → ")
        throw new CacheError("CYCLE", `these loads would wait for each other for ever: ${names}`)
      }
      const waiter: Waiter = { run: this, by, resolve, reject, hearNoMore: undefined }
      if (signal) {
        waiter.hearNoMore = onAbort(signal, (reason) => {
          this.leave(waiter)
          reject(reason)
          if (this.waiters.size > 0 || this.renews) return
          this.fall()
          this.abandonment.abort(reason)
        })
      }
      this.waiters.add(waiter)
      if (by) by.waits = (by.waits ?? new Set()).add(waiter)
    })
  }

  /** It begins: from now on others may join. */
  stand(): void {
    this.standing.set(this.key, this)
  }

  /** From now on nobody joins. Returns whether it stood until now. */
  fall(): boolean {
    return this.standing.get(this.key) === this && this.standing.delete(this.key)
  }

  /** Gives its result to all who wait. */
  end(how: "resolve" | "reject", result: unknown): void {
    for (const waiter of this.waiters) {
      this.leave(waiter)
      waiter[how](result)
    }
  }

  toString(): string {
    return `${this.name || "anonymous"}(${this.args.map(show).join(", ")})`
  }

  private leave(waiter: Waiter): void {
    this.waiters.delete(waiter)
    waiter.by?.waits?.delete(waiter)
    waiter.hearNoMore?.()
  }
}

/** The runs from one to the other, each of which waits for the next; none if it does not wait. */
function wayBetween(from: Run, to: Run): Run[] {
  if (from !== to && !from.waits) return []
  const before = new Map<Run, Run | undefined>([[from, undefined]])
  // It grows as it is read.
  for (const run of before.keys()) {
    for (const waiter of run.waits ?? []) before.set(waiter.run, run)
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
