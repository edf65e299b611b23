/** First in, first out, in an array. */
export class FifoModel {
  readonly victims: number[]
  private capacity: number
  /** Oldest first. */
  private queue: number[]

  constructor(capacity: number) {
    this.victims = []
    this.capacity = capacity
    this.queue = []
  }

  get(): void {}

  set(key: number): void {
    if (this.queue.includes(key)) return
    if (this.queue.length === this.capacity) this.evict()
    this.queue.push(key)
  }

  delete(key: number): void {
    this.queue = this.queue.filter((other) => other !== key)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    while (this.queue.length > capacity) this.evict()
  }

  /** Whom evictions would take, one after the other. */
  order(): number[] {
    const copy = new FifoModel(this.capacity)
    copy.queue = [...this.queue]
    copy.resize(0)
    return copy.victims
  }

  private evict(): void {
    this.victims.push(this.queue.shift()!)
  }
}
