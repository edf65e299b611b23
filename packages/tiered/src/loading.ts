import type { Packing } from "./codec.ts"
import { Flight } from "./flight.ts"
import { freshTime } from "./fresh-time.ts"
import { type Arrival, arrivalOf, keep } from "./intake.ts"
import type { Held, Local } from "./local.ts"
import type { TierErrorListener } from "./options.ts"
import type { Operation } from "./pending.ts"
import type { Remote } from "./remote.ts"
import type { Settings } from "./settings.ts"
import type { Counts } from "./stats.ts"
import type { TierReading } from "./tier.ts"
import { Waits } from "./waits.ts"

/** What loads are made with. */
export interface LoadingContext<V> {
  readonly settings: Settings<V>
  readonly local: Local<V>
  readonly packing: Packing<V>
  readonly counts: Counts
  remoteOf(key: string): Remote
  report: TierErrorListener
}

/** One load: what is to be done, and how far it has come. */
interface Job<V> {
  readonly key: string
  readonly flight: Flight<V>
  readonly load: (key: string, terms: { readonly signal: AbortSignal }) => V | PromiseLike<V>
  readonly ttl: number | undefined
  readonly tags: readonly string[]
  readonly remote: Remote
  readonly operation: Operation
  /** Called when it is clear whether there is anything to load, or somebody else is waited for. */
  readonly onDecided: (() => void) | undefined
  /** The stale value that stands in for an error, and until when it was fresh. */
  old: Arrival<V> | undefined
}

export type JobTerms<V> = Pick<Job<V>, "load" | "ttl" | "tags" | "onDecided">

/** Milliseconds until a lease is looked for that nobody has told of: doubled each time. */
const POLL = 20
const LONGEST_POLL = 500

/** The loads that run. Each asks the second tier first. */
export class Loading<V> {
  readonly waits: Waits
  private readonly context: LoadingContext<V>
  /** Those that may be joined. */
  private readonly flights: Map<string, Flight<V>>
  private readonly tags: WeakMap<Flight<V>, readonly string[]>
  /** For how long values are kept when they are stale. */
  private readonly kept: number

  constructor(context: LoadingContext<V>) {
    const { clock, staleWhileRevalidate, staleIfError } = context.settings
    this.context = context
    this.waits = new Waits(clock)
    this.flights = new Map()
    this.tags = new WeakMap()
    this.kept = Math.max(staleWhileRevalidate, staleIfError)
  }

  get(key: string): Flight<V> | undefined {
    return this.flights.get(key)
  }

  /** Begins a load; whoever wants its result must join it now. */
  begin(key: string, terms: JobTerms<V>, renews: boolean, old?: Held<V>): Flight<V> {
    const flight = new Flight<V>(renews, () => this.land(key, flight))
    this.flights.set(key, flight)
    if (terms.tags.length > 0) this.tags.set(flight, terms.tags)
    this.run(key, flight, terms, old)
    return flight
  }

  /** What has changed is loaded anew: nobody joins the load that runs. */
  detach(key: string): void {
    this.flights.delete(key)
    this.waits.tell(key)
  }

  detachTags(tags: readonly string[]): void {
    for (const [key, flight] of this.flights) {
      if (this.tags.get(flight)?.some((tag) => tags.includes(tag))) this.detach(key)
    }
  }

  detachAll(): void {
    this.flights.clear()
    this.waits.tellAll()
  }

  private async run(
    key: string,
    flight: Flight<V>,
    terms: JobTerms<V>,
    old: Held<V> | undefined,
  ): Promise<void> {
    const remote = this.context.remoteOf(key)
    const begun = remote.begin()
    if (begun) await begun
    const operation = this.context.local.begin(key)
    const job = { key, flight, remote, operation, old, ...terms }
    try {
      const { reading, isDown } = await this.look(job)
      if (reading) await this.load(job, reading, isDown)
    } catch (error) {
      this.land(key, flight)
      if (!flight.reject(error) && !flight.isAborted) this.context.report(error, "load", key)
    }
    terms.onDecided?.()
    this.context.local.end(operation)
    this.land(key, flight)
  }

