/** Least frequently used, by looking at all entries. */
export class LfuModel {
  readonly victims: number[]
  private capacity: number
  private entries: { key: number; count: number; lastUse: number }[]
  private now: number

  constructor(capacity: number) {
    this.victims = []
    this.capacity = capacity
    this.entries = []
    this.now = 0
  }

  get(key: number): void {
    const entry = this.entries.find((entry) => entry.key === key)
    if (entry === undefined) return
    entry.count++
    entry.lastUse = this.now++
  }

  set(key: number): void {
    if (this.entries.some((entry) => entry.key === key)) {
      this.get(key)
    } else {
      if (this.entries.length === this.capacity) this.evict()
      this.entries.push({ key, count: 1, lastUse: this.now++ })
    }
  }

  delete(key: number): void {
    this.entries = this.entries.filter((entry) => entry.key !== key)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    while (this.entries.length > capacity) this.evict()
  }

  /** Whom evictions would take, one after the other. */
  order(): number[] {
    const copy = new LfuModel(this.capacity)
    copy.entries = structuredClone(this.entries)
    copy.resize(0)
    return copy.victims
  }

  private evict(): void {
    const [victim] = this.entries.sort((a, b) => a.count - b.count || a.lastUse - b.lastUse)
    this.victims.push(victim!.key)
    this.entries.shift()
  }
}
