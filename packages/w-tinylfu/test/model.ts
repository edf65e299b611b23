import { SlotFrequencies, type SlotParts } from "@evictionary/core"

/** W-TinyLFU with a fixed window, on arrays from the oldest key to the youngest. */
export class WTinyLfuModel {
  readonly evicted: number[] = []
  private readonly c: number
  private readonly windowLimit: number
  private readonly protectedLimit: number
  /** By key + 1, since 0 is no slot. */
  private readonly frequencies: SlotFrequencies
  private window: number[] = []
  private probation: number[] = []
  private protected: number[] = []

  constructor(c: number, seed: number) {
    this.c = c
    this.windowLimit = c - Math.floor(0.99 * c)
    this.protectedLimit = Math.floor(0.8 * (c - this.windowLimit))
    this.frequencies = new SlotFrequencies(columns, this, c, seed)
  }

  /** What is there, as slots. */
  *[Symbol.iterator](): Generator<number> {
    for (const x of [...this.window, ...this.probation, ...this.protected]) yield x + 1
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { window, probation, frequencies } = this
    const isHit = [...window, ...probation, ...this.protected].includes(x)
    if (!isHit) this.makeRoom()
    if (isHit) frequencies.use(x + 1)
    if (!isHit) {
      window.push(x)
      frequencies.add(x + 1, x)
      if (window.length > this.windowLimit) probation.push(window.shift() as number)
    } else if (window.includes(x)) {
      drop(window, x)
      window.push(x)
    } else {
      drop(probation, x)
      drop(this.protected, x)
      this.protected.push(x)
      if (this.protected.length > this.protectedLimit) {
        probation.push(this.protected.shift() as number)
      }
    }
    return isHit
  }

  private makeRoom(): void {
    const { window, probation } = this
    if (window.length + probation.length + this.protected.length < this.c) return
    const candidate = window[0] as number
    const incumbent = probation[0]
    const victim =
      incumbent !== undefined && this.uses(candidate) > this.uses(incumbent) ? incumbent : candidate
    this.frequencies.remove(victim + 1)
    drop(window, victim)
    drop(probation, victim)
    this.evicted.push(victim)
  }

  private uses(x: number): number {
    return this.frequencies.of(x + 1)
  }
}

function drop(list: number[], x: number): void {
  if (list.includes(x)) list.splice(list.indexOf(x), 1)
}

/** Columns by slot, as plain as can be. */
const columns = { bytes: column, integers: column } as unknown as SlotParts

function column() {
  const values: number[] = []
  return {
    get: (slot: number) => values[slot] ?? 0,
    set: (slot: number, value: number) => {
      values[slot] = value
    },
  }
}
