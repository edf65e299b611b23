/** Second chance, in an array. */
export class ClockModel {
  readonly victims: number[]
  private capacity: number
  /** Oldest first. */
  private queue: { key: number; bit: boolean }[]

  constructor(capacity: number) {
    this.victims = []
    this.capacity = capacity
    this.queue = []
  }

  get(key: number): void {
    const entry = this.queue.find((entry) => entry.key === key)
    if (entry !== undefined) entry.bit = true
  }

  set(key: number): void {
    if (this.queue.some((entry) => entry.key === key)) {
      this.get(key)
    } else {
      if (this.queue.length === this.capacity) this.evict()
      this.queue.push({ key, bit: false })
    }
  }

  delete(key: number): void {
    this.queue = this.queue.filter((entry) => entry.key !== key)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    while (this.queue.length > capacity) this.evict()
  }

  /** Whom evictions would take, one after the other. */
  order(): number[] {
    const copy = new ClockModel(this.capacity)
    copy.queue = structuredClone(this.queue)
    copy.resize(0)
    return copy.victims
  }

  private evict(): void {
    const { key, bit } = this.queue.shift()!
    if (bit) {
      this.queue.push({ key, bit: false })
      this.evict()
    } else {
      this.victims.push(key)
    }
  }
}