  /** Asks the second tier until there is a value, or something to load. */
  private async look(job: Job<V>): Promise<{ reading?: TierReading; isDown: boolean }> {
    const { key, flight, remote } = job
    const { settings, counts } = this.context
    const { clock, lease } = settings
    const give = clock.now() + settings.wait
    for (let poll = POLL; ; poll = Math.min(poll * 2, LONGEST_POLL)) {
      const waits = lease && !flight.renews && clock.now() < give
      const mode = flight.renews ? "renew" : waits ? "wait" : "load"
      // What is told while the question is asked must not be missed.
      const wait = waits ? this.waits.begin(key) : undefined
      try {
        const asked = clock.now()
        let reading: TierReading = {}
        try {
          reading = await remote.read(key, mode)
        } catch {
          counts.tierFailures++
          return { reading, isDown: true }
        }
        if (this.found(job, reading, asked)) return { isDown: false }
        if (reading.ours || reading.fence === undefined) return { reading, isDown: false }
        // Somebody else renews it, and nobody waits.
        if (flight.renews && !flight.isAwaited) return { isDown: false }
        if (!wait) return { reading, isDown: false }
        counts.leaseWaits++
        job.onDecided?.()
        await wait.upTo(poll)
        if (flight.isAborted) return { isDown: false }
      } finally {
        wait?.end()
      }
    }
  }

  /** Takes what the second tier has. Returns whether that is all that was wanted. */
  private found(job: Job<V>, { entry, fence }: TierReading, asked: number): boolean {
    const { key, flight, operation } = job
    const { counts, settings } = this.context
    if (!entry || entry.left <= 0) counts.tierMisses++
    if (!entry) return false
    const arrival = arrivalOf(this.context, key, asked, entry)
    if (!arrival) return false
    const { value } = arrival
    if (entry.left > 0) {
      counts.tierHits++
      keep(this.context, operation, asked, arrival, entry)
      if (flight.renews && fence !== undefined) {
        flight.resolve(value)
        return false
      }
      this.land(key, flight)
      flight.resolve(value)
      return true
    }
    job.old = arrival
    if (flight.isAwaited && entry.left > -settings.staleWhileRevalidate) {
      counts.stale++
      flight.renews = true
      flight.resolve(value)
    }
    return false
  }

  /** Loads the value, gives it to all who wait, and stores it if the fence still stands. */
  private async load(job: Job<V>, reading: TierReading, isDown: boolean): Promise<void> {
    const { key, flight, remote, operation } = job
    const { settings, local, counts } = this.context
    const { fence } = reading
    const lease = fence === undefined ? undefined : { key, fence }
    const release = () => {
      if (lease && reading.ours) remote.release(lease)
    }
    if (flight.isAborted) return release()
    if (lease && reading.ours) remote.hold(lease)
    counts.loads++
    const since = settings.clock.now()
    let value: V
    let fresh: number
    try {
      value = await this.call(job)
      if (flight.isAborted) return release()
      fresh = this.freshFor(job, value)
    } catch (error) {
      release()
      return this.fail(job, error)
    }
    const now = settings.clock.now()
    const { tags } = job
    const life = isDown ? Math.min(fresh, settings.whileDown) : fresh
    const ttl = isDown || life === 0 ? life : life + this.kept
    const renewAt = now + life * settings.refreshAhead
    const held = local.fill(operation, since, value, { until: now + life, renewAt, tags, ttl })
    this.land(key, flight)
    flight.resolve(value)
    if (!lease) return
    const entry = fresh > 0 && local.isClean(operation, tags) && this.entryOf(job, value, fresh)
    if (!entry) return release()
    // The first of two who load has won: both tiers must hold the same.
    if (!(await remote.store({ ...lease, entry }))) local.release(key, held)
  }

  /** A loader may be a plain function, and may throw. */
  private async call({ key, flight, load, onDecided }: Job<V>): Promise<V> {
    const loading = load(key, {
      get signal() {
        return flight.signal
      },
    })
    onDecided?.()
    return loading
  }

  private fail({ key, flight, old }: Job<V>, error: unknown): void {
    const { settings, counts, report } = this.context
    counts.loadFailures++
    this.land(key, flight)
    const { staleIfError, clock } = settings
    const standsIn = old && staleIfError > 0 && old.until + staleIfError > clock.now()
    if (standsIn && flight.isAwaited) {
      counts.stale++
      report(error, "load", key)
      flight.resolve(old.value)
    } else if (!flight.reject(error) && !flight.isAborted) {
      report(error, "load", key)
    }
  }

  private freshFor({ key, ttl }: Job<V>, value: V): number {
    return freshTime(this.context.settings, key, value, ttl)
  }

  private entryOf({ key, tags }: Job<V>, value: V, fresh: number) {
    const { packing, report } = this.context
    try {
      const kept = Math.ceil(this.kept)
      return { ...packing.pack(value), fresh: Math.ceil(fresh), kept, tags }
    } catch (error) {
      report(error, "encode", key)
      return undefined
    }
  }

  /** From now on nobody joins it. */
  private land(key: string, flight: Flight<V>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key)
  }
}
