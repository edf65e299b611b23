/** The first step, as a share of the capacity. */
const FIRST_STEP = 1 / 16

/** Requests in a sample, for each entry that fits, while the step is the first one. */
const SAMPLE = 10

/** A sample may grow so many times longer, as steps become shorter. */
const LONGER = 4

/** What is left of a step in the next one. */
const DECAY = 0.995

/** A change of the hit ratio that shows a change of the workload: the search begins anew. */
const RESTART = 0.05

/**
 * Climbs the hill of hit ratios: moves a window one step, looks at a sample of requests, and turns
 * round if the hit ratio fell.
 */
export class WindowClimber {
  private capacity: number
  private firstStep: number
  /** The length of the next step, a real number. */
  private step: number
  /** 1 to make the window larger, -1 to make it smaller. */
  private direction: number
  /** Requests in the present sample. */
  private length: number
  /** Of them, those that are still to come, and those that missed. */
  private left: number
  private misses: number
  /** The hit ratio of the sample before. */
  private ratio: number

  constructor() {
    this.capacity = 0
    this.firstStep = 0
    this.step = 0
    this.direction = 1
    this.length = 0
    this.left = 0
    this.misses = 0
    this.ratio = 0
  }

  /** The cache has another capacity: begins with the first step, but goes on in its direction. */
  resize(capacity: number): void {
    this.capacity = capacity
    this.firstStep = Math.max(FIRST_STEP * capacity, 2)
    this.restart()
    this.begin()
  }

  /** Counts a hit; returns whether the sample is complete. */
  hit(): boolean {
    return --this.left <= 0
  }

  /** Counts a miss; returns whether the sample is complete. */
  miss(): boolean {
    this.misses++
    return --this.left <= 0
  }

  /** Begins a sample, and returns by how many entries the window is to grow before. */
  climb(): number {
    const ratio = 1 - this.misses / this.length
    const change = ratio - this.ratio
    this.ratio = ratio
    if (change < 0) this.direction = -this.direction
    if (Math.abs(change) >= RESTART) this.restart()
    const move = this.direction * Math.trunc(this.step)
    this.step *= DECAY
    this.begin()
    return move
  }

  private begin(): void {
    const longer = Math.min(this.firstStep / this.step, LONGER)
    this.length = Math.ceil(SAMPLE * this.capacity * longer)
    this.left = this.length
    this.misses = 0
  }

  private restart(): void {
    this.step = this.firstStep
  }
}
