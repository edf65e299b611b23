/** How many answers are looked back on. */
const WINDOW = 20

/** So many failures among them, or in a row, open it. */
const MANY = WINDOW / 2
const IN_A_ROW = 5

/**
 * Spares callers the waiting when a tier does not answer in time. It opens by what happens to them,
 * and only a heartbeat closes it: no caller is ever the one who tries whether it works again.
 */
export class Breaker {
  open: boolean
  private row: number
  private readonly recent: boolean[]

  constructor() {
    this.open = false
    this.row = 0
    this.recent = []
  }

  /** An answer came in time, be it an error; or none did. */
  record(answered: boolean): void {
    const { recent } = this
    recent.push(answered)
    if (recent.length > WINDOW) recent.shift()
    this.row = answered ? 0 : this.row + 1
    if (answered) return
    const failures = recent.filter((each) => !each).length
    if (this.row >= IN_A_ROW || failures >= MANY) this.open = true
  }

  close(): void {
    this.open = false
    this.row = 0
    this.recent.length = 0
  }
}
