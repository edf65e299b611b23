import fc from "fast-check"

/** The full version of 2Q, on arrays from the oldest key to the youngest. */
export class TwoQueueModel {
  readonly evicted: number[] = []
  private readonly c: number
  private readonly kin: number
  private readonly kout: number
  private a1in: number[] = []
  private a1out: number[] = []
  private am: number[] = []

  constructor(c: number, recent = 0.25, history = 0.5) {
    this.c = c
    this.kin = Math.max(Math.floor(recent * c), 1)
    this.kout = Math.max(Math.floor(history * c), 1)
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { a1in, a1out, am } = this
    if (a1in.includes(x)) return true
    if (am.includes(x)) {
      drop(am, x)
      am.push(x)
      return true
    }
    const remembered = a1out.includes(x)
    drop(a1out, x)
    if (a1in.length + am.length === this.c) this.makeRoom()
    if (remembered) am.push(x)
    else a1in.push(x)
    return false
  }

  private makeRoom(): void {
    const { a1in, a1out, am } = this
    if (a1in.length > this.kin || am.length === 0) {
      const victim = a1in.shift() as number
      a1out.push(victim)
      if (a1out.length > this.kout) a1out.shift()
      this.evicted.push(victim)
    } else {
      this.evicted.push(am.shift() as number)
    }
  }
}

function drop(list: number[], x: number): void {
  if (list.includes(x)) list.splice(list.indexOf(x), 1)
}

/** Options to compare it with. */
export const options = fc.option(
  fc.record({ recent: fc.constantFrom(0, 0.25, 0.6, 1), history: fc.nat(3) }),
  {
    nil: {},
  },
)
