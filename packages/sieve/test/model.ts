/** SIEVE, in an array. */
export class SieveModel {
  readonly victims: number[]
  private capacity: number
  /** From the tail to the head. */
  private queue: { key: number; visited: boolean }[]
  /** A place in the queue. */
  private hand: number

  constructor(capacity: number) {
    this.victims = []
    this.capacity = capacity
    this.queue = []
    this.hand = 0
  }

  get(key: number): void {
    const entry = this.queue.find((entry) => entry.key === key)
    if (entry !== undefined) entry.visited = true
  }

  set(key: number): void {
    if (this.queue.some((entry) => entry.key === key)) {
      this.get(key)
    } else {
      if (this.queue.length === this.capacity) this.evict()
      this.queue.push({ key, visited: false })
    }
  }

  delete(key: number): void {
    const place = this.queue.findIndex((entry) => entry.key === key)
    if (place >= 0) this.remove(place)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    while (this.queue.length > capacity) this.evict()
  }

  /** Whom evictions would take, one after the other. */
  order(): number[] {
    const copy = new SieveModel(this.capacity)
    copy.queue = structuredClone(this.queue)
    copy.hand = this.hand
    copy.resize(0)
    return copy.victims
  }

  private evict(): void {
    const { queue } = this
    while (queue[this.hand]!.visited) {
      queue[this.hand]!.visited = false
      this.hand = (this.hand + 1) % queue.length
    }
    this.victims.push(queue[this.hand]!.key)
    this.remove(this.hand)
  }

  /** Then the hand is on the same entry as before, or on its neighbour towards the head. */
  private remove(place: number): void {
    this.queue.splice(place, 1)
    if (place < this.hand) this.hand--
    if (this.hand === this.queue.length) this.hand = 0
  }
}
