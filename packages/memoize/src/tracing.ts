import type { Context } from "./current-load.ts"
import type { Run } from "./run.ts"

/**
 * Knows the run up to its first `await`, since it is on the stack then, and after that by the trace
 * of the stack: there V8 writes who waits for the function that goes on. So that a run is recognised,
 * what waits for it is a function with a name of its own. Where the trace does not tell, a call is
 * taken for one from outside.
 */
export function createTracing(): Context {
  // There may be several copies of this module, each with runs of its own.
  const copy = Math.random()
  const runs = new Map<string, Run>()
  let current: Run | undefined
  let count = 0

  function begin<T>(run: Run, fn: () => T): T {
    const outer = current
    current = run
    try {
      return fn()
    } finally {
      current = outer
    }
  }

  return {
    run(run, fn) {
      const name = `load ${++count} of ${copy}`
      const waiting = {
        async [name]() {
          try {
            runs.set(name, run)
            return await begin(run, fn)
          } finally {
            runs.delete(name)
          }
        },
      }
      return waiting[name]?.() as never
    },
    get: () => current ?? runs.get(/load \d+ of [\d.e-]+/.exec(trace())?.[0] ?? ""),
  }
}

/** The stack as the platform writes it, async functions that wait included where it knows them. */
function trace(): string {
  const { stackTraceLimit } = Error as { stackTraceLimit?: number }
  // Where it is not to be changed, what there is must do.
  Reflect.set(Error, "stackTraceLimit", 200)
  const error = new Error()
  Reflect.set(Error, "stackTraceLimit", stackTraceLimit)
  try {
    return String(error.stack)
  } catch {
    return ""
  }
}
