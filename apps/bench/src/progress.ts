import yoctoSpinner from "yocto-spinner"
import { timeLeft } from "./numbers.ts"

/** Says how far it is, and what is being measured. */
export interface Progress {
  /** There will be so many steps more. */
  announce(steps: number): void
  /** The next of the announced steps begins. */
  step(what: string): void
  /**
   * What is known so far, which is asked for if it is to be seen. It stands on a terminal until
   * there is more, or all of it.
   */
  sketch(text: () => string): void
  /** Leaves nothing on a terminal. */
  stop(): void
}

/**
 * Starts the progress of `steps` steps. With `"rows"`, the rows of a table are printed meanwhile, and
 * nothing may come between them.
 */
export type StartProgress = (steps: number, meanwhile?: "rows") => Progress

/** A line that moves on a terminal, and lines now and then elsewhere, all on standard error. */
export const startProgress: StartProgress = (steps, meanwhile) => {
  const { stdout, stderr } = process
  const { CI, TERM } = process.env
  // Rows that go elsewhere could come back to this terminal at any time, as those of `tee` do.
  const isOurs = stderr.isTTY && (meanwhile === undefined || stdout.isTTY)
  if (isOurs && CI === undefined && TERM !== "dumb") return spinner(steps, stderr)
  return meanwhile === "rows" ? silence : lines(steps, (line) => stderr.write(`${line}\n`))
}

/** Counts the steps, and foresees how long the rest of them takes. */
class Steps {
  readonly #now: () => number
  #announced: number
  #begun = 0
  /** The steps of one announcement take about the same time, and those of another do not. */
  #last: { begun: number; at: number; steps: number }

  constructor(steps: number, now: () => number) {
    this.#now = now
    this.#announced = steps
    this.#last = { begun: 0, at: now(), steps }
  }

  announce(steps: number): void {
    this.#announced += steps
    this.#last = { begun: this.#begun, at: this.#now(), steps }
  }

  /** How many were announced last. */
  get together(): number {
    return this.#last.steps
  }

  /** How many of these have begun. */
  get begun(): number {
    return this.#begun - this.#last.begun
  }

  /** Begins the next one, and tells how far it is. */
  next(what: string): string {
    const done = this.#begun++
    const { begun, at } = this.#last
    const left = timeLeft(this.#now() - at, done - begun, this.#announced - done)
    return `${done} of ${this.#announced}${left}: ${what}`
  }
}

/** A line that moves, with what is known so far below it if the terminal is high enough. */
export function spinner(count: number, stream: NodeJS.WriteStream): Progress {
  const steps = new Steps(count, () => performance.now())
  const line = yoctoSpinner({ stream }).start()
  let status = ""
  let below = ""
  const draw = () => {
    const height = 2 + below.split("\n").length
    line.text = below === "" || height >= stream.rows ? status : `${status}\n\n${below}`
  }
  return {
    announce: (more) => steps.announce(more),
    step(what) {
      status = steps.next(what)
      draw()
    },
    sketch(text) {
      below = text()
      draw()
    },
    stop() {
      line.stop()
    },
  }
}

/** At most one line in so many milliseconds, and so many lines for the steps of an announcement. */
const [PAUSE, MOST_LINES] = [10_000, 20]

/** A line when steps begin that were announced together, and further ones now and then. */
export function lines(
  count: number,
  print: (line: string) => void,
  now = () => performance.now(),
): Progress {
  const steps = new Steps(count, now)
  let last = { at: Number.NEGATIVE_INFINITY, begun: 0 }
  return {
    announce(more) {
      steps.announce(more)
      last = { at: Number.NEGATIVE_INFINITY, begun: 0 }
    },
    step(what) {
      const line = steps.next(what)
      const { begun, together } = steps
      const isTime = now() - last.at >= PAUSE && begun - last.begun >= together / MOST_LINES
      if (begun > 1 && !isTime) return
      last = { at: now(), begun }
      print(line)
    },
    sketch() {},
    stop() {},
  }
}

const silence: Progress = { announce() {}, step() {}, sketch() {}, stop() {} }
