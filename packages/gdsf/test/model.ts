interface Entry {
  readonly key: number
  readonly size: number
  readonly cost: number
  frequency: number
  priority: number
  /** When the priority was set: of equals, the one leaves whose was set first. */
  turn: number
}

/** GDSF as in the paper, but that newcomers are always let in: an array, and sums that only grow. */
export class GdsfModel {
  readonly victims: number[] = []
  private entries: Entry[] = []
  private clock = 0
  private turn = 0
  private capacity: number
  private readonly most: number

  constructor(capacity: number, most: number = Infinity) {
    this.capacity = capacity
    this.most = most
  }

  get(key: number): void {
    const entry = this.entries.find((each) => each.key === key)
    if (entry === undefined) return
    entry.frequency++
    this.rank(entry)
  }

  set(key: number, value?: number | readonly [size: number, cost: number]): void {
    const [size, cost] = typeof value === "object" ? value : [1, 1]
    const before = this.entries.find((each) => each.key === key)
    this.delete(key)
    if (size > this.most) return
    const entry = { key, size, cost, frequency: 1, priority: 0, turn: 0 }
    if (before === undefined) {
      while (this.entries.length === this.capacity || !this.holds(size)) this.evict()
      this.enter(entry)
      return
    }
    entry.frequency = before.frequency + 1
    this.enter(entry)
    let isChosen = false
    while (!this.holds(isChosen ? size : 0)) {
      // What is being stored stays, though it may have to begin anew.
      if (this.order()[0] === key) isChosen = true
      this.evict()
    }
    if (!isChosen) return
    this.victims.splice(this.victims.lastIndexOf(key), 1)
    this.enter({ ...entry, frequency: 1 })
  }

  delete(key: number): void {
    this.entries = this.entries.filter((each) => each.key !== key)
  }

  resize(capacity: number): void {
    this.capacity = capacity
    while (this.entries.length > capacity) this.evict()
  }

  order(): number[] {
    const sorted = [...this.entries].sort((a, b) => (precedes(a, b) ? -1 : 1))
    return sorted.map(({ key }) => key)
  }

  private holds(more: number): boolean {
    return this.entries.reduce((sum, { size }) => sum + size, more) <= this.most
  }

  private enter(entry: Entry): void {
    this.entries.push(entry)
    this.rank(entry)
  }

  private rank(entry: Entry): void {
    const { frequency, cost, size } = entry
    entry.priority = this.clock + (frequency * cost) / Math.max(size, 1)
    entry.turn = ++this.turn
  }

  private evict(): void {
    const { key, priority } = this.entries.reduce((first, each) =>
      precedes(each, first) ? each : first,
    )
    this.clock = priority
    this.victims.push(key)
    this.delete(key)
  }
}

function precedes(a: Entry, b: Entry): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.turn < b.turn)
}
