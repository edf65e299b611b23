import { examineAsync, timeAsync } from "./async/time.ts"
import { countFib } from "./fib/count.ts"
import { timeFib } from "./fib/time.ts"
import { examineMemoizer } from "./memoize/examine.ts"
import { timeMemoized } from "./memoize/time.ts"
import { weighEmpty, weighEntries } from "./memory/weigh.ts"
import { timeStore } from "./speed/time.ts"
import { examineStore } from "./stores/examine.ts"
import { timeTiers } from "./tiered/time.ts"

/** What can be asked of a process. Questions and answers can be cloned. */
export const jobs = {
  countFib,
  timeFib,
  examineStore,
  timeStore,
  weighEmpty,
  weighEntries,
  examineMemoizer,
  timeMemoized,
  timeTiers,
  examineAsync,
  timeAsync,
}

export type Job = keyof typeof jobs
export type Question<J extends Job> = Parameters<(typeof jobs)[J]>[0]
export type Answer<J extends Job> = Awaited<ReturnType<(typeof jobs)[J]>>

/** Has a job done, in a process of its own if anything is to be measured. */
export type Ask = <J extends Job>(job: J, question: Question<J>) => Promise<Answer<J>>

/** Does the job in this process. */
export const answer: Ask = (job, question) => jobs[job](question as never) as never
