/** Least recently used, in an array from the oldest key to the youngest. */
export class LruModel {
  readonly evicted: number[] = []
  private readonly capacity: number
  private keys: number[] = []

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** Whether it hits. */
  request(key: number): boolean {
    const isHit = this.keys.includes(key)
    this.keys = this.keys.filter((other) => other !== key)
    if (this.keys.length === this.capacity) this.evicted.push(this.keys.shift() as number)
    this.keys.push(key)
    return isHit
  }
}
