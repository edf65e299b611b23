/** CAR as in figure 2 of the paper, on arrays from the head of each clock or list to its tail. */
export class CarModel {
  readonly evicted: number[] = []
  private readonly c: number
  private p = 0
  private readonly t1: number[] = []
  private readonly t2: number[] = []
  private readonly b1: number[] = []
  private readonly b2: number[] = []
  private readonly bits = new Map<number, 0 | 1>()

  constructor(c: number) {
    this.c = c
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { c, t1, t2, b1, b2, bits } = this
    if (t1.includes(x) || t2.includes(x)) {
      bits.set(x, 1)
      return true
    }
    const known = b1.includes(x) || b2.includes(x)
    if (t1.length + t2.length === c) {
      this.replace()
      if (!known && t1.length + b1.length === c) b1.shift()
      else if (!known && t1.length + t2.length + b1.length + b2.length === 2 * c) b2.shift()
    }
    if (!known) {
      t1.push(x)
    } else {
      if (b1.includes(x)) {
        this.p = Math.min(this.p + Math.max(1, b2.length / b1.length), c)
        b1.splice(b1.indexOf(x), 1)
      } else {
        this.p = Math.max(this.p - Math.max(1, b1.length / b2.length), 0)
        b2.splice(b2.indexOf(x), 1)
      }
      t2.push(x)
    }
    bits.set(x, 0)
    return false
  }

  private replace(): void {
    const { t1, t2, b1, b2, bits } = this
    for (;;) {
      const fromT1 = t1.length >= Math.max(1, this.p)
      const head = (fromT1 ? t1 : t2).shift() as number
      if (bits.get(head) === 0) {
        const history = fromT1 ? b1 : b2
        history.push(head)
        this.evicted.push(head)
        return
      }
      bits.set(head, 0)
      t2.push(head)
    }
  }
}
