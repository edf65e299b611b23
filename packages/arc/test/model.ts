/** ARC as in figure 4 of the paper, on arrays from the oldest key to the youngest. */
export class ArcModel {
  readonly evicted: number[] = []
  private readonly c: number
  private p = 0
  private t1: number[] = []
  private t2: number[] = []
  private b1: number[] = []
  private b2: number[] = []

  constructor(c: number) {
    this.c = c
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const { c, t1, t2, b1, b2 } = this
    if (t1.includes(x) || t2.includes(x)) {
      drop(t1, x)
      drop(t2, x)
      t2.push(x)
      return true
    }
    if (b1.includes(x)) {
      this.p = Math.min(c, this.p + Math.max(b2.length / b1.length, 1))
      drop(b1, x)
      this.replace(false)
      t2.push(x)
      return false
    }
    if (b2.includes(x)) {
      this.p = Math.max(0, this.p - Math.max(b1.length / b2.length, 1))
      drop(b2, x)
      this.replace(true)
      t2.push(x)
      return false
    }
    const all = t1.length + t2.length + b1.length + b2.length
    if (t1.length + b1.length === c) {
      if (t1.length < c) {
        b1.shift()
        this.replace(false)
      } else {
        this.evicted.push(t1.shift() as number)
      }
    } else if (all >= c) {
      if (all === 2 * c) b2.shift()
      this.replace(false)
    }
    t1.push(x)
    return false
  }

  private replace(wasInB2: boolean): void {
    const { t1, t2, b1, b2, p } = this
    const fromT1 = t1.length >= 1 && (t1.length > p || (wasInB2 && t1.length === p))
    const victim = (fromT1 ? t1 : t2).shift() as number
    ;(fromT1 ? b1 : b2).push(victim)
    this.evicted.push(victim)
  }
}

function drop(list: number[], x: number): void {
  if (list.includes(x)) list.splice(list.indexOf(x), 1)
}
