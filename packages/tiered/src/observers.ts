import { invalid } from "@evictionary/core"
import type { TierErrorListener } from "./options.ts"
import type { TierState } from "./state.ts"

/** Watches a tiered cache from outside. What a member throws is reported, and changes nothing. */
export interface TierObserver {
  /** The state is another than it was. Looked for with each heartbeat. */
  readonly onState?: ((state: TierState, before: TierState) => void) | undefined
  /** The second tier has not answered in time. */
  readonly onLate?: ((operation: string) => void) | undefined
  /** A value was not stored, because something had changed or another was first. */
  readonly onRefused?: ((key: string) => void) | undefined
  /** Messages were missing, so the first tier was emptied. */
  readonly onGap?: (() => void) | undefined
  /** An error that reaches no caller; all of them. */
  readonly onError?: TierErrorListener | undefined
}

const EVENTS = ["onState", "onLate", "onRefused", "onGap", "onError"] as const
type Event = (typeof EVENTS)[number]

/** Those who watch a cache. */
export class Observers {
  private readonly report: (error: unknown) => void
  private added: readonly { observer: TierObserver }[]

  constructor(report: (error: unknown) => void) {
    this.report = report
    this.added = []
  }

  /** Returns the function that removes the observer. */
  add(observer: TierObserver): () => void {
    if (typeof observer !== "object" || observer === null) {
      throw invalid("INVALID_ARGUMENT", "observer", "an object", observer)
    }
    for (const event of EVENTS) {
      const callback = observer[event]
      if (callback !== undefined && typeof callback !== "function") {
        throw invalid("INVALID_ARGUMENT", event, "a function", callback)
      }
    }
    const added = { observer }
    this.added = [...this.added, added]
    return () => {
      this.added = this.added.filter((other) => other !== added)
    }
  }

  tell<E extends Event>(event: E, ...details: Parameters<NonNullable<TierObserver[E]>>): void {
    for (const { observer } of this.added) {
      try {
        const all = observer as Record<E, ((...details: unknown[]) => void) | undefined>
        all[event]?.(...details)
      } catch (error) {
        this.report(error)
      }
    }
  }
}
