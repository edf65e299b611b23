import { Batch } from "./batch.ts"
import type { TierQuestion, TierReading } from "./tier.ts"

const READS = 256

/** The mode of a question also answers those of the modes before it. */
const MODES = ["peek", "renew", "load", "wait"] as const

type Question = { -readonly [N in keyof TierQuestion]: TierQuestion[N] }

/** Questions for keys. Those for one key that are asked together are one. */
export class ReadBatch {
  private readonly batch: Batch<Question, TierReading>
  /** What has not been sent yet. */
  private asked: Map<string, { question: Question; answer: Promise<TierReading> }>

  constructor(ask: (questions: TierQuestion[]) => Promise<TierReading[]>) {
    this.asked = new Map()
    this.batch = new Batch(READS, (questions) => {
      this.asked.clear()
      return ask(questions)
    })
  }

  add(key: string, mode: TierQuestion["mode"]): Promise<TierReading> {
    const asked = this.asked.get(key)
    if (asked) {
      const { question, answer } = asked
      if (MODES.indexOf(mode) > MODES.indexOf(question.mode)) question.mode = mode
      return answer
    }
    const question = { key, mode }
    const answer = this.batch.add(question)
    // If that made the batch full, it is on its way already.
    if (!this.batch.isEmpty) this.asked.set(key, { question, answer })
    return answer
  }
}
