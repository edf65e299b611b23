import { checkFunction } from "@evictionary/core"
import { checkKey, signalOf, valueTerms } from "./arguments.ts"
import { Bulk } from "./bulk.ts"
import { arrivalOf, keep } from "./intake.ts"
import type { JobTerms, Loading, LoadingContext } from "./loading.ts"
import type { Held } from "./local.ts"
import { isTrusted, stateOf, type TierState } from "./state.ts"
import type { Load, LoadMany, LoadTerms } from "./tiered-cache.ts"

/** Milliseconds until a value is renewed again, if that has failed, or another process is at it. */
const AGAIN = 500

export interface LookupsContext<V> extends LoadingContext<V> {
  readonly loading: Loading<V>
  /** When it all began. */
  readonly start: number
}

/** A value that was found, which may be `undefined`. */
interface Found<V> {
  readonly value: V
}

/** What callers ask for. */
export class Lookups<V> {
  private readonly context: LookupsContext<V>

  constructor(context: LookupsContext<V>) {
    this.context = context
  }

  get(key: string): V | undefined | Promise<V | undefined> {
    checkKey(key)
    const held = this.context.local.find(key)
    const now = this.context.settings.clock.now()
    if (held !== undefined && now < held.until && this.serves(held, key, now)) {
      return this.hit(held, key, now)
    }
    return this.ask(key, true).then((found) => found?.value)
  }

  getOrLoad(key: string, load: Load<string, V>, terms?: LoadTerms): V | Promise<V> {
    checkKey(key)
    checkFunction("INVALID_ARGUMENT", "load", load)
    const { local, settings } = this.context
    const { clock, staleWhileRevalidate } = settings
    const signal = terms && signalOf(terms)
    if (signal?.aborted) return Promise.reject(signal.reason)
    const held = local.find(key)
    const now = clock.now()
    if (
      held !== undefined &&
      now < held.until + staleWhileRevalidate &&
      this.serves(held, key, now)
    ) {
      if (now >= held.renewAt) this.renew(held, key, jobOf(load, terms), now)
      return this.hit(held, key, now)
    }
    return this.join(key, jobOf(load, terms), held, signal)
  }

  async getMany(keys: Iterable<string>): Promise<(V | undefined)[]> {
    return Promise.all(Array.from(keys, (key) => this.get(key)))
  }

  async getOrLoadMany(
    keys: Iterable<string>,
    loadMany: LoadMany<string, V>,
    terms?: LoadTerms,
  ): Promise<V[]> {
    checkFunction("INVALID_ARGUMENT", "load", loadMany)
    const { local, settings } = this.context
    const signal = terms && signalOf(terms)
    signal?.throwIfAborted()
    const wanted = [...keys]
    for (const key of wanted) checkKey(key)
    const each = new Set(wanted)
    const bulk = new Bulk(loadMany, each)
    const job = jobOf<V>((key, loader) => bulk.load(key, loader), terms)
    const now = settings.clock.now()
    const results = new Map<string, V | Promise<V>>()
    for (const key of each) {
      const onDecided = () => bulk.decide(key)
      const held = local.find(key)
      if (held !== undefined && now < held.until && this.serves(held, key, now)) {
        onDecided()
        results.set(key, this.hit(held, key, now))
      } else {
        results.set(key, this.join(key, { ...job, onDecided }, held, signal))
      }
    }
    return Promise.all(wanted.map((key) => results.get(key) as V | Promise<V>))
  }

  has(key: string): boolean | Promise<boolean> {
    checkKey(key)
    return this.seen(key) ? true : this.ask(key, false).then((found) => found !== undefined)
  }

  peek(key: string): V | undefined | Promise<V | undefined> {
    checkKey(key)
    const held = this.seen(key)
    return held ? held.value : this.ask(key, false).then((found) => found?.value)
  }

  state(key: string, now: number): TierState {
    const { settings, remoteOf, start } = this.context
    return stateOf(remoteOf(key), settings, now, start)
  }

  private serves({ since }: Held<V>, key: string, now: number): boolean {
    return isTrusted(since, this.context.remoteOf(key), this.context.settings, now)
  }

  private hit({ value, until }: Held<V>, key: string, now: number): V {
    const { counts } = this.context
    counts.hits[this.state(key, now)]++
    if (now >= until) counts.stale++
    return value
  }

  /** A fresh value in the first tier, of which nobody shall know that it was looked at. */
  private seen(key: string): Held<V> | undefined {
    const { local, settings } = this.context
    const held = local.peek(key)
    const now = settings.clock.now()
    return held !== undefined && now < held.until && this.serves(held, key, now) ? held : undefined
  }

  /** Asks the second tier for a fresh value; `openly` if that counts, and keeps what it finds. */
  private async ask(key: string, openly: boolean): Promise<Found<V> | undefined> {
    const { local, settings, counts, remoteOf } = this.context
    const remote = remoteOf(key)
    const begun = remote.begin()
    if (begun) await begun
    const operation = local.begin(key)
    const asked = settings.clock.now()
    try {
      const { entry } = await remote.read(key, "peek")
      if (openly) counts[entry ? "tierHits" : "tierMisses"]++
      const arrival = entry && arrivalOf(this.context, key, asked, entry)
      if (openly && arrival) keep(this.context, operation, asked, arrival, entry)
      return arrival
    } catch {
      if (openly) counts.tierFailures++
      // The second tier has just gone; the first may know better than nothing.
      return this.seen(key)
    } finally {
      local.end(operation)
    }
  }

  private join(
    key: string,
    terms: JobTerms<V>,
    held: Held<V> | undefined,
    signal: AbortSignal | undefined,
  ): Promise<V> {
    const { loading, counts } = this.context
    const running = loading.get(key)
    if (running) {
      counts.joins++
      terms.onDecided?.()
      return running.join(signal)
    }
    return loading.begin(key, terms, false, held).join(signal)
  }

  private renew(held: Held<V>, key: string, terms: JobTerms<V>, now: number): void {
    const { loading } = this.context
    held.renewAt = now + AGAIN
    if (!loading.get(key)) loading.begin(key, terms, true, held)
  }
}

function jobOf<V>(load: Load<string, V>, terms: LoadTerms | undefined): JobTerms<V> {
  const { ttl, tags } = valueTerms(terms)
  return { load, ttl, tags, onDecided: undefined }
}
