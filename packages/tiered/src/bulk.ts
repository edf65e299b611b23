import { invalid } from "@evictionary/core"
import type { LoaderTerms, LoadMany } from "./tiered-cache.ts"

interface Item<V> {
  readonly key: string
  readonly signal: AbortSignal
  readonly resolve: (value: V) => void
  readonly reject: (error: unknown) => void
}

/**
 * The loads of one `getOrLoadMany`, which are one call of its loader. That begins when of each key it
 * is clear whether it has to be loaded. A load of another process that was waited for in vain comes
 * later, and is another call.
 */
export class Bulk<V> {
  private readonly loadMany: LoadMany<string, V>
  private readonly undecided: Set<string>
  private items: Item<V>[]

  constructor(loadMany: LoadMany<string, V>, keys: Iterable<string>) {
    this.loadMany = loadMany
    this.undecided = new Set(keys)
    this.items = []
  }

  /** The loader of one key. */
  load(key: string, { signal }: LoaderTerms): Promise<V> {
    return new Promise((resolve, reject) => {
      this.items.push({ key, signal, resolve, reject })
    })
  }

  decide(key: string): void {
    this.undecided.delete(key)
    if (this.undecided.size === 0 && this.items.length > 0) this.start()
  }

  private async start(): Promise<void> {
    const { items } = this
    this.items = []
    const controller = new AbortController()
    const abortIfAll = () => {
      if (items.every(({ signal }) => signal.aborted)) controller.abort(items[0]?.signal.reason)
    }
    for (const { signal } of items) signal.addEventListener("abort", abortIfAll)
    try {
      const keys = items.map(({ key }) => key)
      const values = await this.loadMany(keys, { signal: controller.signal })
      if (!Array.isArray(values) || values.length !== keys.length) {
        const must = `an array of ${keys.length} values`
        throw invalid("INVALID_ARGUMENT", "load(keys)", must, values)
      }
      for (const [i, { resolve, reject }] of items.entries()) {
        const value = values[i] as V | Error
        if (value instanceof Error) reject(value)
        else resolve(value)
      }
    } catch (error) {
      for (const { reject } of items) reject(error)
    }
  }
}
