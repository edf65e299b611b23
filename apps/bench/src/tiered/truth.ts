/** So many keys are in use. */
const KEYS = 64

/** Whose reach each fault has: that of one process, or of all. */
export interface SharedTruth {
  readonly versions: SharedArrayBuffer
  readonly acknowledged: SharedArrayBuffer
  readonly times: SharedArrayBuffer
  /** When the last fault ended; `Infinity` while there is one. */
  readonly quiet: SharedArrayBuffer
}

export function createTruth(): SharedTruth {
  return {
    versions: new SharedArrayBuffer(KEYS * 4),
    acknowledged: new SharedArrayBuffer(KEYS * 4),
    times: new SharedArrayBuffer(KEYS * 8),
    quiet: new SharedArrayBuffer(8),
  }
}

/** What the second tier is known to have been told. */
export interface Acknowledged {
  readonly version: number
  /** When it said so. */
  readonly time: number
}

/**
 * What is true, for all threads: the version of each key, and which of them the second tier has been
 * told of. Each key is changed by one thread only.
 */
export class Truth {
  readonly keys = KEYS
  private readonly versions: Int32Array
  private readonly acknowledged: Int32Array
  private readonly times: Float64Array
  private readonly quiet: Float64Array

  constructor({ versions, acknowledged, times, quiet }: SharedTruth) {
    this.versions = new Int32Array(versions)
    this.acknowledged = new Int32Array(acknowledged)
    this.times = new Float64Array(times)
    this.quiet = new Float64Array(quiet)
  }

  /** Milliseconds, the same in all threads. */
  now(): number {
    return Number(process.hrtime.bigint()) / 1e6
  }

  version(key: number): number {
    return Atomics.load(this.versions, key)
  }

  change(key: number): number {
    return Atomics.add(this.versions, key, 1) + 1
  }

  acknowledge(key: number, version: number): void {
    this.times[key] = this.now()
    Atomics.store(this.acknowledged, key, version)
  }

  /** The version before the time: a time that is too late is no accusation. */
  known(key: number): Acknowledged {
    const version = Atomics.load(this.acknowledged, key)
    return { version, time: this.times[key] ?? 0 }
  }

  /** There is a fault, or it has ended. */
  disturb(isDisturbed: boolean): void {
    this.quiet[0] = isDisturbed ? Infinity : this.now()
  }

  /** Since when there is no fault. */
  get quietSince(): number {
    return this.quiet[0] ?? 0
  }
}
