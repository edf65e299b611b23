import { type RemovalCause, reporter } from "@evictionary/core"
import type { DisposeReason, Disposer, Inserter, InsertReason } from "./options.ts"
import { type Stored, valueIn } from "./timed.ts"

/** The cache, on which those of its options are called that are told of something. */
interface Told<K, V> {
  readonly dispose?: Disposer<K, V> | undefined
  readonly disposeAfter?: Disposer<K, V> | undefined
  readonly onInsert?: Inserter<K, V> | undefined
  readonly noDisposeOnSet: boolean
}

/**
 * Tells `dispose`, `disposeAfter` and `onInsert` what has happened. When they are called, the cache
 * underneath, of which this is an observer, has finished: they may use the cache, and if they throw,
 * the error is reported.
 */
export class Listeners<K, V> {
  /** Whether there is nobody but `dispose`, which can be told whenever something leaves. */
  readonly isSimple: boolean
  /** Why the entry leaves that is being deleted. */
  reason: DisposeReason
  private readonly told: Told<K, V>
  private readonly dispose: Disposer<K, V> | undefined
  private readonly report: (error: unknown) => void
  /** `dispose` has been told of them, `disposeAfter` has not. */
  private waiting: [value: V, key: K, reason: DisposeReason][]
  /** How many operations are under way that `disposeAfter` has to wait for. */
  holds: number
  /** What the one that began last says of values that are replaced. */
  private noDisposeOnSet: boolean | undefined

  constructor(told: Told<K, V>) {
    this.isSimple = !(told.disposeAfter || told.onInsert)
    this.reason = "delete"
    this.told = told
    this.dispose = told.dispose
    this.report = reporter()
    this.waiting = []
    this.holds = 0
    this.noDisposeOnSet = undefined
  }

  onRemoval(key: K, stored: Stored<V>, cause: RemovalCause): void {
    if (cause !== "replaced") this.left(valueIn(stored), key, this.reasonOf(cause))
  }

  onUpdate(key: K, stored: Stored<V>, previous: Stored<V>): void {
    if (this.noDisposeOnSet ?? this.told.noDisposeOnSet) return
    const value = valueIn(previous)
    if (value !== valueIn(stored)) this.left(value, key, "set")
  }

  came(value: V, key: K, reason: InsertReason): void {
    const { onInsert } = this.told
    if (onInsert) this.tell(onInsert, value, key, reason)
  }

  /**
   * From now on `disposeAfter` waits, until `release` has been called as often, with what this
   * returns. Values that are replaced meanwhile are told of unless `noDisposeOnSet`.
   */
  hold(noDisposeOnSet?: boolean): boolean | undefined {
    const before = this.noDisposeOnSet
    this.noDisposeOnSet = noDisposeOnSet
    this.holds++
    return before
  }

  release(before: boolean | undefined): void {
    this.noDisposeOnSet = before
    this.holds--
    if (this.holds === 0) this.flush()
  }

  private left(value: V, key: K, reason: DisposeReason): void {
    if (this.dispose) this.tell(this.dispose, value, key, reason)
    if (this.isSimple || !this.told.disposeAfter) return
    this.waiting.push([value, key, reason])
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
      for (const departure of left) this.tell(this.told.disposeAfter!, ...departure)
    }
  }

  private tell<Reason>(
    listener: (value: V, key: K, reason: Reason) => void,
    value: V,
    key: K,
    reason: Reason,
  ): void {
    try {
      listener.call(this.told, value, key, reason)
    } catch (error) {
      this.report(error)
    }
  }
}
