import type { Signal } from "@evictionary/core"
import type { Fetcher, FetcherFetchOptions, Nothing } from "./options.ts"

/** The options of a fetch, each with its value, and the signal of who began it. */
export type Terms<K, V, FC> = FetcherFetchOptions<K, V, FC> & { signal?: Signal | undefined }

interface Controller {
  readonly signal: Signal
  abort(reason: unknown): void
}

/** A call of `fetchMethod` whose result is not there yet. */
interface Flight<K, V, FC> {
  readonly controller: Controller
  /** The value of before, stale or to be renewed. */
  readonly stale: V | undefined
  /** `fetchMethod` may have changed them. */
  readonly terms: Terms<K, V, FC>
  /** Those who wait, and do not want to wait longer than their signal lets them. */
  readonly quits: Set<(reason: unknown) => void>
  result: Promise<V | undefined>
}

/** The cache, on which its option is called. */
interface Source<K, V, FC> {
  readonly fetchMethod: Fetcher<K, V, FC> | undefined
}

/** What a flight does to the cache when it is over. */
interface Ground<K, V, FC> {
  store(key: K, value: V, terms: Terms<K, V, FC>): void
  drop(key: K): void
}

/**
 * The fetches under way, one for each key. They are no part of the cache: none takes room, or is
 * evicted. All who want the same value wait for the same flight; whose signal is aborted leaves, and
 * a flight is aborted when the last has left.
 */
export class Flights<K, V, FC> {
  private readonly source: Source<K, V, FC>
  private readonly ground: Ground<K, V, FC>
  private readonly byKey: Map<K, Flight<K, V, FC>>

  constructor(source: Source<K, V, FC>, ground: Ground<K, V, FC>) {
    this.source = source
    this.ground = ground
    this.byKey = new Map()
  }

  has(key: K): boolean {
    return this.byKey.has(key)
  }

  /** The flight of `key` that others may wait for. */
  get(key: K): Flight<K, V, FC> | undefined {
    const flight = this.byKey.get(key)
    if (flight?.controller.signal.aborted && !flight.terms.ignoreFetchAbort) return undefined
    return flight
  }

  begin(key: K, stale: V | undefined, terms: Terms<K, V, FC>, context: FC): Flight<K, V, FC> {
    const { AbortController } = globalThis as unknown as { AbortController: new () => Controller }
    const controller = new AbortController()
    const flight = { controller, stale, terms, quits: new Set() } as unknown as Flight<K, V, FC>
    this.byKey.set(key, flight)
    if (terms.status) terms.status.fetchDispatched = true
    let resolve!: (value: V | Nothing | PromiseLike<V | Nothing>) => void
    // There is something to wait for even while `fetchMethod` is called.
    flight.result = new Promise<V | Nothing>((settle) => {
      resolve = settle
    }).then(
      (value) => this.land(key, flight, value as V | undefined),
      (error) => this.fail(key, flight, error),
    )
    const options = { signal: controller.signal, options: terms, context }
    try {
      resolve(this.source.fetchMethod!(key, stale, options))
    } catch (error) {
      resolve(Promise.reject(error))
    }
    return flight
  }

  /** The result for one of those who want it, on terms of their own. */
  join(key: K, flight: Flight<K, V, FC>, terms: Terms<K, V, FC>): Promise<V | undefined> {
    const { signal, status } = terms
    return new Promise((resolve, reject) => {
      const quit = (reason: unknown): void => {
        if (status) {
          status.fetchAborted = true
          status.fetchError = reason as Error
        }
        if (terms.ignoreFetchAbort && !terms.allowStaleOnFetchAbort) {
          if (status) status.fetchAbortIgnored = true
        } else if (terms.allowStaleOnFetchAbort || terms.allowStaleOnFetchRejection) {
          resolve(staleOf(flight, terms))
        } else {
          reject(reason)
        }
      }
      const leave = (): void => {
        flight.quits.delete(quit)
        quit(signal!.reason)
        if (flight.quits.size === 0) this.abandon(key, flight, signal!.reason)
      }
      flight.quits.add(quit)
      signal?.addEventListener("abort", leave)
      flight.result.finally(() => signal?.removeEventListener("abort", leave)).then(resolve, reject)
    })
  }

  /** The flight of `key` is not wanted any more: something else has been done to the key. */
  cut(key: K, why: "deleted" | "replaced"): boolean {
    const flight = this.byKey.get(key)
    if (flight === undefined) return false
    this.byKey.delete(key)
    const reason = new Error(why)
    flight.controller.abort(reason)
    for (const quit of flight.quits) quit(reason)
    return true
  }

  cutAll(): void {
    for (const key of [...this.byKey.keys()]) this.cut(key, "deleted")
  }

  /** The last of those who waited has left, whose signal is aborted. */
  private abandon(key: K, flight: Flight<K, V, FC>, reason: unknown): void {
    flight.controller.abort(reason)
    if (!outlivesAbort(flight)) this.end(key, flight)
  }

  private land(key: K, flight: Flight<K, V, FC>, value: V | undefined): V | undefined {
    const { controller, terms } = flight
    // Those who waited have been told, and somebody else may be on the way.
    if (controller.signal.aborted && !outlivesAbort(flight)) throw controller.signal.reason
    if (terms.status) terms.status.fetchResolved = true
    if (this.byKey.get(key) !== flight) return value
    this.byKey.delete(key)
    if (value !== undefined) {
      if (terms.status) terms.status.fetchUpdated = true
      this.ground.store(key, value, terms)
    }
    return value
  }

  private fail(key: K, flight: Flight<K, V, FC>, error: unknown): V | undefined {
    const { terms } = flight
    if (terms.status) {
      terms.status.fetchRejected = true
      terms.status.fetchError = error as Error
    }
    this.end(key, flight)
    if (!terms.allowStaleOnFetchRejection) throw error
    return staleOf(flight, terms)
  }

  /** It has brought nothing, and what was there goes unless that may stay. */
  private end(key: K, flight: Flight<K, V, FC>): void {
    if (this.byKey.get(key) !== flight) return
    this.byKey.delete(key)
    const { controller, terms } = flight
    const stays =
      terms.allowStaleOnFetchRejection ||
      terms.noDeleteOnFetchRejection ||
      (controller.signal.aborted && terms.allowStaleOnFetchAbort)
    if (!stays) this.ground.drop(key)
  }
}

/** Whether its result is wanted though nobody waits. */
function outlivesAbort<K, V, FC>({ terms }: Flight<K, V, FC>): boolean {
  return (terms.ignoreFetchAbort || terms.allowStaleOnFetchAbort) === true
}

function staleOf<K, V, FC>(flight: Flight<K, V, FC>, { status }: Terms<K, V, FC>): V | undefined {
  if (status && flight.stale !== undefined) status.returnedStale = true
  return flight.stale
}
