import { fork } from "node:child_process"
import { type Answer, type Ask, answer, type Job, type Question } from "./jobs.ts"

/** The hidden first argument that makes `main` do one job instead of running the program. */
export const CHILD = "--answer-parent"

interface Request {
  job: Job
  question: Question<Job>
}

type Reply = { answer: Answer<Job> } | { error: string }

/**
 * Halves of 16 MB for new objects, which V8 gives in the end to a program of whose objects some stay.
 * It begins with 1 MB and takes more when it sees fit: by that, one run took twice as long as another.
 */
const GROWN = ["--min-semi-space-size=16"]
/** All of both halves, and then some. */
const GROWN_BYTES = 48e6

/** What Node has to be told for a job. */
const FLAGS: Partial<Record<Job, readonly string[]>> = {
  timeFib: GROWN,
  timeStore: GROWN,
  timeMemoized: GROWN,
  timeAsync: GROWN,
  weighEntries: ["--expose-gc"],
  weighEmpty: ["--expose-gc"],
}

/**
 * Asks in a new process that runs `entry`. The answer comes when that process has ended, so that
 * none competes with the next.
 */
export function askProcess(entry: string): Ask {
  return (job, question) =>
    new Promise((resolve, reject) => {
      const execArgv = [...process.execArgv, ...(FLAGS[job] ?? [])]
      const env = { ...process.env, NODE_ENV: "production" }
      const child = fork(entry, [CHILD], { serialization: "advanced", execArgv, env })
      let reply: Reply | undefined
      child.once("message", (message) => {
        reply = message as Reply
      })
      child.once("error", reject)
      child.once("close", (code, signal) => {
        if (reply === undefined)
          reject(new Error(`${job} ended without an answer (${signal ?? code})`))
        else if ("error" in reply) reject(new Error(reply.error))
        else resolve(reply.answer as never)
      })
      child.send({ job, question } satisfies Request)
    })
}

/** The other side: does the job that the parent sends, and ends. */
export function answerParent(): void {
  process.once("message", async (request) => {
    const { job, question } = request as Request
    if (FLAGS[job] === GROWN) touchNewSpace()
    // Whatever timers a rival has started, there is nothing more to do.
    process.send?.(await replyTo(job, question), () => process.exit())
  })
}

/** The system finds a page when it is first written to, and may take longer for that than all else. */
function touchNewSpace(): void {
  const elements = 1_000
  for (let bytes = 0; bytes < GROWN_BYTES; bytes += 8 * elements) new Array(elements).fill(0)
}

async function replyTo(job: Job, question: Question<Job>): Promise<Reply> {
  try {
    return { answer: await answer(job, question) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
