import fc from "fast-check"

interface Item {
  readonly key: number
  freq: number
}

/** S3-FIFO, on arrays from the oldest item to the youngest. */
export class S3FifoModel {
  readonly evicted: number[] = []
  private readonly c: number
  private readonly m: number
  private readonly g: number
  private small: Item[] = []
  private main: Item[] = []
  private ghost: number[] = []

  constructor(c: number, small = 0.1, ghost = 0.9) {
    this.c = c
    this.m = c - Math.max(Math.floor(small * c), 1)
    this.g = Math.max(Math.floor(ghost * c), 1)
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { small, main, ghost } = this
    const item = [...small, ...main].find(({ key }) => key === x)
    if (item !== undefined) {
      item.freq = Math.min(item.freq + 1, 3)
      return true
    }
    const remembered = ghost.includes(x)
    if (remembered) ghost.splice(ghost.indexOf(x), 1)
    while (this.small.length + this.main.length === this.c) {
      if (this.main.length > this.m || this.small.length === 0) this.evictMain()
      else this.evictSmall()
    }
    ;(remembered ? main : small).push({ key: x, freq: 0 })
    return false
  }

  private evictSmall(): void {
    while (this.small.length > 0) {
      const { key, freq } = this.small.shift() as Item
      if (freq <= 1) {
        this.ghost.push(key)
        if (this.ghost.length > this.g) this.ghost.shift()
        this.evicted.push(key)
        return
      }
      this.main.push({ key, freq: 0 })
    }
    this.evictMain()
  }

  private evictMain(): void {
    for (;;) {
      const { key, freq } = this.main.shift() as Item
      if (freq === 0) {
        this.evicted.push(key)
        return
      }
      this.main.push({ key, freq: freq - 1 })
    }
  }
}

/** Options to compare it with. */
export const options = fc.option(
  fc.record({ small: fc.constantFrom(0, 0.1, 0.6, 1), ghost: fc.nat(3) }),
  {
    nil: {},
  },
)
