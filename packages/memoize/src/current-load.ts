import { CacheError, type Signal } from "@evictionary/core"
import type { Run } from "./run.ts"
import { createTracing } from "./tracing.ts"

/** What a memoized function can know of the run that it is in. */
export interface Load {
  /**
   * Aborted when the last who waited for the result has left. Meant for `fetch` and the like. Reading
   * it is the error `UNSUPPORTED` where the platform has no `AbortController`.
   */
  readonly signal: Signal
  /** The key in the cache; in a bulk loader, the list of keys that it was given. */
  readonly key: unknown
}

/** Which run the code that asks is part of. */
export interface Context {
  run<T>(run: Run, fn: () => T): T
  get(): Run | undefined
}

interface Host {
  readonly AsyncContext?: { readonly Variable: new () => Context }
  readonly process?: {
    getBuiltinModule?(name: "node:async_hooks"): {
      readonly AsyncLocalStorage: new () => {
        run: Context["run"]
        getStore: Context["get"]
      }
    }
  }
}

/** Knows the run also after an `await`, if the platform can tell. */
function createContext(): Context {
  const { AsyncContext, process } = globalThis as unknown as Host
  if (AsyncContext) return new AsyncContext.Variable()
  const hooks = process?.getBuiltinModule?.("node:async_hooks")
  if (hooks) {
    const storage = new hooks.AsyncLocalStorage()
    return { run: (run, fn) => storage.run(run, fn), get: () => storage.getStore() }
  }
  return createTracing()
}

export const context: Context = /* @__PURE__ */ createContext()

/**
 * The load that the caller is part of: inside a function that `memoizeAsync` has memoized, or its
 * bulk loader, what it knows of its own run. After an `await` too, where the platform has
 * `AsyncLocalStorage` (Node, Deno, Bun) or `AsyncContext`, or where the trace of the stack tells who
 * waits (V8, but not through timers and events); elsewhere, only before the first.
 *
 * @throws {CacheError} `NO_LOAD` outside of a load.
 *
 * @example
 * ```ts
 * const page = memoizeAsync(
 *   (url: string) => fetch(url, { signal: currentLoad().signal }),
 *   lru({ capacity: 100 }),
 * )
 * ```
 */
export function currentLoad(): Load {
  const run = context.get()
  if (!run) throw new CacheError("NO_LOAD", "`currentLoad` was called outside of a load")
  return {
    get signal() {
      return run.signal
    },
    key: run.key,
  }
}
