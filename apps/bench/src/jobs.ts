/**
 * What can be asked of a process, by where it is found: a process loads what its job needs, and no
 * more. Questions and answers can be cloned.
 */
const jobs = {
  countFib: async () => (await import("./fib/count.ts")).countFib,
  timeFib: async () => (await import("./fib/time.ts")).timeFib,
  examineStore: async () => (await import("./stores/examine.ts")).examineStore,
  timeStore: async () => (await import("./speed/time.ts")).timeStore,
  weighEmpty: async () => (await import("./memory/weigh.ts")).weighEmpty,
  weighEntries: async () => (await import("./memory/weigh.ts")).weighEntries,
  examineMemoizer: async () => (await import("./memoize/examine.ts")).examineMemoizer,
  timeMemoized: async () => (await import("./memoize/time.ts")).timeMemoized,
  timeTiers: async () => (await import("./tiered/time.ts")).timeTiers,
  examineAsync: async () => (await import("./async/time.ts")).examineAsync,
  timeAsync: async () => (await import("./async/time.ts")).timeAsync,
}

type Jobs = { [J in keyof typeof jobs]: Awaited<ReturnType<(typeof jobs)[J]>> }

export type Job = keyof Jobs
export type Question<J extends Job> = Parameters<Jobs[J]>[0]
export type Answer<J extends Job> = Awaited<ReturnType<Jobs[J]>>

/** Has a job done, in a process of its own if anything is to be measured. */
export type Ask = <J extends Job>(job: J, question: Question<J>) => Promise<Answer<J>>

/** Does the job in this process. */
export const answer: Ask = async (job, question) => {
  const does = await jobs[job]()
  return (await does(question as never)) as never
}
