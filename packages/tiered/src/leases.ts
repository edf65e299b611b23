import type { TierClock } from "./clock.ts"
import type { TierLease } from "./tier.ts"

/** How often a lease is renewed in the time it lasts. */
const RENEWALS = 3

/** The leases of loads that run: renewed, all in one question, as long as they do. */
export class Leases {
  private readonly clock: TierClock
  private readonly every: number
  private readonly renew: (held: TierLease[]) => Promise<void>
  private readonly held: Map<string, TierLease>
  private cancel: (() => void) | undefined

  constructor(clock: TierClock, lease: number, renew: (held: TierLease[]) => Promise<void>) {
    this.clock = clock
    this.every = lease / RENEWALS
    this.renew = renew
    this.held = new Map()
    this.cancel = undefined
  }

  hold(lease: TierLease): void {
    this.held.set(lease.key, lease)
    this.cancel ??= this.clock.after(this.every, () => this.again())
  }

  forget({ key, fence }: TierLease): void {
    if (this.held.get(key)?.fence !== fence) return
    this.held.delete(key)
    if (this.held.size === 0) this.close()
  }

  close(): void {
    this.cancel?.()
    this.cancel = undefined
  }

  private again(): void {
    this.cancel = this.clock.after(this.every, () => this.again())
    // One that fails leaves the next time to try.
    this.renew([...this.held.values()]).catch(() => {})
  }
}
