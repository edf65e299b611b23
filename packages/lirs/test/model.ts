import fc from "fast-check"

interface Block {
  readonly key: number
  isLir: boolean
  isResident: boolean
}

/**
 * LIRS with its stack and its queue, on arrays from the oldest block to the youngest. No more than
 * `most` blocks that are not resident stay in the stack.
 */
export class LirsModel {
  readonly evicted: number[] = []
  private readonly c: number
  private readonly lhirs: number
  private readonly most: number
  private stack: Block[] = []
  private queue: Block[] = []
  private last: number | undefined

  constructor(c: number, history = 2) {
    this.c = c
    this.lhirs = Math.min(Math.max(Math.floor(0.01 * c), 2), c - 1)
    this.most = Math.floor(history * c)
  }

  /** Whether it hits. */
  request(x: number): boolean {
    const known = [...this.stack, ...this.queue].find(({ key }) => key === x)
    const isHit = known?.isResident === true
    if (isHit && this.last === x) return true
    this.last = x
    const inStack = known !== undefined && this.stack.includes(known)
    if (!isHit && this.free === 0) this.makeRoom(known)
    const block = known ?? { key: x, isLir: false, isResident: true }
    const isWarmUp = !isHit && this.free > this.lhirs
    block.isResident = true
    this.stack = this.stack.filter((each) => each !== block)
    this.queue = this.queue.filter((each) => each !== block)
    this.stack.push(block)
    if (!block.isLir) {
      if (inStack || isWarmUp) block.isLir = true
      else this.queue.push(block)
    }
    const lirs = this.stack.filter(({ isLir }) => isLir)
    if (lirs.length > this.c - this.lhirs) {
      const [bottom] = lirs as [Block]
      bottom.isLir = false
      this.stack = this.stack.filter((each) => each !== bottom)
      this.queue.push(bottom)
    }
    this.prune()
    return isHit
  }

  private get free(): number {
    const residents = new Set([...this.stack, ...this.queue].filter((each) => each.isResident))
    return this.c - residents.size
  }

  private makeRoom(incoming: Block | undefined): void {
    // At capacity 1 there is no HIR block.
    const victim = this.queue.shift() ?? (this.stack.find(({ isLir }) => isLir) as Block)
    victim.isResident = false
    if (victim.isLir) this.stack = this.stack.filter((each) => each !== victim)
    this.evicted.push(victim.key)
    const ghosts = this.stack.filter((each) => !each.isResident && each !== incoming)
    const forgotten = ghosts.slice(0, Math.max(ghosts.length - this.most, 0))
    this.stack = this.stack.filter((each) => !forgotten.includes(each))
  }

  private prune(): void {
    this.stack.splice(
      0,
      Math.max(
        this.stack.findIndex(({ isLir }) => isLir),
        0,
      ),
    )
  }
}

/** Options to compare it with. */
export const histories = fc.record({ history: fc.constantFrom(undefined, 0, 0.5, 1, Infinity) })
