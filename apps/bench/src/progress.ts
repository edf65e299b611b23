import yoctoSpinner from "yocto-spinner"
import { timeLeft } from "./numbers.ts"

/** Says on a terminal what is being measured. */
export interface Progress {
  /** There will be so many steps more. */
  announce(steps: number): void
  /** The next of the announced steps begins. */
  step(what: string): void
  /** Leaves no trace. */
  stop(): void
}

/** Starts the progress line of `steps` steps. */
export type StartProgress = (steps: number) => Progress

/** A spinner on standard error, and nothing at all if that is no terminal. */
export const spinner: StartProgress = (steps) => {
  const { CI, TERM } = process.env
  if (!process.stderr.isTTY || CI !== undefined || TERM === "dumb") return silence
  const line = yoctoSpinner({ stream: process.stderr }).start()
  let announced = steps
  let begun = 0
  // The steps of one announcement take about the same time, and those of another do not.
  let last = { begun: 0, at: performance.now() }
  return {
    announce(steps) {
      announced += steps
      last = { begun, at: performance.now() }
    },
    step(what) {
      const done = begun++
      const left = timeLeft(performance.now() - last.at, done - last.begun, announced - done)
      line.text = `${done} of ${announced}${left}: ${what}`
    },
    stop() {
      line.stop()
    },
  }
}

const silence: Progress = { announce() {}, step() {}, stop() {} }
