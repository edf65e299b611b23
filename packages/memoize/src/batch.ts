import { invalid } from "@evictionary/core"
import type { AsyncFunction, BulkLoader } from "./async-options.ts"
import { context } from "./current-load.ts"
import { Run } from "./run.ts"

/**
 * The runs of one `many` that a bulk loader does together. It has a run of its own, for which they
 * wait: so it is aborted when nobody waits for any of them, and a circle through it is found.
 */
export interface Batch {
  /** What has to be known before it is clear which runs are in it. */
  readonly lookups: PromiseLike<unknown>[]
  /** The result of a run that is in it. The loader begins soon after the first. */
  load(run: Run, arg: unknown): Promise<unknown>
}

interface Item {
  readonly run: Run
  readonly arg: unknown
  readonly resolve: (result: unknown) => void
}

export function createBatch(bulk: BulkLoader<AsyncFunction>, name: string): Batch {
  const lookups: PromiseLike<unknown>[] = []
  let waiting: Item[] = []

  async function begin(): Promise<void> {
    // Until all calls have been made.
    await undefined
    await Promise.all(lookups)
    const items = waiting.filter(({ run }) => !run.abandonment.aborted)
    waiting = []
    if (items.length === 0) return
    const args = items.map(({ arg }) => arg)
    const whole = new Run(new Map(), args, `${name}.many`, args)
    for (const [i, { run, resolve }] of items.entries()) {
      const pick = (results: unknown) => {
        const result = (results as unknown[])[i]
        if (result instanceof Error) throw result
        return result
      }
      resolve(whole.join(run.abandonment, run).then(pick))
    }
    try {
      // It may do with its list what it likes.
      const results = await context.run(whole, () => bulk([...args] as never[]))
      if (!Array.isArray(results) || results.length !== items.length) {
        const must = `an array of ${items.length} results`
        throw invalid("INVALID_ARGUMENT", "bulk(args)", must, results)
      }
      whole.end("resolve", results)
    } catch (error) {
      whole.end("reject", error)
    }
  }

  return {
    lookups,
    load: (run, arg) =>
      new Promise((resolve) => {
        // In this order: nobody waits for what does not begin.
        if (waiting.length === 0) begin()
        waiting.push({ run, arg, resolve })
      }),
  }
}
