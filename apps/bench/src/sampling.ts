import { median } from "simple-statistics"

/** Repeats what is measured `times` times, and returns something that depends on all of it. */
export type Batch = (times: number) => number

/** How long to measure in one process; times are in milliseconds. */
export interface Sampling {
  /** Runs before the first sample, so that the code is compiled. */
  warmUp: number
  /** A sample is a batch of at least this time, so that the clock's own cost does not show. */
  sample: number
  /** As many samples as this, */
  samples: number
  /** or, from the third on, as fit into this. */
  budget: number
}

/** What Node and Python are measured with. */
export const USUAL: Sampling = { warmUp: 100, sample: 5, samples: 9, budget: 200 }

/** What one process found. */
export interface Sampled {
  /** Nanoseconds for one of the `times`: the median over the samples. */
  ns: number
  /** What the batches returned, in sum: whoever keeps it keeps the work from being optimised away. */
  consumed: number
}

/** Measures `batch` in this process, once its code is warm and its size is calibrated. */
export function sample(batch: Batch, sampling = USUAL, now = () => performance.now()): Sampled {
  const steps = plan(sampling, now)
  let step = steps.next()
  while (!step.done) step = steps.next(batch(step.value))
  return step.value
}

/** The same where the work is awaited. */
export async function sampleAsync(
  batch: (times: number) => Promise<number>,
  sampling = USUAL,
  now = () => performance.now(),
): Promise<Sampled> {
  const steps = plan(sampling, now)
  let step = steps.next()
  while (!step.done) step = steps.next(await batch(step.value))
  return step.value
}

/** Says how often to repeat the work, gets what that returned, and looks at the clock around it. */
function* plan(sampling: Sampling, now: () => number): Generator<number, Sampled, number> {
  let times = 1
  let consumed = 0
  function* run(): Generator<number, number, number> {
    const start = now()
    consumed = (consumed + (yield times)) | 0
    return now() - start
  }

  // Code gets faster while it warms, so the batch keeps growing until both are done.
  const warm = now() + sampling.warmUp
  for (let time = yield* run(); time < sampling.sample || now() < warm; time = yield* run()) {
    if (time < sampling.sample) times *= 2
  }

  const found: number[] = []
  const end = now() + sampling.budget
  while (found.length < sampling.samples && (found.length < 3 || now() < end)) {
    found.push(((yield* run()) * 1e6) / times)
  }
  return { ns: median(found), consumed }
}
