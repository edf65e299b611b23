import yoctoSpinner from "yocto-spinner"

/** Says on a terminal what is being measured. */
export interface Progress {
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
  let begun = 0
  return {
    step(what) {
      const done = Math.floor((100 * begun++) / steps)
      line.text = `${String(done).padStart(2)} %  ${what}`
    },
    stop() {
      line.stop()
    },
  }
}

const silence: Progress = { step() {}, stop() {} }
