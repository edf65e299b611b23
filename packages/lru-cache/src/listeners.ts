import { type RemovalCause, reporter } from "@evictionary/core"
import type { DisposeReason, Disposer, Inserter, InsertReason } from "./options.ts"
import { type Stored, valueIn } from "./timed.ts"

/** The cache, on which those of its options are called that are told of something. */
interface Told<K, V> {
  readonly dispose?: Disposer<K, V> | undefined
  readonly disposeAfter?: Disposer<K, V> | undefined
  readonly onInsert?: Inserter<K, V> | undefined
}

/**
 * Tells `dispose`, `disposeAfter` and `onInsert` what has happened. When they are called, the cache
 * underneath has finished: they may use the cache, and if they throw, the error is reported.
 */
export class Listeners<K, V> {
  /** Why the entry leaves that is being deleted. */
  reason: DisposeReason
  private readonly told: Told<K, V>
  private readonly report: (error: unknown) => void
  /** `dispose` has been told of them, `disposeAfter` has not. */
  private waiting: [value: V, key: K, reason: DisposeReason][]
  /** How many operations are under way that `disposeAfter` has to wait for. */
  private holds: number

  constructor(told: Told<K, V>) {
    this.reason = "delete"
    this.told = told
    this.report = reporter()
    this.waiting = []
    this.holds = 0
  }

  /** Listens to the cache underneath. Of a value that is replaced, who does that tells. */
  removed(key: K, stored: Stored<V>, cause: RemovalCause): void {
    if (cause !== "replaced") this.left(valueIn(stored), key, this.reasonOf(cause))
  }

  left(value: V, key: K, reason: DisposeReason): void {
    const { told } = this
    if (told.dispose) this.call(() => told.dispose!(value, key, reason))
    if (told.disposeAfter) this.waiting.push([value, key, reason])
    if (this.holds === 0) this.flush()
  }

  came(value: V, key: K, reason: InsertReason): void {
    const { told } = this
    if (told.onInsert) this.call(() => told.onInsert!(value, key, reason))
  }

  /** From now on `disposeAfter` waits, until `release` has been called as often. */
  hold(): void {
    this.holds++
  }

  release(): void {
    this.holds--
    if (this.holds === 0) this.flush()
  }

  private reasonOf(cause: RemovalCause): DisposeReason {
    if (cause === "evicted") return "evict"
    if (cause === "expired") return "expire"
    return cause === "deleted" ? this.reason : "delete"
  }

  private flush(): void {
    while (this.waiting.length > 0) {
      const left = this.waiting
      this.waiting = []
      for (const departure of left) this.call(() => this.told.disposeAfter!(...departure))
    }
  }

  private call(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      this.report(error)
    }
  }
}
