import fc from "fast-check"

/** Segmented least recently used, in two arrays. */
export class SlruModel {
  readonly victims: number[]
  private readonly share: number
  private capacity: number
  /** Least recently used first, as `protected`. */
  private probation: number[]
  private protected: number[]

  constructor(capacity: number, share: number) {
    this.victims = []
    this.share = share
    this.capacity = capacity
    this.probation = []
    this.protected = []
  }

  get(key: number): void {
    if (!this.has(key)) return
    this.delete(key)
    this.protected.push(key)
    this.demote()
  }

  set(key: number): void {
    if (this.has(key)) {
      this.get(key)
    } else {
      if (this.size === this.capacity) this.evict()
      this.probation.push(key)
    }
  }

  delete(key: number): void {
    this.probation = this.probation.filter((other) => other !== key)
    this.protected = this.protected.filter((other) => other !== key)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    this.demote()
    while (this.size > capacity) this.evict()
  }

  /** Whom evictions would take, one after the other. */
  order(): number[] {
    return [...this.probation, ...this.protected]
  }

  private evict(): void {
    const segment = this.probation.length > 0 ? this.probation : this.protected
    this.victims.push(segment.shift()!)
  }

  private get size(): number {
    return this.probation.length + this.protected.length
  }

  private has(key: number): boolean {
    return this.probation.includes(key) || this.protected.includes(key)
  }

  private demote(): void {
    const limit = Math.max(1, Math.floor(this.share * this.capacity))
    while (this.protected.length > limit) this.probation.push(this.protected.shift()!)
  }
}

/** Options to compare it with. */
export const shares = fc.record({ protected: fc.constantFrom(0.8, 0.5, 0, 1) })
